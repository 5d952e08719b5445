"""Readers' reports: enough of them hold a published comment until a moderator decides.

How much the open reports of a comment weigh:

1. A reporter weighs 1, or less if moderators have dismissed most of their earlier reports:
   (upheld + 1) / ((upheld + dismissed) / 2 + 1), at most 1. After two dismissed ones it is 1/2.
2. Reports from one network count as one, the heaviest. A network whose report of this comment was
   dismissed does not count again.
3. Of the reporters none of whose reports a moderator has decided, those who report within
   CROWD_TIME of each other are a crowd: its first counts in full, each further one a quarter.

The comment is held when the sum reaches REPORTS_TO_HOLD, or twice that number if a moderator has
dismissed reports of it. It is never less than 2, and a network weighs at most 1, so no reader can
take down a comment alone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Article, Comment, Status
from moderation import transitions
from moderation.actors import READERS, ActorKind
from moderation.models import Decision, Report, ReportOutcome, ReportReason
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, Seen

CROWD_TIME = dt.timedelta(minutes=5)
# What each reporter of a crowd weighs, except the first.
CROWD_SHARE = 0.25
_HOLD = Verdict(Outcome.HOLD, Reason.REPORTED)
_OUTCOME_AFTER: Mapping[str, ReportOutcome] = {
    Outcome.PUBLISH: ReportOutcome.DISMISSED,
    Outcome.REJECT: ReportOutcome.UPHELD,
}
_UNDECIDED = _("You reported this comment. No moderator has decided about it yet.")
_LOOKED_AT = _(
    "You reported a comment. It is not shown until a moderator has decided about it. Thank you."
)
_KEPT = _("You reported this comment. A moderator has read it and kept it.")
_REMOVED = _("You reported a comment. A moderator has removed it. Thank you.")
_GONE = _("You reported a comment. It is no longer shown.")


class NotReportableError(Exception):
    """Readers do not see the comment, or its text was erased."""


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What a reader reports, and the keyed hashes of their browser and network."""

    reporter_key: str
    network_key: str
    reason: ReportReason
    sentence: str = ""


@dataclass(frozen=True)
class _Voice:
    """A report as it is counted."""

    at: dt.datetime
    weight: float
    is_new: bool


def report(*, comment: Comment, complaint: Complaint) -> Report:
    """Store a report, and hold the comment if there are enough, in one transaction.

    Each reporter has one report of a comment: for a further one the first is returned. Raises
    NotReportableError.
    """
    with transaction.atomic():
        # Every decision takes this lock too, so the count and the status are of one moment.
        locked = Article.objects.select_for_update(no_key=True).values_list("pk")
        locked.get(pk=comment.article_id)
        current = Comment.objects.select_related("parent").get(pk=comment.pk)
        own = current.reports.filter(reporter_key=complaint.reporter_key).first()
        if own:
            return own
        if not current.is_visible or current.is_erased:
            raise NotReportableError
        made = Report.objects.create(comment=current, **asdict(complaint))
        if _are_enough(current):
            evidence = Evidence(actor=READERS)
            seen = Seen.of(current)
            transitions.apply(comment=current, verdict=_HOLD, expected=seen, evidence=evidence)
            current.refresh_from_db(fields=["status", "reason", "version"])
        return made


def settle(*, comments: Iterable[int]) -> None:
    """Set the outcomes of the reports of these comments by the moderators' decisions.

    Call it after decisions and after an undo, in the same transaction: a decision that was undone
    no longer counts, so the reports become what they were.
    """
    reports = list(Report.objects.filter(comment__in=comments).order_by("pk"))
    if not reports:
        return
    decided = _standing_decisions({each.comment_id for each in reports})
    changed: dict[ReportOutcome, list[int]] = defaultdict(list)
    for each in reports:
        later = [what for what, at in decided[each.comment_id] if at >= each.created_at]
        outcome = _OUTCOME_AFTER.get(later[-1], ReportOutcome.OPEN) if later else ReportOutcome.OPEN
        if outcome != each.outcome:
            changed[outcome].append(each.pk)
    for outcome, ids in changed.items():
        Report.objects.filter(pk__in=ids).update(outcome=outcome)


def reported() -> QuerySet[Comment]:
    """Return the published comments with reports about which no moderator has decided."""
    undecided = Report.objects.filter(outcome=ReportOutcome.OPEN).values("comment")
    return Comment.objects.filter(status=Status.PUBLISHED, pk__in=undecided)


def for_reporter(report: Report) -> str:
    """Return what became of a report, in the reader's language."""
    comment, outcome = report.comment, report.outcome_for_reporter
    if comment.is_erased:
        return str(_GONE)
    if comment.is_visible:
        return str(_KEPT if outcome == ReportOutcome.DISMISSED else _UNDECIDED)
    if comment.status_for_author == Status.HELD:
        return str(_LOOKED_AT)
    return str(_REMOVED if outcome == ReportOutcome.UPHELD else _GONE)


def drop_networks() -> int:
    """Delete the networks of old reports, as those of comments; such a report no longer counts."""
    end = timezone.now() - dt.timedelta(days=settings.ADDRESS_KEPT_DAYS)
    old = Report.objects.filter(created_at__lt=end).exclude(network_key="")
    return old.update(network_key="")


def _standing_decisions(ids: Iterable[int]) -> Mapping[int, list[tuple[str, dt.datetime]]]:
    """Return the outcomes and times of what people and programs decided, without those undone."""
    deciders = (ActorKind.PERSON, ActorKind.PROGRAM)
    decided = Decision.objects.filter(comment__in=ids, actor_kind__in=deciders)
    standing = decided.filter(act__undoes=None, act__undone_by=None).order_by("pk")
    found: dict[int, list[tuple[str, dt.datetime]]] = defaultdict(list)
    for comment, outcome, at in standing.values_list("comment", "outcome", "created_at"):
        found[comment].append((outcome, at))
    return found


def _are_enough(comment: Comment) -> bool:
    if not settings.REPORTS_TO_HOLD:
        return False
    reports = list(comment.reports.exclude(network_key="").order_by("pk"))
    dismissed = [each for each in reports if each.outcome == ReportOutcome.DISMISSED]
    again = comment.reports.filter(outcome=ReportOutcome.DISMISSED).exists()
    seen_off = {each.network_key for each in dismissed}
    counted = [
        each
        for each in reports
        if each.outcome == ReportOutcome.OPEN and each.network_key not in seen_off
    ]
    return _weight(counted) >= max(2, settings.REPORTS_TO_HOLD) * (2 if again else 1)


def _weight(reports: Iterable[Report]) -> float:
    """Return how much reports of one comment weigh together: see the module's docstring."""
    heaviest = _one_a_network(reports)
    total = sum(voice.weight for voice in heaviest if not voice.is_new)
    begun: dt.datetime | None = None
    for voice in sorted((each for each in heaviest if each.is_new), key=lambda each: each.at):
        if begun is None or voice.at - begun > CROWD_TIME:
            begun = voice.at
            total += voice.weight
        else:
            total += voice.weight * CROWD_SHARE
    return total


def _one_a_network(reports: Iterable[Report]) -> list[_Voice]:
    given = list(reports)
    records = _records({each.reporter_key for each in given})
    by_network: dict[str, list[_Voice]] = defaultdict(list)
    for each in given:
        record = records.get(each.reporter_key, {})
        voice = _Voice(each.created_at, _weight_of_reporter(record), is_new=not record)
        by_network[each.network_key].append(voice)
    return [max(voices, key=lambda v: (v.weight, not v.is_new)) for voices in by_network.values()]


def _weight_of_reporter(record: Mapping[str, int]) -> float:
    upheld = record.get(ReportOutcome.UPHELD, 0)
    decided = upheld + record.get(ReportOutcome.DISMISSED, 0)
    return min(1.0, (upheld + 1) / (decided / 2 + 1))


def _records(keys: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """Return how many reports of each reporter ended how, in one query."""
    ended = Report.objects.filter(reporter_key__in=keys).exclude(outcome=ReportOutcome.OPEN)
    rows: Any = ended.order_by().values_list("reporter_key", "outcome").annotate(Count("id"))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for key, outcome, count in rows:
        found[key][outcome] = count
    return found
