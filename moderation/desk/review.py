"""Carry out a moderator's decision on one card, or prepare one on many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from moderation import bulk
from moderation.desk.contradictions import Asked, asked
from moderation.desk.forms import BulkForm, Review, ReviewForm, submitted_form
from moderation.desk.navigation import anchor
from moderation.desk.results import result_messages
from moderation.models import MAX_ADDRESS
from moderation.services import review_all

MAY_REVIEW = "moderation.change_heldcomment"


class ReviewMixin:
    """A page that takes decisions on its cards by POST, and is shown again afterwards."""

    request: HttpRequest
    # An invalid form or one that has a question to answer, to be shown again as it was filled in.
    refused: ReviewForm | BulkForm | None = None
    asked: Asked | None = None

    def listed(self) -> QuerySet[Any] | None:
        """Return all comments that a list shows on its pages; None if the page is no list."""
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_REVIEW):
            raise PermissionDenied
        form = submitted_form(request.POST, self.listed())
        if not form.is_valid():
            messages.warning(request, form.sentence)
            return self._shown_again(form, *args, **kwargs)
        back = self.back_to(form)
        if isinstance(form, BulkForm) and not form.is_of_one:
            return preview(request, form, back)
        self.asked = asked(form)
        if self.asked:
            return self._shown_again(form, *args, **kwargs)
        carry_out(request, form.review)
        return HttpResponseRedirect(back)

    def back_to(self, form: ReviewForm | BulkForm) -> str:
        """Return what is shown after the decision: this page, at the next card."""
        return f"{self.request.get_full_path()}{anchor(form.following)}"

    def _shown_again(self, form: ReviewForm | BulkForm, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refused = form
        shown: HttpResponse = self.get(self.request, *args, **kwargs)  # type: ignore[attr-defined]
        return shown


def preview(request: HttpRequest, form: BulkForm, back: str) -> HttpResponse:
    """Store what was chosen and show what a decision would do; nothing is decided yet."""
    user: Any = request.user
    choice = bulk.Choice(
        user=user,
        verdict=form.review.verdict,
        seen=form.review.seen,
        separate=form.separate,
        matched=form.matched,
        back=back[:MAX_ADDRESS],
    )
    return redirect("admin:bulk", bulk.prepare(choice).pk)


def carry_out(request: HttpRequest, review: Review) -> None:
    """Apply the verdict and show the moderator the results."""
    moderator: Any = request.user
    reviewed = review_all(
        moderator=moderator, verdict=review.verdict, seen=review.seen, answer=review.answer
    )
    for level, sentence in result_messages(review, reviewed):
        messages.add_message(request, level, sentence)
