"""What a site's program reads: comments in any status, with all that a decision needs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from comments.models import SCORE_SCALE, UNSCORED, Comment, CommentQuerySet
from moderation.models import Decision, Report, ReportOutcome

Row = dict[str, Any]


def comments_of(site: str) -> CommentQuerySet:
    return (
        Comment.objects.filter(article__site=site).select_related("article").defer("article__text")
    )


def described(comments: Iterable[Comment]) -> list[Row]:
    """Return the comments as the API shows them, in a constant number of queries."""
    shown = list(comments)
    ids = [comment.pk for comment in shown]
    scores, reports = _scores(ids), _open_reports(ids)
    return [
        {
            **_facts(comment),
            "article": {
                "key": comment.article.key,
                "title": comment.article.title,
                "url": comment.article.url,
            },
            "risk": None if comment.risk == UNSCORED else comment.risk / SCORE_SCALE,
            "scores": scores.get(comment.pk, {}),
            "reports": reports.get(comment.pk, 0),
        }
        for comment in shown
    ]


def decisions_of(site: str) -> QuerySet[Decision]:
    found = Decision.objects.filter(comment__article__site=site)
    return found.select_related("user", "site_key", "own_reason", "revision")


def decision_row(decision: Decision) -> Row:
    """Return a decision as the API shows it; moderators are not named."""
    return {
        "id": decision.pk,
        "comment_id": decision.comment_id,
        "revision": decision.revision.number,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "own_reason": decision.own_reason.name if decision.own_reason else "",
        "status_before": decision.from_status,
        "by": decision.actor_kind,
        "program": str(decision.site_key or ""),
        "scores": decision.scores,
        "thresholds": decision.thresholds,
        "model_version": decision.model_version,
        "created_at": decision.created_at,
    }


def _facts(comment: Comment) -> Row:
    same = ("parent_id", "version", "revision", "status", "reason", "author_name", "author_url")
    more = ("text", "language", "created_at", "decided_at")
    return {"id": comment.pk, **{name: getattr(comment, name) for name in (*same, *more)}}


def _scores(ids: Sequence[int]) -> Mapping[int, Mapping[str, float]]:
    """Return the scores of each comment's latest decision that has some."""
    rows = Decision.objects.filter(comment__in=ids).exclude(scores={}).order_by("pk")
    return dict(rows.values_list("comment", "scores"))


def _open_reports(ids: Sequence[int]) -> Mapping[int, int]:
    reports = Report.objects.filter(comment__in=ids, outcome=ReportOutcome.OPEN).order_by()
    return dict(reports.values_list("comment").annotate(Count("id")))
