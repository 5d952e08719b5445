"""The page of the queue: one comment in focus, the next ones listed beside it.

Its script makes it quick; without one, forms and links do the same.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from comments.identity import is_id
from comments.models import Comment, Status
from moderation import claims
from moderation.desk.contradictions import asked
from moderation.desk.focus_card import focus_on
from moderation.desk.focus_queue import (
    MOST_LEFT,
    ROWS,
    QueueMixin,
    Row,
    first_free,
    latest_decision,
    rows,
    tabs,
    up_to,
)
from moderation.desk.focus_undo import last_act
from moderation.desk.forms import ReviewForm
from moderation.desk.page import MAY_SEE_COMMENTS, MAY_SEE_QUEUE, DeskPage
from moderation.desk.paging import in_order
from moderation.desk.rejected import SAMPLE_SIZE, recently_rejected
from moderation.desk.review import MAY_REVIEW, carry_out


class QueuePage(QueueMixin, DeskPage, TemplateView):
    """The comment in the address is in focus, or the first one that nobody else has open."""

    permission_required = MAY_SEE_QUEUE
    template_name = "moderation/focus/page.html"
    title = _("Comments in the queue")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take a decision as the page sends it without a script, and show the next comment."""
        if not request.user.has_perm(MAY_REVIEW):
            raise PermissionDenied
        form = ReviewForm(request.POST)
        if form.is_valid():
            if question := asked(form):
                return redirect(self._address(question.comment, asks=question.decision))
            carry_out(request, form.review)
            return redirect(self._address(form.following))
        messages.warning(request, form.sentence)
        shown = request.POST.get("comment", "")
        return redirect(self._address(int(shown) if is_id(shown) else None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user: Any = self.request.user
        comment = self._in_focus(user)
        listed = self._rows(comment, user)
        focus = focus_on(comment, user) if comment else None
        if comment and comment.status == Status.HELD and context["may_review"]:
            claims.claim_only(comment=comment, user=user)
        return {
            **context,
            **self._counts(),
            "is_nav_sidebar_enabled": False,
            "filter": self.filter,
            "query": self.query,
            "focus": focus,
            # Without a script, the question is asked on the page.
            "asked": focus.asked(self.request.GET.get("asks", "")) if focus else None,
            "following": _following(comment, listed),
            "rows": listed,
            "since": latest_decision(),
            "last": last_act(user) if context["may_review"] else None,
        }

    def _counts(self) -> dict[str, Any]:
        selected = self.filter.cleaned_data.get("reason", "") if self.filter.is_valid() else ""
        by_reason = tabs(selected)
        return {
            # Without a filter the tabs have counted them all.
            "left": self.left() if self.query else up_to(by_reason.waiting, MOST_LEFT),
            "tabs": by_reason,
            "selected": selected,
            "order": self.request.GET.get("order", ""),
            "waiting": by_reason.waiting,
            "recently_rejected": recently_rejected().count(),
            "sample": SAMPLE_SIZE,
        }

    def _in_focus(self, user: Any) -> Comment | None:
        asked = self.request.GET.get("comment", "")
        comment = Comment.objects.filter(pk=asked).first() if is_id(asked) else None
        if comment and (comment.status == Status.HELD or user.has_perm(MAY_SEE_COMMENTS)):
            return comment
        return first_free(self.leading_ids, user)

    def _rows(self, comment: Comment | None, user: Any) -> list[Row]:
        """Return the first rows of the queue; the comment in focus is always among them."""
        listed = list(in_order(self.queue(), self.leading_ids[:ROWS]))
        if comment and comment not in listed:
            listed.insert(0, comment)
        return rows(listed, user)

    def _address(self, comment: int | None, asks: str = "") -> str:
        query = QueryDict(self.query, mutable=True)
        if comment:
            query["comment"] = str(comment)
        if asks:
            query["asks"] = asks
        return reverse("admin:queue", query=query)


def _following(comment: Comment | None, listed: list[Row]) -> int | None:
    """Return the comment to show after a decision on the one in focus, or if it is skipped."""
    ids = [row.comment.pk for row in listed]
    place = ids.index(comment.pk) if comment else 0
    after = [*listed[place + 1 :], *listed[:place]]
    return next((row.comment.pk for row in after if not row.holder), None)
