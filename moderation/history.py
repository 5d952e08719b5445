"""The chain of a comment's decisions: each carries a hash over itself and the one before.

So a row that was changed, removed or put in between afterwards shows. Each comment has a chain of
its own: its decisions are made under its article's lock, so no lock of the whole log is needed. Who
can write to the database and knows this code can forge a whole chain; only a backup shows that.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from moderation.models import Decision

# What a hash covers. A new field needs a new version, and the old one for the rows that have it.
FIELDS = (
    "comment_id",
    "actor_kind",
    "user_id",
    "outcome",
    "reason",
    "from_status",
    "revision_id",
    "scores",
    "sure",
    "scores_by_judge",
    "language",
    "model_version",
    "thresholds",
    "act_id",
)


def link(decision: Decision, previous: str) -> str:
    """Return the hash of a decision that follows one with the hash `previous`, "" if none."""
    content = [_plain(getattr(decision, name)) for name in FIELDS]
    if decision.own_reason_id is not None:
        content.append(decision.own_reason_id)
    if decision.site_key_id is not None:
        content.append({"site_key": decision.site_key_id})
    # To the microsecond, as both databases store it.
    moment = decision.created_at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    row = json.dumps([previous, *content, moment], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(row.encode()).hexdigest()


def chained(decisions: Iterable[Decision]) -> list[Decision]:
    """Give new decisions, one a comment, their place in its chain. Needs the articles' locks."""
    made = list(decisions)
    earlier = Decision.objects.filter(comment__in=[each.comment_id for each in made])
    last = dict(earlier.order_by("pk").values_list("comment_id", "chain"))
    for each in made:
        each.chain = link(each, last.get(each.comment_id, ""))
    return made


def _plain(value: Any) -> Any:
    """Return the value in one form, whichever database it was read from.

    PostgreSQL reads 1e16 back as an integer, and has no negative zero.
    """
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return float(value) + 0.0 if isinstance(value, int | float) else value
