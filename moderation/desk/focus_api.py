"""What the page of the queue asks while it is open: a comment, a decision, a claim, the news."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext
from django.views.generic import View

from comments.identity import is_id
from comments.models import Comment, Status
from moderation import claims
from moderation.desk import folding
from moderation.desk.contradictions import asked
from moderation.desk.filters import counts_by_reason
from moderation.desk.focus_card import focus_on
from moderation.desk.focus_queue import (
    BEGINNING,
    MOST_LEFT,
    ROWS,
    QueueMixin,
    arrived,
    decided,
    done_sentence,
    known_ids,
    latest_decision,
    lost_race,
    rows,
    up_to,
)
from moderation.desk.forms import ReviewForm
from moderation.desk.page import MAY_SEE_COMMENTS, MAY_SEE_QUEUE, DeskPage
from moderation.desk.paging import in_order
from moderation.desk.review import MAY_REVIEW
from moderation.services import review_all


class Fragment(QueueMixin, DeskPage, View):
    """The comment in focus as a part of the page. Fetching it in advance claims nothing."""

    permission_required = MAY_SEE_QUEUE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        comment = get_object_or_404(Comment, pk=pk)
        if comment.status != Status.HELD and not user.has_perm(MAY_SEE_COMMENTS):
            raise PermissionDenied
        context = {**self.get_context_data(), "focus": focus_on(comment, user)}
        return render(request, "moderation/focus/comment.html", context)


class Decide(QueueMixin, DeskPage, View):
    """Take one decision: say what was done, or who was first."""

    permission_required = MAY_REVIEW

    def post(self, request: HttpRequest) -> HttpResponse:
        moderator: Any = request.user
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"done": False, "sentence": form.sentence}, status=400)
        if question := asked(form):
            return JsonResponse({"done": False, "asks": True, "sentence": question.sentence})
        review = form.review
        reviewed = review_all(
            moderator=moderator, verdict=review.verdict, seen=review.seen, answer=review.answer
        )
        left = self.left()
        if reviewed.act is None:
            return JsonResponse({**_lost(next(iter(review.seen))), "left": left}, status=409)
        decision = reviewed.act.decisions.select_related("own_reason").get()
        sentence = done_sentence(decision, left)
        return JsonResponse(
            {"done": True, "sentence": sentence, "act": reviewed.act.pk, "left": left}
        )


def _lost(pk: int) -> dict[str, Any]:
    """Describe a decision that was not taken; `decided` is what somebody else has done instead."""
    return {"done": False, "sentence": lost_race(pk), "decided": decided([pk]).get(pk, "")}


class ClaimComment(DeskPage, View):
    """Claim the comment in focus, or renew the claim; say who has it if somebody else does."""

    permission_required = MAY_REVIEW

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        number = request.POST.get("comment", "")
        if not number:
            claims.release(user=user)
            return JsonResponse({"holder": ""})
        comment = get_object_or_404(Comment, pk=number if is_id(number) else 0)
        if comment.status != Status.HELD:
            return JsonResponse({"holder": ""})
        holder = claims.claim_only(comment=comment, user=user)
        return JsonResponse({"holder": "" if holder == user else str(holder)})


class News(QueueMixin, DeskPage, View):
    """How many wait, what is new, who has what open, and what others have decided."""

    permission_required = MAY_SEE_QUEUE

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        known, since = known_ids(request), request.GET.get("since", "")
        further = self.further(known)
        new = arrived(further, int(since), known).order_by().count() if is_id(since) else 0
        reasons = counts_by_reason()
        return JsonResponse(
            {
                "left": self.left() if self.query else up_to(sum(reasons.values()), MOST_LEFT),
                "reasons": reasons,
                "claims": claims.holders(known, besides=user),
                "decided": decided(known),
                "new": new,
                "sentence": ngettext("%d new", "%d new", new) % new,
            }
        )


class Rows(QueueMixin, DeskPage, View):
    """Further rows of the list: with `new` those that have arrived, otherwise those that follow."""

    permission_required = MAY_SEE_QUEUE

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        known, since = known_ids(request), request.GET.get("since", "")
        latest, found = latest_decision(), self.further(known)
        if request.GET.get("new") and is_id(since):
            found = arrived(found, int(since), known)
        listed = rows(self._first(found), user)
        context = {"rows": listed, "query": self.query}
        answer = render(request, "moderation/focus/rows.html", context)
        answer["X-Since"] = str(latest)
        return answer

    def _first(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Return the first comments, one a campaign."""
        if not self.folds:
            return found[:ROWS]
        ids = folding.beginning(found, wanted=ROWS, at_once=BEGINNING)[:ROWS]
        return in_order(found, ids)
