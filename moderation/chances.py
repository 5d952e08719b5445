"""Chances: how often persons reject what the policy holds, by reason and score.

They are counted from a site's own decisions of the last months. A score is a calibrated probability
by itself, which stands where a site has decided too little.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from moderation.actors import ActorKind
from moderation.models import Decision, Tally
from moderation.models.hours import hour_of
from moderation.policy.verdict import Outcome

COUNTED_DAYS = 90
# The latest decisions are counted, so that it takes seconds on a site of any size.
MAX_COUNTED = 20_000
# With fewer the share may be off by more than a fifth.
ENOUGH = 20
NO_BAND = -1
BANDS = 10
_BATCH = 500

# Site, reason, band.
Key = tuple[str, str, int]


@dataclass(frozen=True, kw_only=True)
class Chance:
    """What became of comments held for the same reason with a like score.

    score: the model's own estimate, if the reason is one of its attributes.
    """

    reason: str
    rejected: int = 0
    decided: int = 0
    score: float | None = None

    @property
    def is_counted(self) -> bool:
        return self.decided >= ENOUGH

    @property
    def share(self) -> float | None:
        """The share that is rejected; None if nobody can tell."""
        return self.rejected / self.decided if self.is_counted else self.score


def count() -> int:
    """Count the latest decisions of persons anew; return on how many held comments.

    Safe to run in several workers at once.
    """
    outcomes = _outcomes()
    tallies: dict[Key, Counter[str]] = defaultdict(Counter)
    for comment, key in _held([*outcomes]):
        tallies[key][outcomes[comment]] += 1
    _store(tallies)
    return sum(tally.total() for tally in tallies.values())


def chances_of(held: Mapping[int, tuple[str, Decision]]) -> dict[int, Chance]:
    """Return the chance of each comment, given its site and the policy's decision; one query.

    What the policy did not hold has none.
    """
    keys = {
        pk: _key(site, decision.reason, decision.scores)
        for pk, (site, decision) in held.items()
        if decision.outcome == Outcome.HOLD
    }
    sites, reasons = {key[0] for key in keys.values()}, {key[1] for key in keys.values()}
    rows = Tally.objects.filter(site__in=sites, reason__in=reasons) if keys else ()
    known = {(row.site_id, row.reason, row.band): row for row in rows}
    return {pk: _chance(held[pk][1], known.get(key)) for pk, key in keys.items()}


def _chance(decision: Decision, tally: Tally | None) -> Chance:
    score = decision.scores.get(decision.reason)
    if tally is None:
        return Chance(reason=decision.reason, score=score)
    decided = tally.published + tally.rejected
    return Chance(reason=decision.reason, rejected=tally.rejected, decided=decided, score=score)


def _key(site: str, reason: str, scores: Mapping[str, float]) -> Key:
    score = scores.get(reason)
    band = NO_BAND if score is None else min(int(score * BANDS), BANDS - 1)
    return site, reason, band


def _outcomes() -> dict[int, str]:
    """Return what persons decided last, by comment, unless it was undone."""
    since = hour_of(timezone.now() - dt.timedelta(days=COUNTED_DAYS))
    judged = Decision.objects.filter(
        hour__gte=since,
        actor_kind=ActorKind.PERSON,
        outcome__in=(Outcome.PUBLISH, Outcome.REJECT),
        act__undone_by=None,
    )
    latest = judged.order_by("-pk").values_list("comment", "outcome")[:MAX_COUNTED]
    return dict(reversed(latest))


def _held(comments: Sequence[int]) -> Iterator[tuple[int, Key]]:
    """Yield each of the comments that the policy held, with what it is counted under."""
    values = ("comment", "outcome", "comment__article__site", "reason", "scores")
    by_policy = Decision.objects.filter(actor_kind=ActorKind.POLICY).order_by("pk")
    for start in range(0, len(comments), _BATCH):
        rows = by_policy.filter(comment__in=comments[start : start + _BATCH])
        latest = {pk: facts for pk, *facts in rows.values_list(*values)}
        for pk, (outcome, site, reason, scores) in latest.items():
            if outcome == Outcome.HOLD:
                yield pk, _key(site, reason, scores)


def _store(tallies: Mapping[Key, Counter[str]]) -> None:
    rows = [
        Tally(
            site_id=site,
            reason=reason,
            band=band,
            published=found[Outcome.PUBLISH],
            rejected=found[Outcome.REJECT],
        )
        for (site, reason, band), found in sorted(tallies.items())
    ]
    with transaction.atomic():
        Tally.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["site", "reason", "band"],
            update_fields=["published", "rejected"],
        )
        old = [t.pk for t in Tally.objects.all() if (t.site_id, t.reason, t.band) not in tallies]
        Tally.objects.filter(pk__in=old).delete()
