"""The page of one campaign: its numbers, its comments and one decision on all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from comments.models import Comment, Status
from moderation.desk import campaigns, differing_words
from moderation.desk.campaign_list import lines
from moderation.desk.campaigns import Campaign
from moderation.desk.forms import BulkForm, ReviewForm, state
from moderation.desk.navigation import own_address
from moderation.desk.page import MAY_SEE_COMMENTS, MAY_SEE_QUEUE, DeskPage
from moderation.desk.review import ReviewMixin
from moderation.policy.reading import Span
from moderation.rejections import BUILT_IN, offers_by_site

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Member:
    """A comment of the campaign, and where its text differs from the others."""

    comment: Comment
    differing: Sequence[Span]
    # Its place in the form, if it can be selected.
    place: int | None = None
    is_ticked: bool = False

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces; those with True differ."""
        text, found, here = self.comment.text, [], 0
        for start, end in self.differing:
            found += [(text[here:start], False), (text[start:end], True)]
            here = end
        return [*found, (text[here:], False)]

    @property
    def state(self) -> dict[str, Any]:
        return state(self.comment)


class CampaignPage(ReviewMixin, DeskPage, TemplateView):
    """Its number is in the address: that of its first comment, or a hash of the contact."""

    permission_required = (MAY_SEE_QUEUE, MAY_SEE_COMMENTS)
    template_name = "moderation/campaign.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self._number()
        found = lines([number])
        if not found:
            raise Http404
        campaign = found[0].campaign
        members = campaigns.members(number).select_related("article")
        apart = campaigns.decided_separately(number).select_related("article")
        separate = list(apart[: campaigns.MAX_SHOWN_SEPARATELY])
        others = members.exclude(pk__in=[each.pk for each in separate]).order_by("-id")
        page = Paginator(others, PAGE).get_page(self.request.GET.get("page"))
        together = campaigns.decided_together(number).order_by()
        return {
            **super().get_context_data(**kwargs),
            "title": _("The same link or contact") if number < 0 else _("Campaign"),
            "line": found[0],
            "campaign": campaign,
            **together.aggregate(up_to=Max("pk"), together=Count("pk")),
            **self._rows(campaign, separate, list(page.object_list)),
            "page_obj": page,
            "paginator": page.paginator,
        }

    def back_to(self, form: ReviewForm | BulkForm) -> str:
        """Return the page from which the moderator came, if the link says so."""
        if self.request.GET.get("next"):
            return own_address(self.request)
        return str(self.request.get_full_path())

    def _number(self) -> int:
        written = self.kwargs["number"]
        if not campaigns.is_number(written):
            raise Http404
        return int(written)

    def _rows(
        self, campaign: Campaign, separate: list[Comment], others: list[Comment]
    ) -> dict[str, Any]:
        texts = [each.text for each in (*separate, *others)]
        shared = differing_words.shared_words(texts) if campaign.number > 0 else None
        refused = self.refused.ticked if isinstance(self.refused, BulkForm) else ()
        rows = [
            Member(
                comment=each,
                differing=() if shared is None else differing_words.spans(each.text, shared),
                place=place if place < len(separate) else None,
                is_ticked=str(each.pk) in refused,
            )
            for place, each in enumerate((*separate, *others))
        ]
        site = next((each.article.site_id for each in (*separate, *others)), "")
        return {
            "separate": rows[: len(separate)],
            "rows": rows[len(separate) :],
            "bulk": BulkForm(shown=len(separate)),
            "rejections": offers_by_site().get(site, BUILT_IN),
            "is_decidable": any(each.status == Status.HELD for each in (*separate, *others)),
        }
