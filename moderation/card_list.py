"""The list of cards: which of them, in how many pages, filtered by what."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.identity import is_id
from comments.models import Status
from moderation.campaigns import members
from moderation.queue import cards
from moderation.verdict import HOLD_REASONS, Reason
from moderation.wording import REASON_LABELS

IN_CAMPAIGN = "membership__campaign"


class CardList(ChangeList):
    """The admin's list, its rows turned into cards."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.cards = cards(self.result_list)
        self.campaign = self._campaign(request.GET.get(IN_CAMPAIGN, ""))
        last = self.paginator.num_pages
        self.newer = self.get_query_string({PAGE_VAR: self.page_num - 1})
        self.older = self.get_query_string({PAGE_VAR: self.page_num + 1})
        self.has_newer, self.has_older = self.page_num > 1, self.page_num < last

    def _campaign(self, asked: str) -> dict[str, Any] | None:
        """The campaign that the list is of, as its "all of them" box needs it."""
        if not is_id(asked):
            return None
        held = members(int(asked)).filter(status=Status.HELD).order_by()
        facts: dict[str, Any] = held.aggregate(up_to=Max("pk"), held=Count("pk"))
        return {**facts, "name": asked} if facts["held"] else None


class ReasonFilter(admin.SimpleListFilter):
    title = _("reason")
    parameter_name = "reason"

    reasons: Iterable[Reason] = Reason

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(reason.value, str(REASON_LABELS[reason])) for reason in self.reasons]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(reason=self.value()) if self.value() in set(Reason) else queryset


class HoldReasonFilter(ReasonFilter):
    reasons = HOLD_REASONS
