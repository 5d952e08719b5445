"""Compare what readers were told with the database. Any figure but 0 is a failure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.chaos.readers import Acknowledged, Marks

Ask = Callable[[str], list[tuple[Any, ...]]]

UNSCORED = """
SELECT count(*) FROM comments_comment c WHERE c.status = 'published' AND NOT EXISTS (
    SELECT 1 FROM moderation_decision d JOIN comments_revision r ON r.id = d.revision_id
    WHERE r.comment_id = c.id AND r.number = c.revision AND d.outcome = 'publish'
    AND (d.actor_kind = 'person' OR d.scores <> '{}'))
"""
TWICE = """
SELECT count(*) FROM (
    SELECT comment_id FROM moderation_decision WHERE from_status = 'pending'
    GROUP BY comment_id, revision_id HAVING count(*) > 1) twice
"""
# The status and the log are written together, so they must agree.
INCONSISTENT = """
SELECT count(*) FROM comments_comment c LEFT JOIN moderation_decision d ON d.id = (
    SELECT max(id) FROM moderation_decision WHERE comment_id = c.id)
WHERE c.status <> CASE d.outcome WHEN 'publish' THEN 'published' WHEN 'hold' THEN 'held'
    WHEN 'reject' THEN 'rejected' ELSE 'pending' END
"""
MISCOUNTED = """
SELECT count(*) FROM comments_article a WHERE a.published_count <> (
    SELECT count(*) FROM comments_comment c LEFT JOIN comments_comment p ON p.id = c.parent_id
    WHERE c.article_id = a.id AND c.status = 'published'
    AND (c.parent_id IS NULL OR p.status = 'published'))
"""
PENDING = "SELECT count(*) FROM comments_comment WHERE status = 'pending'"
FATES = """
SELECT c.id, c.text, c.status, c.reason, c.created_at, c.decided_at, k.comment_id
FROM comments_comment c LEFT JOIN comments_contact k ON k.comment_id = c.id
WHERE c.text LIKE '%{mark}%'
"""


@dataclass(frozen=True)
class Fate:
    """The database's view of one comment."""

    id: int
    text: str
    status: str
    reason: str
    created_at: Any
    decided_at: Any
    contact: int | None


def fates(ask: Ask, marks: Marks) -> dict[int, Fate]:
    return {row[0]: Fate(*row) for row in ask(FATES.format(mark=marks.text))}


def lost(acknowledged: Sequence[Acknowledged], found: dict[int, Fate]) -> list[Acknowledged]:
    """Return the accepted comments that are missing or lack their text or contact."""
    return [each for each in acknowledged if not _kept(each, found.get(each.id))]


def _kept(acknowledged: Acknowledged, fate: Fate | None) -> bool:
    return fate is not None and fate.text == acknowledged.text and fate.contact == fate.id


def wrong(ask: Ask) -> dict[str, int]:
    """Count each kind of violation, by its description."""
    return {
        "published without a score or a person": _count(ask, UNSCORED),
        "decided twice": _count(ask, TWICE),
        "status and log at odds": _count(ask, INCONSISTENT),
        "articles that count their comments wrongly": _count(ask, MISCOUNTED),
    }


def pending(ask: Ask) -> int:
    return _count(ask, PENDING)


def _count(ask: Ask, sql: str) -> int:
    return int(ask(sql)[0][0])
