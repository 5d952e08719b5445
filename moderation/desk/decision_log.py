"""The log of decisions, read-only."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comments.identity import is_id
from moderation.accounts.models import User
from moderation.actors import ActorKind
from moderation.desk.readonly import ReadOnlyAdmin
from moderation.desk.scores import scores_of
from moderation.desk.thresholds import reasons_and_attributes
from moderation.labels import for_moderator, of_outcome, percent
from moderation.models import Decision
from moderation.policy.verdict import Reason

# The actors that are not people; readers decide nothing yet.
KINDS = (ActorKind.POLICY, ActorKind.SYSTEM)
# How many characters of a comment the log shows.
EXCERPT_LENGTH = 90


class ReasonFilter(admin.SimpleListFilter):
    title = _("reason")
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(each, for_moderator(each)) for each in reasons_and_attributes(Reason)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = reasons_and_attributes(Reason)
        return queryset.filter(reason=self.value()) if self.value() in known else queryset


class WhoFilter(admin.SimpleListFilter):
    """The policy, the system, and everybody who has made a decision."""

    title = _("decided by")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        decided = Exists(Decision.objects.filter(user=OuterRef("pk")))
        people = User.objects.filter(decided).order_by("username")
        kinds = [(kind.value, str(kind.label)) for kind in KINDS]
        return [*kinds, *((str(p.pk), str(p)) for p in people)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        who = self.value() or ""
        if who in KINDS:
            return queryset.filter(actor_kind=who)
        return queryset.filter(user=int(who)) if is_id(who) else queryset


class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "card", "result", "who", "scored")
    list_display_links = None
    list_filter = (ReasonFilter, "created_at", WhoFilter)
    list_select_related = ("comment", "user")
    show_full_result_count = False
    search_fields = ("user__username",)
    search_help_text = _("Comment number or moderator's name")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = search_term.strip()
        if is_id(number := query.removeprefix("#")):
            return queryset.filter(comment=int(number)), False
        # Not in the database, because SQLite ignores case for ASCII letters only.
        people = User.objects.values_list("pk", "username")
        named = [pk for pk, name in people if query.casefold() in name.casefold()]
        return (queryset.filter(user__in=named) if query else queryset), False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Redirect to the page of the comment, which shows all decisions on it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        decision = self.get_object(request, object_id)
        if decision is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:comment", args=[decision.comment_id]))

    @admin.display(description=_("comment"))
    def card(self, decision: Decision) -> str:
        comment = decision.comment
        url = reverse("admin:comment", args=[comment.pk])
        excerpt = Truncator(" ".join(comment.text.split())).chars(EXCERPT_LENGTH)
        return format_html(
            '<a href="{}">{}</a> <span class="desk-said">{}</span>', url, comment, excerpt
        )

    @admin.display(description=_("decision"))
    def result(self, decision: Decision) -> str:
        return f"{of_outcome(decision.outcome)}: {for_moderator(decision.reason)}"

    @admin.display(description=_("decided by"))
    def who(self, decision: Decision) -> str:
        return decision.by_whom

    @admin.display(description=_("scores"))
    def scored(self, decision: Decision) -> str:
        """Return the scores with their labels, because on a phone the columns have no headings."""
        found = scores_of(decision)
        return ", ".join(f"{score.label} {percent(score.value)}" for score in found) or "—"
