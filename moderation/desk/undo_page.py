"""The page that undoes an act about the policy, an article or a pick: it says what."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from comments.models import Article, Comment
from moderation import acts
from moderation.desk.article_dial import in_words as dial_in_words
from moderation.desk.navigation import own_address
from moderation.desk.newsroom_pages import pick_in_words
from moderation.desk.policy_history import in_words as settings_in_words
from moderation.models import Act, ActKind

# Decisions and measures about authors are undone where they are made.
_KINDS = (ActKind.POLICY, ActKind.ARTICLE, ActKind.PICK)


class UndoPage(View):
    """One act: what undoing it would do, and the button that does it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        act = _act(request, pk)
        context = {
            **admin.site.each_context(request),
            "title": _("Undo"),
            "act": act,
            "is_undone": Act.objects.filter(undoes=act).exists(),
            "lines": _in_words(act),
            "next": own_address(request),
        }
        return render(request, "moderation/undo.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        undone = acts.undo(act=_act(request, pk), user=user)
        level = messages.SUCCESS if undone.act else messages.WARNING
        messages.add_message(request, level, sentence(undone))
        return redirect(own_address(request))


def sentence(undone: acts.Undone) -> str:
    """Say whether it was undone, and if not, why."""
    if undone.act:
        return _("Undone.")
    if undone.changed:
        return _("Nothing was undone: a colleague has changed it since.")
    return _("This has been undone already.")


def _act(request: HttpRequest, pk: int) -> Act:
    """Return the act; without the permission to undo it, the answer is 403."""
    user: Any = request.user
    found: Act = get_object_or_404(Act.objects.select_related("user"), pk=pk, kind__in=_KINDS)
    if not acts.may_undo(user, found):
        raise PermissionDenied
    return found


def _in_words(act: Act) -> list[str]:
    """Return what the undo changes, a sentence for each setting."""
    if act.kind == ActKind.ARTICLE:
        article = Article.objects.get(pk=act.before["article"])
        return [f"{article.title}: {dial_in_words(act.before['before'])}"]
    if act.kind == ActKind.PICK:
        comment = Comment.objects.get(pk=act.before["comment"])
        state = pick_in_words(picked=not act.before["picked"])
        return [f"{comment} {comment.author_name}: {state}"]
    back = {name: [after, before] for name, (before, after) in act.before["values"].items()}
    return [f"{each.label}: {each.before} → {each.after}" for each in settings_in_words(back)]
