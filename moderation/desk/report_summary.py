"""What readers reported about a comment, for its card."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderation.models import Report, ReportOutcome, ReportReason


@dataclass(frozen=True)
class ReportSummary:
    """The reports of one comment; the sentences come with their reason, newest first."""

    count: int = 0
    dismissed: int = 0
    open: int = 0
    reasons: str = ""
    sentences: Sequence[tuple[str, str]] = ()


def summary(reports: Iterable[Report]) -> ReportSummary:
    """Count the reports by reason, the most frequent first: "insult 2, spam 1"."""
    given = list(reports)
    counts = Counter(each.reason for each in given).most_common()
    return ReportSummary(
        count=len(given),
        dismissed=sum(each.outcome == ReportOutcome.DISMISSED for each in given),
        open=sum(each.outcome == ReportOutcome.OPEN for each in given),
        reasons=", ".join(f"{_label(reason)} {number}" for reason, number in counts),
        sentences=[
            (_label(each.reason), each.sentence) for each in reversed(given) if each.sentence
        ],
    )


def _label(reason: str) -> str:
    return str(dict(ReportReason.choices).get(reason, reason))
