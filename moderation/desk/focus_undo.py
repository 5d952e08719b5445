"""Take back what a moderator did last; for an older act the page asks first."""

from typing import Any

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from comments.models import Comment
from moderation.accounts.models import User
from moderation.acts import Undone, acts_of, may_undo, undo
from moderation.desk.focus_queue import QueueMixin
from moderation.desk.forms import UndoForm
from moderation.desk.page import DeskPage
from moderation.desk.review import MAY_REVIEW
from moderation.desk.undo_page import sentence
from moderation.labels import of_outcome, reason_of
from moderation.models import Act, ActKind, Decision
from moderation.policy.verdict import Outcome


def last_act(user: User) -> dict[str, Any] | None:
    """Return the latest act of the user that is not undone yet, with what it was in words."""
    act = next((each for each in acts_of(user) if not hasattr(each, "undone_by")), None)
    return {"act": act.pk, "sentence": in_words(act)} if act else None


def in_words(act: Act) -> str:
    """Say what an act did, to whom and when."""
    return f"{_what(act)}, {naturaltime(act.created_at)}"


def _what(act: Act) -> str:
    # An index alone has both; an act may have thousands of decisions.
    facts = act.decisions.order_by().aggregate(first=Min("pk"), count=Count("pk"))
    if facts["first"] is None:
        return act.get_kind_display()
    first = Decision.objects.select_related("comment", "own_reason").get(pk=facts["first"])
    done = of_outcome(first.outcome)
    if first.outcome == Outcome.REJECT:
        done = f"{done} ({reason_of(first)})"
    count = facts["count"]
    whose = f"{first.comment} {first.comment.author_name}".strip()
    if count > 1:
        whose = ngettext("%d comment", "%d comments", count) % count
    return f"{whose}: {done}"


class UndoAct(QueueMixin, DeskPage, View):
    """Undo an act by POST; one that is older than the undo time only after a question."""

    permission_required = MAY_REVIEW
    title = gettext_lazy("Undo")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UndoForm(request.POST)
        if not form.is_valid():
            return self._answer({"sentence": form.sentence}, status=400)
        user: Any = request.user
        act = get_object_or_404(Act, pk=form.cleaned_data["act"])
        if not may_undo(user, act):
            raise PermissionDenied
        if not act.is_recent and not form.cleaned_data["sure"]:
            return self._ask(act)
        undone = undo(act=act, user=user)
        about_comments = act.kind == ActKind.DECISION
        facts = {
            "done": undone.done if about_comments else [],
            "left": self.left(),
            "last": last_act(user),
            "sentence": (self._sentence if about_comments else sentence)(undone),
        }
        return self._answer(facts, 200 if undone.act else 409)

    def _ask(self, act: Act) -> HttpResponse:
        asked = _("%s. Undo it all the same?") % in_words(act)
        if self._wants_json:
            return JsonResponse({"ask": asked, "act": act.pk})
        context = {**self.get_context_data(), "asked": asked, "act": act, "query": self.query}
        return render(self.request, "moderation/focus/undo.html", context)

    def _answer(self, facts: dict[str, Any], status: int = 200) -> HttpResponse:
        if self._wants_json:
            return JsonResponse(facts, status=status)
        level = messages.SUCCESS if status == 200 else messages.WARNING
        messages.add_message(self.request, level, facts["sentence"])
        query: dict[str, Any] = self.request.GET.copy().dict()
        if facts.get("done"):
            query["comment"] = facts["done"][0]
        return redirect(reverse("admin:queue", query=query))

    @property
    def _wants_json(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    def _sentence(self, undone: Undone) -> str:
        if undone.act is None and not undone.changed:
            return _("This has been undone already.")
        sentences = [_("Undone.")] if undone.done else []
        if undone.done and Comment.objects.held().filter(pk__in=undone.done).exists():
            count = len(undone.done)
            text = ngettext(
                "Undone: %d comment waits again.", "Undone: %d comments wait again.", count
            )
            sentences = [text % count]
        if undone.changed:
            count = len(undone.changed)
            text = ngettext(
                "%d comment stays as it is: it was decided again since.",
                "%d comments stay as they are: they were decided again since.",
                count,
            )
            sentences.append(text % count)
        return " ".join(sentences)
