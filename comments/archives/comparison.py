"""What the judges and the policy would have done with an imported history, against what people did.

Each text is judged by itself, with the site's policy: what was known about its author then is not
known here.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from comments.models import ERASED_TEXT, Comment, Site, Status
from moderation import model_registry
from moderation.actors import ActorKind
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Policy, Submission
from moderation.services import Assessment, assess, site_policy

# A slow judge must have the time for all of them.
_BATCH = 8
_JUDGED = (Outcome.PUBLISH, Outcome.REJECT)


@dataclass
class Line:
    """What a line of the policy catches: of which comments people rejected how many."""

    caught: int = 0
    rightly: int = 0

    def count(self, *, is_over: bool, is_rejected: bool) -> None:
        self.caught += is_over
        self.rightly += is_over and is_rejected


@dataclass
class Comparison:
    """What people did, by what the judges would have done."""

    # By what people did: the outcome, or the reason of a rejection; then by the judges' outcome.
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    # By the judges' reason: how many people published, and how many they rejected.
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    rejected: int = 0
    compared: int = 0

    def add(self, comment: Comment, assessed: Assessment, policy: Policy) -> None:
        is_rejected = comment.status == Status.REJECTED
        outcome, reason = assessed.verdict.outcome, assessed.verdict.reason
        people = comment.reason if is_rejected else ""
        self.outcomes.setdefault(people, Counter())[outcome] += 1
        if outcome != Outcome.PUBLISH:
            kind = Outcome.REJECT if is_rejected else Outcome.PUBLISH
            self.reasons.setdefault(reason, Counter())[kind] += 1
        for name, is_over in _over(assessed, policy):
            self.lines.setdefault(name, Line()).count(is_over=is_over, is_rejected=is_rejected)
        self.rejected += is_rejected
        self.compared += 1


def chosen(site: Site, most: int, seed: int = 0) -> list[int]:
    """Return the comments to compare: those decided elsewhere and not since, or some of them."""
    decided = Decision.objects.filter(
        actor_kind=ActorKind.IMPORT, outcome__in=_JUDGED, comment__article__site=site
    )
    # A second decision was made here.
    found = decided.filter(comment__version=1).exclude(comment__text=ERASED_TEXT)
    ids = list(found.order_by("pk").values_list("comment", flat=True))
    # The same ones in every run.
    return ids if len(ids) <= most else sorted(random.Random(seed).sample(ids, most))  # noqa: S311


def compare(site: Site, ids: Sequence[int], progress: Callable[[int], object]) -> Comparison:
    """Judge these comments again. Raises ScorerError if the model fails."""
    model = model_registry.for_site()
    policy, found = site_policy(site.key, model), Comparison()
    for batch in _batches(ids):
        submissions = [
            Submission(text=c.text, author_name=c.author_name, author_url=c.author_url)
            for c in batch
        ]
        assessed = assess(submissions, model=model, policy=policy)
        for comment, each in zip(batch, assessed, strict=True):
            found.add(comment, each, policy)
        progress(len(batch))
    return found


def _batches(ids: Sequence[int]) -> Iterator[list[Comment]]:
    for start in range(0, len(ids), _BATCH):
        known = Comment.objects.filter(pk__in=ids[start : start + _BATCH])
        yield list(known.order_by("pk"))


def _over(assessed: Assessment, policy: Policy) -> Iterator[tuple[str, bool]]:
    """Yield the lines of the policy and of each attribute, and whether the comment is over them."""
    outcome = assessed.verdict.outcome
    yield "held or rejected", outcome != Outcome.PUBLISH
    yield "rejected", outcome == Outcome.REJECT
    limits: Mapping[str, Mapping[str, float]] = policy.limits_for(
        assessed.submission, assessed.scores
    )
    for name, each in sorted(limits.items()):
        for limit in ("hold_at", "reject_at"):
            score = assessed.scores.get(name, 0.0)
            yield f"{name} from {each[limit]:.2f} ({limit})", score >= each[limit]
