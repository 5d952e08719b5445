"""Receive what authors do with comments of their own, within limits.

Whoever calls this has verified the signed token of the comment.
"""

from collections.abc import Mapping

from django.db import transaction

from comments.models import Comment
from comments.reception import throttles
from moderation import appeals, author_changes
from moderation.tasks import request_moderation


def receive_change(*, comment: Comment, written: Mapping[str, str], address: str) -> None:
    """Store a new version of the comment, which is checked again.

    Raises ThrottledError or RefusedError; nothing is stored then.
    """
    _admit(comment, address)
    with transaction.atomic():
        if author_changes.revise(comment=comment, written=written):
            transaction.on_commit(request_moderation, robust=True)


def receive_withdrawal(*, comment: Comment, address: str) -> None:
    """Withdraw the comment. Raises ThrottledError or RefusedError."""
    _admit(comment, address)
    author_changes.withdraw(comment=comment)


def receive_appeal(*, comment: Comment, sentence: str, address: str) -> None:
    """Put a rejected comment before the moderators again. Raises ThrottledError or RefusedError."""
    _admit(comment, address)
    appeals.appeal(comment=comment, sentence=sentence)


def _admit(comment: Comment, address: str) -> None:
    site = comment.article.site_id
    throttles.admit_change(site=site, address=address, comment=comment.pk)
