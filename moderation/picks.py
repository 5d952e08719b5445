"""Editor's picks: comments that the newsroom recommends to readers."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from comments.models import Article, Comment, Pick
from moderation import transitions
from moderation.accounts.models import User
from moderation.models import Act, ActKind

MAY_PICK = "comments.pick_comment"


def picked(comment: Comment) -> bool:
    """Whether the newsroom recommends the comment now."""
    return Pick.objects.filter(comment=comment).exists()


def history(comment: Comment) -> QuerySet[Act]:
    """Return who picked the comment or took that back, the latest first."""
    acts = Act.objects.filter(kind=ActKind.PICK, before__comment=comment.pk)
    return acts.select_related("user").order_by("-id")


def pick(*, comment: Comment, user: User) -> Act | None:
    """Recommend a comment; None if it is picked already, or readers do not see it."""
    return _turn(comment, user, on=True)


def take_back(*, comment: Comment, user: User) -> Act | None:
    """End the recommendation; None if there is none."""
    return _turn(comment, user, on=False)


def undo(act: Act, undoing: Act) -> tuple[list[int], list[int]]:
    """Set a comment back as it was before the act, unless somebody has changed that since.

    Returns nothing as done, or the comment's id as changed.
    """
    comment = Comment.objects.select_related("parent").get(pk=act.before["comment"])
    transitions.lock(comment)
    is_picked, was_picked = act.before["picked"], not act.before["picked"]
    if picked(comment) != is_picked or (was_picked and not comment.is_visible):
        return [], [comment.pk]
    _write(comment, undoing.user, on=was_picked)
    return [], []


def _turn(comment: Comment, user: User, *, on: bool) -> Act | None:
    with transaction.atomic():
        transitions.lock(comment)
        if picked(comment) == on or (on and not comment.is_visible):
            return None
        _write(comment, user, on=on)
        facts: dict[str, Any] = {"comment": comment.pk, "picked": on}
        return Act.objects.create(kind=ActKind.PICK, user=user, before=facts)


def _write(comment: Comment, user: User, *, on: bool) -> None:
    """Needs the article's lock. The list changes, so its ETag does."""
    if on:
        Pick.objects.create(comment=comment, user=user)
    else:
        Pick.objects.filter(comment=comment).delete()
    Article.objects.filter(pk=comment.article_id).update(thread_revision=F("thread_revision") + 1)
