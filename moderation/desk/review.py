"""Carry out a moderator's decision; nothing else does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from moderation.desk.forms import BulkForm, Review, ReviewForm, submitted_form
from moderation.desk.navigation import anchor
from moderation.desk.results import result_messages
from moderation.services import review_all

MAY_REVIEW = "moderation.change_heldcomment"


class ReviewMixin:
    """A page that takes decisions on its cards by POST, and is shown again afterwards."""

    request: HttpRequest
    # An invalid form, to be shown again as it was filled in.
    refused: ReviewForm | BulkForm | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_REVIEW):
            raise PermissionDenied
        form = submitted_form(request.POST)
        if not form.is_valid():
            self.refused = form
            messages.warning(request, form.sentence)
            shown: HttpResponse = self.get(request, *args, **kwargs)  # type: ignore[attr-defined]
            return shown
        carry_out(request, form.review)
        return HttpResponseRedirect(f"{request.get_full_path()}{anchor(form.following)}")


def carry_out(request: HttpRequest, review: Review) -> None:
    """Apply the verdict and show the moderator the results."""
    moderator: Any = request.user
    reviewed = review_all(moderator=moderator, verdict=review.verdict, seen=review.seen)
    for level, sentence in result_messages(review, reviewed):
        messages.add_message(request, level, sentence)
