"""A comment's standing in the queue: its risk, its doubt, its urgency and its language.

They are columns of the comment, so that one narrow index can order and filter a long queue. Only
moderation.transitions calls `store`.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from comments.models import SCORE_SCALE, Article, Comment
from moderation.classifier.scores import Scores

# A comment with twice the risk comes as early as if it had waited this many minutes longer, and so
# does one on an article with twice as many published comments.
RISK_DOUBLED = 120
READERS_DOUBLED = 60
# Below this, less risk makes no difference.
LEAST_RISK = 0.01

_UPDATE = """
    UPDATE comments_comment SET risk = %s, doubt = %s, due = %s, language = %s WHERE id = %s
"""


class Evidence(Protocol):
    """The part of transitions.Evidence that counts here."""

    @property
    def scores(self) -> Scores | None: ...

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, float]]: ...


@dataclass(frozen=True)
class Standing:
    """The values of the columns, in the units of `Comment`."""

    risk: int
    doubt: int
    due: int
    language: str


def store(judged: Iterable[tuple[Comment, Evidence]]) -> None:
    """Store the standing of comments that were judged by their scores."""
    found = list(judged)
    articles = Article.objects.filter(pk__in={comment.article_id for comment, _ in found})
    published = dict(articles.values_list("pk", "published_count")) if found else {}
    rows = []
    for comment, evidence in found:
        its = standing(comment, evidence, published.get(comment.article_id, 0))
        rows.append((its.risk, its.doubt, its.due, its.language, comment.pk))
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, rows)


def standing(comment: Comment, evidence: Evidence, published: int) -> Standing:
    """Return the standing of a comment on an article with this many published comments.

    Its risk is its highest score. Its doubt is highest where the policy's line is: at the score at
    which the attribute that is farthest over its line (or nearest to it) would hold the comment.
    """
    scores: Mapping[str, float] = evidence.scores or {}
    risk = min(max(scores.values(), default=0.0), 1.0)
    lines = {name: limits["hold_at"] for name, limits in evidence.thresholds.items()}
    margins = [score - lines[name] for name, score in scores.items() if name in lines]
    return Standing(
        risk=round(risk * SCORE_SCALE),
        doubt=round((1 - min(abs(max(margins, default=1.0)), 1.0)) * SCORE_SCALE),
        due=due(comment, risk, published),
        language=evidence.scores.language if evidence.scores else "",
    )


def due(comment: Comment, risk: float, published: int) -> int:
    """Return when the comment would have had to be submitted to be as urgent without risk.

    The queue's order "risk, waiting and readership" is by this number, earliest first. It weighs
    logarithms, like a product: twice the risk counts as much as two hours of waiting, twice the
    published comments of the article (the service counts no readers) as much as one hour. So the
    order does not change while comments wait, and an index can have it. A comment without scores
    keeps 0 and comes first: nobody knows how bad it is.
    """
    submitted = comment.created_at.timestamp() / 60
    by_risk = RISK_DOUBLED * math.log2(max(risk, LEAST_RISK) / LEAST_RISK)
    return round(submitted - by_risk - READERS_DOUBLED * math.log2(1 + published))
