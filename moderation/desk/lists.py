"""The lists of cards: the queue, automatically rejected comments, all comments."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from comments.models import Comment
from moderation.desk import campaigns
from moderation.desk.cards import Card, cards
from moderation.desk.filters import FilterForm
from moderation.desk.forms import BulkForm
from moderation.desk.navigation import next_card
from moderation.desk.page import MAY_SEE_COMMENTS, MAY_SEE_QUEUE, DeskPage
from moderation.desk.rejected import SAMPLE, rejected_by_service, rejected_lately, sample
from moderation.desk.review import ReviewMixin
from moderation.policy.verdict import HOLD_REASONS, Reason


@dataclass(frozen=True, kw_only=True)
class Row:
    """A card, its place in the bulk form, and the card to go on with after a decision about it."""

    card: Card
    place: int
    following: int | None
    is_ticked: bool = False


class CardList(ReviewMixin, DeskPage, ListView, ABC):
    """A list of cards that are decided about one by one or together."""

    paginate_by = 25
    reasons: Iterable[Reason] = Reason
    filters_status = False
    # Whether a decided card leaves the list.
    is_left = True

    @abstractmethod
    def comments(self) -> QuerySet[Any]:
        """All that the list may show, in its order."""

    @cached_property
    def filter(self) -> FilterForm:
        return FilterForm(self.request.GET, reasons=self.reasons, statuses=self.filters_status)

    def get_queryset(self) -> QuerySet[Any]:
        return self.filter.found(self.comments())

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """The last page at most: it may have been emptied by the decision just made."""
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("page"))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        campaign = self._campaign()
        apart = cards(campaign["apart"]) if campaign else []
        shown_apart = {card.comment.pk for card in apart}
        page = [c for c in cards(context["object_list"]) if c.comment.pk not in shown_apart]
        rows = self._rows([*apart, *page])
        return {
            **context,
            "filter": self.filter,
            "campaign": campaign,
            "bulk": self._bulk(len(rows), campaign),
            "apart": rows[: len(apart)],
            "rows": rows[len(apart) :],
        }

    def _campaign(self) -> dict[str, Any] | None:
        """The campaign that the list is of, as its "all of them" box needs it."""
        asked = self.filter.campaign_asked
        if asked is None:
            return None
        held = campaigns.together(asked).order_by()
        facts: dict[str, Any] = held.aggregate(up_to=Max("pk"), held=Count("pk"))
        return {**facts, "number": asked, "apart": campaigns.apart(asked)[: campaigns.APART]}

    def _rows(self, shown: Sequence[Card]) -> list[Row]:
        ids = [card.comment.pk for card in shown]
        ticked = self._refused.ticked if self._refused else ()
        return [
            Row(
                card=card,
                place=place,
                following=next_card(ids, [pk]) if self.is_left else pk,
                is_ticked=str(pk) in ticked,
            )
            for place, (card, pk) in enumerate(zip(shown, ids, strict=True))
        ]

    def _bulk(self, shown: int, campaign: dict[str, Any] | None) -> BulkForm:
        """The form in the bar, its boxes as they were where it was refused."""
        kept = self._refused
        initial = {name: kept[name].value() for name in ("page", "whole")} if kept else {}
        if campaign:
            initial |= {"campaign": campaign["number"], "up_to": campaign["up_to"]}
        return BulkForm(initial=initial, shown=shown)

    @property
    def _refused(self) -> BulkForm | None:
        return self.refused if isinstance(self.refused, BulkForm) else None


class Queue(CardList):
    """What waits for a moderator, the longest first."""

    permission_required = MAY_SEE_QUEUE
    template_name = "moderation/queue.html"
    title = _("Comments in the queue")
    reasons = HOLD_REASONS

    def comments(self) -> QuerySet[Any]:
        return Comment.objects.held().order_by("created_at", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_empty = not (context["rows"] or context["apart"])
        return {
            **context,
            # How many wait, where none of those that were asked for does.
            "others": Comment.objects.held().count() if is_empty else 0,
            "rejected_lately": rejected_lately().count(),
            "sample": SAMPLE,
        }


class Rejected(CardList):
    """What the service rejected by itself, the latest first, so that no error of it is final."""

    permission_required = MAY_SEE_COMMENTS
    template_name = "moderation/rejected.html"
    title = _("Comments rejected by the service")
    reasons = (Reason.SPAM, Reason.TOXICITY)

    def comments(self) -> QuerySet[Any]:
        return rejected_by_service().order_by("-created_at", "-id")


class AllComments(CardList):
    """Every comment, so that a published one can be taken down and a rejected one brought back."""

    permission_required = MAY_SEE_COMMENTS
    template_name = "moderation/card_list.html"
    title = _("Comments")
    filters_status = True
    is_left = False

    def comments(self) -> QuerySet[Any]:
        return Comment.objects.order_by("-created_at", "-id")


@permission_required(MAY_SEE_COMMENTS, raise_exception=True)
def rejected_sample(request: HttpRequest) -> HttpResponse:
    """A few of the rejected, named in the address, so that they stay the same from page to page."""
    ids = ",".join(map(str, sample()))
    return redirect(reverse("admin:rejected") + (f"?ids={ids}" if ids else ""))
