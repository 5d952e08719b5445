"""Decisions of known times, for what is counted of them."""

import datetime as dt
from typing import Any

from comments.models import Article, Comment, Revision, Status
from moderation.accounts.models import User
from moderation.actors import ActorKind
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason
from moderation.transitions import STATUS_AFTER
from tests.makers import make_comment


def submitted(at: dt.datetime, article: Article | None = None, **over: Any) -> Comment:
    """A comment that waits for the service since this time."""
    comment = make_comment(article, Status.PENDING, **over)
    Comment.objects.filter(pk=comment.pk).update(created_at=at)
    Revision.objects.filter(comment=comment).update(created_at=at)
    comment.refresh_from_db()
    return comment


def decided(
    comment: Comment,
    outcome: Outcome,
    reason: Reason,
    at: dt.datetime,
    **also: Any,
) -> Decision:
    """A decision on the comment at this time: the service's, or that of `user`."""
    user: User | None = also.pop("user", None)
    kind = also.pop("kind", ActorKind.PERSON if user else ActorKind.POLICY)
    comment.refresh_from_db()
    made = Decision.objects.create(
        comment=comment,
        outcome=outcome,
        reason=reason,
        from_status=comment.status,
        created_at=at,
        actor_kind=kind,
        user=user,
        revision=comment.revisions.get(),
        **also,
    )
    Comment.objects.filter(pk=comment.pk).update(
        status=STATUS_AFTER[outcome], reason=reason, version=comment.version + 1
    )
    return made
