"""The page of campaigns: what one text, link or contact came from many senders, and its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from comments.models import Comment, Status
from moderation import bulk
from moderation.campaigns.senders import contact_campaigns
from moderation.desk import campaigns, differing_words
from moderation.desk.campaigns import Campaign
from moderation.desk.page import MAY_SEE_QUEUE, DeskPage
from moderation.models import Membership

PAGE = 25
# Of the campaigns of which nothing waits, the latest.
MAX_LATEST = 250
_EXCERPT = 110


@dataclass(frozen=True, kw_only=True)
class Line:
    """A campaign with its numbers, and what its comments share."""

    campaign: Campaign
    shared: str


class CampaignList(DeskPage, TemplateView):
    """The campaigns of which comments wait, the largest first; with `?all`, the latest ones."""

    permission_required = MAY_SEE_QUEUE
    template_name = "moderation/campaigns.html"
    title = _("Campaigns")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shows_all = "all" in self.request.GET
        numbers = _latest() if shows_all else _waiting()
        page = Paginator(numbers, PAGE).get_page(self.request.GET.get("page"))
        return {
            **super().get_context_data(**kwargs),
            "lines": lines(list(page.object_list)),
            "page_obj": page,
            "paginator": page.paginator,
            "shows_all": shows_all,
            "unfinished": bulk.unfinished(self.request.user),
        }


def lines(numbers: Sequence[int]) -> list[Line]:
    """Return a line for each campaign, in order."""
    known = campaigns.facts(numbers)
    differing = differing_words.of_campaigns([each for each in numbers if each > 0])
    latest = Comment.objects.select_related("article").in_bulk(each.last for each in known.values())
    return [
        Line(
            campaign=known[number].with_words(differing.get(number, ())),
            shared=shared_by(number, latest[known[number].last]),
        )
        for number in numbers
        if number in known
    ]


def shared_by(number: int, comment: Comment) -> str:
    """Return the contact, or how the text begins; empty if the text has been erased."""
    if number < 0:
        return contact_campaigns(comment).get(number, "").partition(":")[2]
    return Truncator(" ".join(comment.text.split())).chars(_EXCERPT)


def _waiting() -> list[int]:
    held = Comment.objects.filter(pk=OuterRef("comment"), status=Status.HELD)
    rows = Membership.objects.filter(Exists(held)).order_by().values("campaign")
    counted = rows.annotate(waiting=Count("pk"), last=Max("comment")).filter(waiting__gt=1)
    return list(counted.order_by("-waiting", "-last").values_list("campaign", flat=True))


def _latest() -> list[int]:
    rows = Membership.objects.order_by().values("campaign")
    counted = rows.annotate(members=Count("pk"), last=Max("comment")).filter(members__gt=1)
    return list(counted.order_by("-last").values_list("campaign", flat=True)[:MAX_LATEST])
