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
from moderation.desk.folding import fold
from moderation.desk.forms import BulkForm
from moderation.desk.navigation import next_card
from moderation.desk.page import MAY_SEE_COMMENTS, MAY_SEE_QUEUE, DeskPage
from moderation.desk.paging import ListPaginator
from moderation.desk.rejected import SAMPLE_SIZE, recently_rejected, rejected_by_service, sample
from moderation.desk.review import ReviewMixin
from moderation.policy.verdict import HOLD_REASONS, Reason
from moderation.rejections import BUILT_IN, Offer, offers_of_default_site
from moderation.reports import reported


@dataclass(frozen=True, kw_only=True)
class Row:
    """A card, its place in the bulk form, and the card to show after a decision on it."""

    card: Card
    place: int
    following: int | None
    is_ticked: bool = False


def _offered(rows: Sequence[Row]) -> Sequence[Offer]:
    """Return the reasons of all cards; those of the default site if the cards' sites differ."""
    first = rows[0].card.offered if rows else BUILT_IN
    alike = all(row.card.offered == first for row in rows)
    return first if alike else offers_of_default_site()


class CardList(ReviewMixin, DeskPage, ListView, ABC):
    """A list of cards that are decided on one by one or together."""

    paginate_by = 25
    paginator_class = ListPaginator
    reasons: Iterable[Reason] = Reason
    filters_status = False
    # Unless another order is chosen: see desk.ordering.
    order = "newest"
    # Whether one comment stands for its campaign.
    folds = False
    # Whether decided comments disappear from the list.
    drops_decided = True
    # Whether its comments are published and may be kept so.
    keeps = False

    @abstractmethod
    def comments(self) -> QuerySet[Any]:
        """Return all comments that the list may show."""

    @cached_property
    def filter(self) -> FilterForm:
        return FilterForm(
            self.request.GET,
            reasons=self.reasons,
            statuses=self.filters_status,
            first=self.order,
        )

    def get_queryset(self) -> QuerySet[Any]:
        return self.filter.apply(self.comments())

    def listed(self) -> QuerySet[Any]:
        return self.get_queryset()

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """Return the last page if the requested one no longer exists after a decision."""
        paginator: Any = self.get_paginator(queryset, page_size)
        if self.folds and self.filter.folds:
            paginator.fold = lambda ids: fold(ids).shown
        page = paginator.get_page(self.request.GET.get("page"))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        campaign = self._campaign()
        separate = cards(campaign["separate"]) if campaign else []
        shown_first = {card.comment.pk for card in separate}
        page = [c for c in cards(context["object_list"]) if c.comment.pk not in shown_first]
        rows = self._rows([*separate, *page])
        return {
            **context,
            "filter": self.filter,
            "campaign": campaign,
            "keeps": self.keeps,
            # See templatetags.repeated.
            "drawn": {},
            "bulk": self._bulk(len(rows), campaign, context["paginator"].newest),
            "all_listed": context["paginator"].total if context["is_paginated"] else "",
            "asked": self.asked,
            "rejections": _offered(rows),
            "separate": rows[: len(separate)],
            "rows": rows[len(separate) :],
        }

    def _campaign(self) -> dict[str, Any] | None:
        """Return what the page shows of the campaign that the list is filtered by."""
        number = self.filter.campaign_number
        if number is None:
            return None
        held = campaigns.decided_together(number).order_by()
        facts: dict[str, Any] = held.aggregate(up_to=Max("pk"), held=Count("pk"))
        separate = campaigns.decided_separately(number)[: campaigns.MAX_SHOWN_SEPARATELY]
        return {**facts, "number": number, "separate": separate}

    def _rows(self, shown: Sequence[Card]) -> list[Row]:
        ids = [card.comment.pk for card in shown]
        ticked = self._refused.ticked if self._refused else ()
        return [
            Row(
                card=card,
                place=place,
                following=next_card(ids, [pk]) if self.drops_decided else pk,
                is_ticked=str(pk) in ticked,
            )
            for place, (card, pk) in enumerate(zip(shown, ids, strict=True))
        ]

    def _bulk(self, shown: int, campaign: dict[str, Any] | None, newest: int | None) -> BulkForm:
        """Return the form in the bar; after a refused submission, with its boxes as submitted."""
        kept = self._refused
        boxes = ("page", "whole", "filtered")
        initial = {name: kept[name].value() for name in boxes} if kept else {}
        initial["up_to"] = newest
        if campaign:
            initial |= {"campaign": campaign["number"], "up_to": campaign["up_to"]}
        return BulkForm(initial=initial, shown=shown)

    @property
    def _refused(self) -> BulkForm | None:
        return self.refused if isinstance(self.refused, BulkForm) else None


class Queue(CardList):
    """The comments that wait for a moderator, oldest first."""

    permission_required = MAY_SEE_QUEUE
    template_name = "moderation/queue.html"
    title = _("Comments in the queue")
    reasons = HOLD_REASONS
    order = "oldest"
    folds = True

    def comments(self) -> QuerySet[Any]:
        return Comment.objects.held()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_empty = not (context["rows"] or context["separate"])
        return {
            **context,
            # How many are waiting if none of them matches the filter.
            "others": Comment.objects.held().count() if is_empty else 0,
            "recently_rejected": recently_rejected().count(),
            "sample": SAMPLE_SIZE,
        }


class Rejected(CardList):
    """Comments that the service rejected by itself, latest first, so that people can check them."""

    permission_required = MAY_SEE_COMMENTS
    template_name = "moderation/rejected.html"
    title = _("Comments rejected by the service")
    reasons = (Reason.SPAM, Reason.TOXICITY, Reason.AUTHOR_BANNED)

    def comments(self) -> QuerySet[Any]:
        return rejected_by_service()


class Reported(CardList):
    """Published comments with reports too few to hold them, about which nobody has decided."""

    permission_required = MAY_SEE_QUEUE
    template_name = "moderation/reported.html"
    title = _("Reported comments")
    keeps = True

    def comments(self) -> QuerySet[Any]:
        return reported()


class AllComments(CardList):
    """Every comment, so that a published one can be taken down and a rejected one brought back."""

    permission_required = MAY_SEE_COMMENTS
    template_name = "moderation/card_list.html"
    title = _("Comments")
    filters_status = True
    drops_decided = False

    def comments(self) -> QuerySet[Any]:
        return Comment.objects.all()


@permission_required(MAY_SEE_COMMENTS, raise_exception=True)
def rejected_sample(request: HttpRequest) -> HttpResponse:
    """Redirect to a sample of rejected comments; its URL has their ids, so it does not change."""
    ids = ",".join(map(str, sample()))
    return redirect(reverse("admin:rejected") + (f"?ids={ids}" if ids else ""))
