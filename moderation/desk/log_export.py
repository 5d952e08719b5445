"""The log of decisions as a CSV file for a spreadsheet.

It has no text that readers cannot see anyway, and nothing about authors: a file cannot be erased.
"""

import csv
import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from comments.models import Comment, Status
from moderation.actors import ActorKind
from moderation.labels import for_moderator, of_language, of_outcome, percent
from moderation.models import RejectionReason

# The latest of those that match.
LIMIT = 100_000
EXCERPT_LENGTH = 200
# Spreadsheets run what looks like a formula, also after what they take for the end of a cell.
_FORMULA = re.compile(r"(^\s*|[,;\t\r\n\"])(?=[=+\-@＝＋－＠])")
# Without it Excel would take the letters for Latin ones.
_BYTE_ORDER_MARK = "\ufeff"
_FIELDS = (
    *("created_at", "comment", "comment__article__key", "comment__article__title", "outcome"),
    *(
        "reason",
        "own_reason__name_uk",
        "own_reason__name_en",
        "from_status",
        "actor_kind",
        "user__username",
        "site_key__name",
        "language",
        "scores",
    ),
    *("model_version", "is_seen", "comment__text"),
)


class _Line:
    """A file for the csv module that keeps nothing: writing returns the line."""

    def write(self, line: str) -> str:
        return line


def lines(decisions: QuerySet[Any]) -> Iterator[str]:
    """Yield the file line by line, without keeping the decisions in memory."""
    write = csv.writer(_Line(), quoting=csv.QUOTE_ALL).writerow
    yield _BYTE_ORDER_MARK + write(_headings())
    seen = Exists(Comment.objects.visible().filter(pk=OuterRef("comment")))
    found = decisions.annotate(is_seen=seen).values_list(*_FIELDS, named=True)[:LIMIT]
    for row in found.iterator(chunk_size=2000):
        yield write([without_formula(cell) for cell in _cells(row)])


def without_formula(cell: str) -> str:
    """Put an apostrophe before whatever a spreadsheet might run."""
    return _FORMULA.sub(r"\1'", cell)


def _headings() -> list[str]:
    return [
        _("When"),
        _("Comment"),
        _("Article's key"),
        _("Article"),
        _("Decision"),
        _("Reason"),
        _("Status before"),
        _("Decided by"),
        _("Language"),
        _("Scores"),
        _("Model"),
        _("Text, if published"),
    ]


def _cells(row: Any) -> Iterator[str]:
    yield timezone.localtime(row.created_at).isoformat(sep=" ", timespec="seconds")
    yield str(row.comment)
    yield row.comment__article__key
    yield row.comment__article__title
    yield of_outcome(row.outcome)
    yield _reason(row)
    yield str(Status(row.from_status).label)
    yield row.user__username or row.site_key__name or str(ActorKind(row.actor_kind).label)
    yield of_language(row.language) if row.language else ""
    scores = sorted(row.scores.items())
    yield ", ".join(f"{for_moderator(each)} {percent(value)}" for each, value in scores)
    yield row.model_version
    words = " ".join(row.comment__text.split())
    yield Truncator(words).chars(EXCERPT_LENGTH) if row.is_seen else ""


def _reason(row: Any) -> str:
    """Return the site's own reason, or what it counts as."""
    names = {"name_uk": row.own_reason__name_uk, "name_en": row.own_reason__name_en}
    return RejectionReason(**names).name or for_moderator(row.reason)
