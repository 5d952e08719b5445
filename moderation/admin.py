"""The moderators' desk: the queue, all comments, the log of decisions and the site's policy."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from comments.identity import is_id
from comments.models import Comment
from moderation.card_list import (
    IN_CAMPAIGN,
    CardList,
    HoldReasonFilter,
    LastPageAtMost,
    ReasonFilter,
)
from moderation.forms import Review, asked_review
from moderation.models import AccountEntry, Decision, HeldComment, PrivacyEntry, SitePolicy
from moderation.onwards import next_place, place_of
from moderation.people import AccountEntryAdmin, PeopleAdmin, PrivacyEntryAdmin
from moderation.policy_page import SitePolicyAdmin
from moderation.privacy import search_by_email
from moderation.queue import REJECTIONS, cards
from moderation.readonly import ReadOnlyAdmin
from moderation.search import matching
from moderation.services import review_all
from moderation.told import what_became
from moderation.views import MAY_LOOK, contact
from moderation.wording import for_moderator, of_outcome, percent

# Roles are what they are in moderation.roles: groups of another making have no place here.
admin.site.unregister([User, Group])
admin.site.register(User, PeopleAdmin)
admin.site.register(PrivacyEntry, PrivacyEntryAdmin)
admin.site.register(AccountEntry, AccountEntryAdmin)
admin.site.register(SitePolicy, SitePolicyAdmin)

MAY_REVIEW = "moderation.change_heldcomment"


class ReviewAdmin(ReadOnlyAdmin):
    """A list of cards with buttons."""

    change_list_template = "moderation/card_list.html"
    change_form_template = "moderation/card_page.html"
    fieldsets = ((None, {"fields": ()}),)
    actions = None
    list_per_page = 25
    show_full_result_count = False
    paginator = LastPageAtMost
    search_fields = ("text", "author_name")
    search_help_text = _("Beginnings of words of the text or the name, or #number")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return (matching(queryset, search_term) if search_term else queryset), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CardList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        known = {"author_key", "status__exact", "article__section", "reason", IN_CAMPAIGN}
        if lookup == "id__in":
            return all(map(is_id, value.split(",")))
        return lookup in known and "\0" not in value

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if email := request.POST.get("email"):
            return self._find_by(email, request)
        if request.method == "POST":
            return self._review(request, back_to=request.get_full_path())
        return super().changelist_view(request, self._desk(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST":
            return self._review(request, back_to=request.path)
        context = self._desk(request)
        comment = self.get_object(request, object_id)
        if comment:
            context["card"] = cards(Comment.objects.filter(pk=comment.pk))[0]
        return super().change_view(request, object_id, form_url, context)

    def _find_by(self, email: str, request: HttpRequest) -> HttpResponse:
        """Asked for by POST and found by the hash, so that no e-mail stands in an address."""
        moderator: Any = request.user
        if not moderator.has_perm(MAY_LOOK):
            raise PermissionDenied
        key = search_by_email(email=email, moderator=moderator)
        return HttpResponseRedirect(f"?author_key={key}")

    def _desk(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "may_review": request.user.has_perm(MAY_REVIEW),
            "may_look": request.user.has_perm(MAY_LOOK),
            "rejections": REJECTIONS,
            "title": capfirst(self.opts.verbose_name_plural),
        }

    def _review(self, request: HttpRequest, *, back_to: str) -> HttpResponse:
        if not request.user.has_perm(MAY_REVIEW):
            raise PermissionDenied
        try:
            review = asked_review(request.POST)
        except ValidationError as error:
            self.message_user(request, error.message, messages.WARNING)
            return HttpResponseRedirect(back_to)
        self._carry_out(request, review)
        return HttpResponseRedirect(back_to + self.place_after(request, review.seen))

    def place_after(self, request: HttpRequest, decided: Collection[int]) -> str:
        """The anchor to go on at; the decided stay on the page here."""
        return place_of(decided)

    def _carry_out(self, request: HttpRequest, review: Review) -> None:
        moderator: Any = request.user
        reviewed = review_all(moderator=moderator, verdict=review.verdict, seen=review.seen)
        for level, sentence in what_became(review, reviewed):
            self.message_user(request, sentence, level)


@admin.register(HeldComment)
class HeldCommentAdmin(ReviewAdmin):
    """The queue: what has waited longest comes first."""

    ordering = ("created_at", "id")
    list_filter = (HoldReasonFilter, "article__section")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return HeldComment.objects.held()

    def place_after(self, request: HttpRequest, decided: Collection[int]) -> str:
        return next_place(request.POST, decided)


@admin.register(Comment)
class CommentAdmin(ReviewAdmin):
    """Every comment, so that a published one can be taken down and a rejected one brought back."""

    list_filter = ("status", ReasonFilter, "article__section")
    ordering = ("-created_at", "-id")

    def get_urls(self) -> list[Any]:
        look = self.admin_site.admin_view(contact)
        name = "comments_comment_contact"
        return [path("<int:comment_id>/contact/", look, name=name), *super().get_urls()]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """The log: read by everyone who may, written by nobody here."""

    list_display = ("decided", "card", "result", "why", "who", "scores")
    list_display_links = None
    list_filter = (ReasonFilter, "created_at", "actor")
    list_select_related = ("comment", "actor")
    show_full_result_count = False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A decision is read where its comment is: its page there has them all."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        decision = get_object_or_404(Decision, pk=object_id)
        address = reverse("admin:comments_comment_change", args=[decision.comment_id])
        return HttpResponseRedirect(address)

    @admin.display(description=_("decided"), ordering="created_at")
    def decided(self, decision: Decision) -> str:
        """Short and in one line, so that every column fits beside the filters."""
        return date_format(localtime(decision.created_at), "d.m.Y,\N{NO-BREAK SPACE}H:i")

    @admin.display(description=_("comment"))
    def card(self, decision: Decision) -> str:
        url = reverse("admin:comments_comment_change", args=[decision.comment_id])
        return format_html('<a href="{}">{}</a>', url, decision.comment)

    @admin.display(description=_("outcome"))
    def result(self, decision: Decision) -> str:
        return of_outcome(decision.outcome)

    @admin.display(description=_("reason"))
    def why(self, decision: Decision) -> str:
        return for_moderator(decision.reason)

    @admin.display(description=_("decided by"))
    def who(self, decision: Decision) -> str:
        return str(decision.actor or _("automatically"))

    @admin.display(description=_("spam / insult"))
    def scores(self, decision: Decision) -> str:
        return f"{percent(decision.spam)} / {percent(decision.toxicity)}"
