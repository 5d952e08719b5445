"""The dashboard's figures, put together from moderation.decision_statistics. Uses no database."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from comments.models import Status
from moderation.actors import ActorKind
from moderation.decision_statistics import Cell, Change, Hold, Period, QueueNow
from moderation.labels import for_moderator
from moderation.models.hours import SECONDS, beginning
from moderation.policy.verdict import Outcome

MOST_REASONS = 12
# A rule is called strict if people published most of what it held, of at least so many comments.
STRICT_SHARE, STRICT_FROM = 0.5, 20


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True)
class Firsts:
    """What became of new comments at once."""

    published: int
    held: int
    rejected: int

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Firsts":
        found: Counter[str] = Counter()
        for cell in cells:
            if cell.is_first:
                found[cell.outcome] += cell.number
        return cls(found[Outcome.PUBLISH], found[Outcome.HOLD], found[Outcome.REJECT])

    @property
    def all(self) -> int:
        return self.published + self.held + self.rejected

    @property
    def by_service(self) -> float | None:
        """The share that needed no person."""
        return share(self.published + self.rejected, self.all)


def queue_lengths(period: Period, cells: Iterable[Cell], waiting: int) -> dict[int, float]:
    """Return how many waited at the end of each hour, counted back from those that wait now."""
    grown: Counter[int] = Counter()
    for cell in cells:
        grown[cell.hour] += cell.number * (cell.enters_queue - cell.leaves_queue)
    lengths: dict[int, float] = {}
    for hour in reversed(period.hours):
        lengths[hour] = max(0, waiting)
        waiting -= grown[hour]
    return lengths


def oldest_ages(period: Period, left: Mapping[int, dt.datetime], now: QueueNow) -> dict[int, float]:
    """Return the age of the oldest in the queue at the end of each hour, in hours.

    It is one that left the queue later or still waits. A comment counts from its submission, even
    if it was held some time after that.
    """
    ages: dict[int, float] = {}
    oldest = now.oldest
    for hour in reversed(period.hours):
        end = min(beginning(hour + 1), period.now)
        ages[hour] = max(0.0, (end - oldest).total_seconds() / SECONDS) if oldest else 0.0
        oldest = min(filter(None, (oldest, left.get(hour))), default=None)
    return ages


@dataclass(frozen=True)
class Work:
    """A person's decisions, by hour of the day, and how many were changed later."""

    user: int
    by_hour: Sequence[int]
    published: int
    undone: int
    overturned: int

    @property
    def decisions(self) -> int:
        return sum(self.by_hour)

    @property
    def changed(self) -> float | None:
        return share(self.undone + self.overturned, self.decisions)


def work(period: Period, cells: Iterable[Cell], changes: Iterable[Change]) -> list[Work]:
    """Return the work of each person, most decisions first. Undoing is no decision."""
    by_hour: dict[int, Counter[int]] = defaultdict(Counter)
    published: Counter[int] = Counter()
    clock = {hour: moment.hour for hour, moment in period.local.items()}
    for cell in cells:
        if cell.settles and cell.user is not None:
            by_hour[cell.user][clock[cell.hour]] += cell.number
            published[cell.user] += cell.number * (cell.outcome == Outcome.PUBLISH)
    undone, overturned = Counter[int](), Counter[int]()
    for change in changes:
        if change.undoes and change.outcome != Outcome.HOLD:
            by_hour[change.by][clock[change.hour]] -= 1
            published[change.by] -= change.outcome == Outcome.PUBLISH
        if change.earlier_by and (change.earlier_hour or 0) >= period.hours.start:
            (undone if change.undoes else overturned)[change.earlier_by] += 1
    found = [
        Work(
            user,
            [hours[each] for each in range(24)],
            *(c[user] for c in (published, undone, overturned)),
        )
        for user, hours in by_hour.items()
    ]
    return sorted(found, key=lambda each: (-each.decisions, each.user))


def changed_service(changes: Iterable[Change]) -> Counter[str]:
    """Return how often people changed what the service had decided, by their outcome."""
    return Counter(each.outcome for each in changes if each.earlier_by is None)


class ReasonCount(NamedTuple):
    """How often a reason was given, by whom and for what."""

    label: str
    held: int
    rejected: int
    rejected_by_people: int

    @property
    def all(self) -> int:
        return self.held + self.rejected + self.rejected_by_people


def reasons(cells: Iterable[Cell], own: Mapping[int, str] | None = None) -> list[ReasonCount]:
    """Return the most frequent reasons to hold or to reject; `own` has the names of sites' own."""
    names, counts = own or {}, defaultdict[str, Counter[str]](Counter)
    for cell in cells:
        label = names.get(cell.own_reason or 0) or for_moderator(cell.reason)
        if cell.is_by_person and cell.outcome == Outcome.REJECT and cell.settles:
            counts[label]["person"] += cell.number
        elif _is_judged(cell):
            counts[label][cell.outcome] += cell.number
    found = [
        ReasonCount(label, each[Outcome.HOLD], each[Outcome.REJECT], each["person"])
        for label, each in counts.items()
    ]
    used = [each for each in found if each.all]
    return sorted(used, key=lambda each: -each.all)[:MOST_REASONS]


@dataclass(frozen=True)
class Held:
    """What the service held for a reason, and what people did with it."""

    label: str
    published: int
    rejected: int
    waiting: int

    @property
    def all(self) -> int:
        return self.published + self.rejected + self.waiting

    @property
    def overturned(self) -> float | None:
        return share(self.published, self.published + self.rejected)

    @property
    def is_strict(self) -> bool:
        decided = self.published + self.rejected
        return decided >= STRICT_FROM and self.published / decided >= STRICT_SHARE


def held_by_reason(holds: Iterable[Hold]) -> list[Held]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for hold in holds:
        counts[hold.reason][hold.status] += hold.number
    statuses = (Status.PUBLISHED, Status.REJECTED, Status.HELD)
    found = [
        Held(for_moderator(name), *(each[status] for status in statuses))
        for name, each in counts.items()
    ]
    return sorted(found, key=lambda each: (-each.published, -each.all))


@dataclass(frozen=True)
class HeldOnArticle:
    held: int = 0
    waiting: int = 0


def held_by_article(holds: Iterable[Hold]) -> dict[int, HeldOnArticle]:
    held, waiting = Counter[int](), Counter[int]()
    for hold in holds:
        held[hold.article] += hold.number
        waiting[hold.article] += hold.number * (hold.status == Status.HELD)
    return {pk: HeldOnArticle(held[pk], waiting[pk]) for pk, _ in held.most_common()}


def _is_judged(cell: Cell) -> bool:
    """Whether the service judged the text; what it erased or let expire, it did not."""
    by_system = cell.actor == ActorKind.SYSTEM and cell.outcome != Outcome.HOLD
    return cell.actor not in (ActorKind.PERSON, ActorKind.AUTHOR) and not by_system
