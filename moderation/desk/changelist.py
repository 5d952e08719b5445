"""The list of cards: which of them, in how many pages, filtered by what."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from moderation.desk import campaigns
from moderation.desk.cards import cards
from moderation.labels import REASON_LABELS
from moderation.models import HeldComment
from moderation.policy.verdict import HOLD_REASONS, Reason

IN_CAMPAIGN = "membership__campaign"


class LastPageAtMost(Paginator):
    """Whoever settles all that a last page shows is on the page before it, filters and all."""

    def validate_number(self, number: Any) -> int:
        return min(int(number), self.num_pages)


class CardList(ChangeList):
    """The admin's list, its rows turned into cards."""

    def get_results(self, request: HttpRequest) -> None:
        # The admin counts only what its own panel of filters offers.
        self.has_active_filters = bool(self.get_filters_params())
        super().get_results(request)
        self.page_num = min(self.page_num, self.paginator.num_pages)
        self.cards = cards(self.result_list)
        self.others = self._others()
        self.campaign = self._campaign(request.GET.get(IN_CAMPAIGN, ""))
        if self.campaign:
            shown_apart = {card.comment.pk for card in self.campaign["apart"]}
            self.cards = [card for card in self.cards if card.comment.pk not in shown_apart]
        last = self.paginator.num_pages
        self.newer = self.get_query_string({PAGE_VAR: self.page_num - 1})
        self.older = self.get_query_string({PAGE_VAR: self.page_num + 1})
        self.has_newer, self.has_older = self.page_num > 1, self.page_num < last

    def _others(self) -> int:
        """How many wait in the queue, where none of those that were asked for does."""
        return 0 if self.cards else HeldComment.objects.held().count()

    def _campaign(self, asked: str) -> dict[str, Any] | None:
        """The campaign that the list is of, as its "all of them" box needs it."""
        if not campaigns.is_number(asked):
            return None
        held = campaigns.together(int(asked)).order_by()
        facts: dict[str, Any] = held.aggregate(up_to=Max("pk"), held=Count("pk"))
        apart = campaigns.apart(int(asked))[: campaigns.APART]
        return {**facts, "name": asked, "apart": cards(apart)}


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


class RejectionReasonFilter(ReasonFilter):
    reasons = (Reason.SPAM, Reason.TOXICITY)
