"""The comments of an author that wait in the queue, to be decided together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View

from comments.models import Comment
from moderation.author_measures import measures_on
from moderation.desk.forms import MAX_CARDS, BulkForm, state
from moderation.desk.page import MAY_SEE_COMMENTS, DeskPage
from moderation.desk.review import MAY_REVIEW, preview
from moderation.models import AuthorMeasure
from moderation.notes import questions_on


@dataclass(frozen=True)
class Waiting:
    """A comment in the queue, its place in the form, and whether it is selected."""

    comment: Comment
    place: int
    is_ticked: bool
    is_asked_about: bool

    @property
    def state(self) -> dict[str, Any]:
        return state(self.comment)


def waiting_of(author: str, measures: Collection[AuthorMeasure], chosen: str) -> list[Waiting]:
    """Return the author's comments in the queue, oldest first.

    Those to which the chosen measure applies are selected, unless a colleague was asked about them.
    """
    held = Comment.objects.held().filter(author_key=author).select_related("article")
    comments = list(held.order_by("created_at", "id")[:MAX_CARDS])
    measured = _measured(comments, next((m for m in measures if str(m.pk) == chosen), None))
    asked = questions_on(comment.pk for comment in comments)
    return [
        Waiting(each, place, each.pk in measured and each.pk not in asked, each.pk in asked)
        for place, each in enumerate(comments)
    ]


def _measured(comments: Sequence[Comment], measure: AuthorMeasure | None) -> set[int]:
    if measure is None:
        return set()
    return {pk for pk, found in measures_on(comments).items() if measure in found}


class DecideWaiting(DeskPage, View):
    """Decide about the selected ones by POST, and show the author's page again."""

    permission_required = MAY_SEE_COMMENTS

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        if not self.request.user.has_perm(MAY_REVIEW):
            raise PermissionDenied
        form = BulkForm(request.POST)
        back = f"{reverse('admin:author', args=[key])}#waiting"
        if not form.is_valid():
            messages.warning(request, form.sentence)
            return redirect(back)
        return preview(request, form, back)
