"""Challenges of forms that were opened a while ago, their proofs, and a comment's status."""

import re
import time
from itertools import count

import pytest

from comments.models import Comment, Status
from comments.reception.challenges import new_challenge, read_challenge
from moderation import services
from moderation.policy.verdict import Reason

CIVIL = "Добре, що про це написали. Чи відомо, коли відкриють рух мостом?"


def challenge_on(shown: str) -> str:
    found = re.search(r'name="challenge"[^>]* value="([^"]+)"', shown)
    assert found
    return found[1]


def aged_challenge(monkeypatch: pytest.MonkeyPatch, seconds: float) -> str:
    """The challenge of a form that was opened `seconds` ago."""
    with monkeypatch.context() as patched:
        now = time.time()
        patched.setattr(time, "time", lambda: now - seconds)
        return new_challenge("main").text


def proof_of(challenge: str) -> str:
    known = read_challenge(challenge)
    return next(str(number) for number in count() if known.is_solved_by(str(number)))


def moderated_status() -> tuple[str, str]:
    comment = Comment.objects.get()
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment.status, comment.reason


HELD = (Status.HELD, Reason.AUTOMATED)
SHOWN = (Status.PUBLISHED, Reason.CLEAN)
