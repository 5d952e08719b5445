"""A moderator decides, as in the queue."""

from comments.models import Comment
from moderation.accounts.models import User
from moderation.models import Act
from moderation.policy.verdict import Verdict
from moderation.services import review_all
from moderation.transitions import Seen


def review(user: User, comment: Comment, verdict: Verdict) -> Act:
    comment.refresh_from_db()
    seen = {comment.pk: Seen.of(comment)}
    act = review_all(moderator=user, verdict=verdict, seen=seen).act
    assert act
    return act
