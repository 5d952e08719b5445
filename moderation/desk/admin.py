"""The moderators' desk: the queue, all comments, the log of decisions and the site's policy."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from comments.identity import is_id
from comments.models import Comment
from moderation.accounts.models import AccountEntry, User
from moderation.desk.accounts import AccountEntryAdmin, PeopleAdmin, PrivacyEntryAdmin
from moderation.desk.cards import REJECTIONS, cards
from moderation.desk.changelist import (
    IN_CAMPAIGN,
    CardList,
    HoldReasonFilter,
    LastPageAtMost,
    ReasonFilter,
    RejectionReasonFilter,
)
from moderation.desk.decision_log import DecisionAdmin
from moderation.desk.forms import Review, asked_review
from moderation.desk.navigation import next_place, place_of
from moderation.desk.policy_page import SitePolicyAdmin
from moderation.desk.readonly import ReadOnlyAdmin
from moderation.desk.rejected import SAMPLE, rejected_by_service, rejected_lately, sample
from moderation.desk.results import what_became
from moderation.desk.views import MAY_LOOK, contact
from moderation.models import Decision, HeldComment, PrivacyEntry, RejectedComment, SitePolicy
from moderation.privacy import search_by_email
from moderation.search import matching
from moderation.services import review_all

# Roles are what they are in moderation.accounts.roles: groups of another making have no place here.
admin.site.unregister(Group)
# They would show the secrets of one-time codes.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.register(User, PeopleAdmin)
admin.site.register(PrivacyEntry, PrivacyEntryAdmin)
admin.site.register(AccountEntry, AccountEntryAdmin)
admin.site.register(SitePolicy, SitePolicyAdmin)
admin.site.register(Decision, DecisionAdmin)

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
    search_help_text = _("Words of the text or the name, or #number")

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

    def _desk(self, request: HttpRequest) -> dict[str, Any]:
        lately = rejected_lately()
        return {**super()._desk(request), "rejected_lately": lately.count(), "sample": SAMPLE}


@admin.register(RejectedComment)
class RejectedCommentAdmin(ReviewAdmin):
    """What the service rejected by itself, the latest first, so that no error of its is final."""

    ordering = ("-created_at", "-id")
    list_filter = (RejectionReasonFilter, "article__section")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return rejected_by_service()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("comments.view_comment")

    def place_after(self, request: HttpRequest, decided: Collection[int]) -> str:
        return next_place(request.POST, decided)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if "sample" in request.GET:
            # Named in the address, so that they stay the same while they are gone through.
            ids = ",".join(map(str, sample()))
            return HttpResponseRedirect(f"{request.path}?id__in={ids}" if ids else request.path)
        return super().changelist_view(request, extra_context)


@admin.register(Comment)
class CommentAdmin(ReviewAdmin):
    """Every comment, so that a published one can be taken down and a rejected one brought back."""

    list_filter = ("status", ReasonFilter, "article__section")
    ordering = ("-created_at", "-id")

    def get_urls(self) -> list[Any]:
        look = self.admin_site.admin_view(contact)
        name = "comments_comment_contact"
        return [path("<int:comment_id>/contact/", look, name=name), *super().get_urls()]
