"""What is done about comments: by the model as they come, by a person, and by the sweep."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comments.models import Comment, Status
from moderation import campaigns, metrics, policy, transitions
from moderation.models import Decision, Heartbeat, SitePolicy
from moderation.queue import author_records
from moderation.rules import spoken
from moderation.scorer import ScorerError, classifier, score_all
from moderation.transitions import Evidence, Move, Seen
from moderation.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict

logger = logging.getLogger(__name__)

BATCH = 100
# So many batches take a second or two: far less than a task's time limit.
BATCHES = 10
# As long as a task may live: after it, who claimed a comment is dead.
CLAIM = dt.timedelta(seconds=settings.TASK_SECONDS)
# Those that a batch could not score are tried one by one, with retries of some seconds in all. Not
# longer: where a broker loses those tasks, they wait until the claim ends.
CLAIM_OF_UNSCORED = 2 * CLAIM
# A comment may end the process that scores it, and its batch with it: by memory, or a fault below
# Python. After so many claims that no one came back from it is scored alone, then by no one.
CLAIMS_TOGETHER = 2
CLAIMS = 4
# What could not be scored for this long is a person's to decide.
GIVEN_UP = dt.timedelta(hours=1)
# What a sweep decides after this long had been lost on its way to a worker.
LATE = dt.timedelta(minutes=1)
UNSCORED = Verdict(Outcome.HOLD, Reason.UNSCORED)
CAMPAIGN = Verdict(Outcome.HOLD, Reason.CAMPAIGN)


@dataclass
class Finished:
    """What was decided, which comments could not be scored, and whether more may wait."""

    decided: list[Decision] = field(default_factory=list)
    unscored: list[Comment] = field(default_factory=list)
    more: bool = True


def moderate_waiting() -> Finished:
    """Scores and decides what waits, in batches, the longest waiting first.

    Each batch is claimed, so that workers share the work. Those that cannot be scored stay
    pending, for the caller to try one by one.
    """
    finished, begun = Finished(), timezone.now()
    for turn in range(BATCHES):
        # What comes meanwhile rings for itself: taken now, it would be a batch of a few.
        batch = claim(until=begun if turn else None)
        if not batch:
            finished.more = False
            break
        try:
            finished.decided += _decide(batch) if batch[0].claims < CLAIMS else _give_up(batch)
        except Exception as error:
            # Only the kind of error is logged: its message may hold a text.
            ids = [comment.pk for comment in batch]
            logger.error("comments %s could not be scored: %s", ids, type(error).__name__)
            Comment.objects.filter(pk__in=ids).update(
                claimed_until=timezone.now() + CLAIM_OF_UNSCORED, claims=0
            )
            finished.unscored += batch
    return finished


def claim(*, until: dt.datetime | None = None) -> list[Comment]:
    """Takes the longest waiting comments that no one else has taken, for as long as CLAIM.

    With `until` only those that had come by then.

    One that may have ended earlier claimants is taken alone.
    """
    now = timezone.now()
    with transaction.atomic():
        waiting = Comment.objects.unclaimed(now).select_for_update(skip_locked=True)
        if until:
            waiting = waiting.filter(created_at__lte=until)
        batch = _together(list(waiting[:BATCH]))
        if batch:
            ids = [comment.pk for comment in batch]
            claimed = Comment.objects.filter(pk__in=ids)
            claimed.update(claimed_until=now + CLAIM, claims=F("claims") + 1)
    return batch


def _together(waiting: list[Comment]) -> list[Comment]:
    if waiting and waiting[0].claims >= CLAIMS_TOGETHER:
        return waiting[:1]
    return [comment for comment in waiting if comment.claims < CLAIMS_TOGETHER]


def _give_up(comments: Iterable[Comment]) -> list[Decision]:
    """Holds what no worker lived to score."""
    ids = [comment.pk for comment in comments]
    logger.error("comments %s were not scored by any of %s workers: held", ids, CLAIMS)
    held = [hold_unscored(comment_id=pk) for pk in ids]
    return [decision for decision in held if decision]


def moderate(*, comment_id: int) -> bool:
    """Scores and decides one pending comment; False where there is nothing to do.

    Raises ScorerError, with the comment left pending, where the model is out.
    """
    comment = Comment.objects.filter(pk=comment_id, status=Status.PENDING).first()
    return comment is not None and bool(_decide([comment]))


def _decide(comments: Sequence[Comment]) -> list[Decision]:
    """The decisions on pending comments; someone else has decided those that got none."""
    scores = score_all(comments)
    site = site_policy()
    submissions = _submissions(comments)
    version = classifier().version
    moves = [
        Move(
            comment=comment,
            verdict=policy.decide(submission, each, site),
            expected=Seen.of(comment),
            evidence=Evidence(scores=each, model_version=version),
        )
        for comment, submission, each in zip(comments, submissions, scores, strict=True)
    ]
    decisions = transitions.apply_all(moves)
    # Also where sure spam is rejected for itself: what was published of it comes down.
    together = zip(comments, submissions, strict=True)
    hold_campaigns_of([c.pk for c, s in together if 0 < site.campaign_size <= s.campaign_size])
    return decisions


def hold_campaigns_of(comment_ids: Sequence[int]) -> int:
    """Takes down what of these comments' campaigns was published before they were known as such."""
    published = campaigns.published_unread(comment_ids) if comment_ids else []
    moves = [
        Move(comment=like, verdict=CAMPAIGN, expected=Seen.of(like), evidence=Evidence())
        for like in published
    ]
    return len(transitions.apply_all(moves)) if moves else 0


def hold_unscored(*, comment_id: int) -> Decision | None:
    """Fails closed: a comment that no model could score waits for a person."""
    comment = Comment.objects.filter(pk=comment_id, status=Status.PENDING).first()
    if comment is None:
        return None
    return transitions.apply(
        comment=comment, verdict=UNSCORED, expected=Seen.of(comment), evidence=Evidence()
    )


def review(*, comment: Comment, moderator: User, verdict: Verdict, seen: Seen) -> Decision | None:
    """A moderator's verdict on what they saw; None where someone decided first.

    Raises IllegalMoveError for a move that no one may make.
    """
    return transitions.apply(
        comment=comment, verdict=verdict, expected=seen, evidence=Evidence(actor=moderator)
    )


@dataclass(frozen=True)
class Reviewed:
    """How many comments a moderator's verdict moved, and how many someone else had moved."""

    done: int
    missed: int


def review_all(*, moderator: User, verdict: Verdict, seen: Mapping[int, Seen]) -> Reviewed:
    """One verdict on many comments, by id, each as the moderator saw it."""
    done = 0
    for comment in Comment.objects.filter(pk__in=seen):
        try:
            decision = review(
                comment=comment, moderator=moderator, verdict=verdict, seen=seen[comment.pk]
            )
        except transitions.IllegalMoveError:
            decision = None
        done += decision is not None
    return Reviewed(done, len(seen) - done)


def sweep() -> Finished:
    """Finishes what was left pending: the truth is the row, not the broker.

    What cannot be scored and has waited an hour goes to a person. Leaves the sign of life that
    /readyz looks for.
    """
    finished = moderate_waiting()
    overdue = timezone.now() - GIVEN_UP
    given_up = [comment for comment in finished.unscored if comment.created_at <= overdue]
    for comment in given_up:
        finished.unscored.remove(comment)
        if held := hold_unscored(comment_id=comment.pk):
            finished.decided.append(held)
    for decision in finished.decided:
        if decision.comment.created_at <= decision.created_at - LATE:
            metrics.count_rescued(outcome=decision.outcome)
    campaigns.forget_traces()
    _beat()
    return finished


def _beat() -> None:
    """Tells /readyz that a worker is alive, and with which model."""
    try:
        version = classifier().version
    except ScorerError:
        version = ""
    seen = {"seen_at": timezone.now(), "model_version": version}
    Heartbeat.objects.update_or_create(pk=1, defaults=seen)


def site_policy() -> Policy:
    """What the site has set, with the model's recommendation where it has set nothing."""
    site = SitePolicy.objects.first() or SitePolicy()
    return Policy(
        spam=_thresholds("spam", site.spam_hold_at, site.spam_reject_at),
        toxicity=_thresholds("toxicity", site.toxicity_hold_at, site.toxicity_reject_at),
        banned_phrases=tuple(filter(None, map(spoken, site.banned_words.splitlines()))),
        max_links=site.max_links,
        trusted_after=site.trusted_after,
        campaign_size=settings.CAMPAIGN_SIZE,
    )


def _thresholds(attribute: str, hold_at: float | None, reject_at: float | None) -> Thresholds:
    recommended = classifier().thresholds[attribute]
    return Thresholds(
        recommended["hold_at"] if hold_at is None else hold_at,
        recommended["reject_at"] if reject_at is None else reject_at,
    )


def _submissions(comments: Sequence[Comment]) -> list[Submission]:
    """What the policy is to know of each comment, in a constant number of queries."""
    records = author_records(comment.author_key for comment in comments)
    sizes = campaigns.campaign_sizes(comments)
    return [
        Submission(
            text=comment.text,
            author_name=comment.author_name,
            author_url=comment.author_url,
            author_published=records[comment.author_key].published,
            author_rejected=records[comment.author_key].rejected,
            campaign_size=sizes.get(comment.pk, 0),
            looks_automated=comment.looks_automated,
        )
        for comment in comments
    ]
