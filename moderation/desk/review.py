"""Carry out a moderator's decision; the one place that does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from moderation.desk.forms import BulkForm, Review, ReviewForm, asked_review
from moderation.desk.navigation import anchor
from moderation.desk.results import what_became
from moderation.services import review_all

MAY_REVIEW = "moderation.change_heldcomment"


class ReviewMixin:
    """A page whose cards are decided about by POST, and which is shown again afterwards."""

    request: HttpRequest
    # What was sent and is not in order, to be shown again as it was filled in.
    refused: ReviewForm | BulkForm | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_REVIEW):
            raise PermissionDenied
        form = asked_review(request.POST)
        if not form.is_valid():
            self.refused = form
            messages.warning(request, form.sentence)
            shown: HttpResponse = self.get(request, *args, **kwargs)  # type: ignore[attr-defined]
            return shown
        carry_out(request, form.review)
        return HttpResponseRedirect(f"{request.get_full_path()}{anchor(form.following)}")


def carry_out(request: HttpRequest, review: Review) -> None:
    """Settles the comments and tells the moderator what became of each."""
    moderator: Any = request.user
    reviewed = review_all(moderator=moderator, verdict=review.verdict, seen=review.seen)
    for level, sentence in what_became(review, reviewed):
        messages.add_message(request, level, sentence)
