"""What is done about a comment: moderate() by the model, review() by a person, sweep() later."""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from comments.models import Comment, Status
from moderation import campaigns, policy, transitions
from moderation.classifier import Classifier, Scores, load
from moderation.models import Decision, Heartbeat, SitePolicy
from moderation.queue import author_records
from moderation.rules import spoken
from moderation.transitions import Evidence, Seen
from moderation.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict

logger = logging.getLogger(__name__)

# Longer than any task takes, so that the sweep does not race the worker for what is under way.
OVERDUE = dt.timedelta(minutes=2)
# What could not be scored for this long is a person's to decide.
GIVEN_UP = dt.timedelta(hours=1)
SWEEP_LIMIT = 300
ATTRIBUTES = {Reason.SPAM, Reason.TOXICITY}
UNSCORED = Verdict(Outcome.HOLD, Reason.UNSCORED)
CAMPAIGN = Verdict(Outcome.HOLD, Reason.CAMPAIGN)


class ScorerError(Exception):
    """The classifier could not be loaded or could not score; no verdict was reached."""


@cache
def classifier() -> Classifier:
    """The process's one copy of the model; raises ScorerError where it cannot be loaded."""
    try:
        return load(settings.MODEL_DIR or None)
    except Exception as error:
        raise ScorerError(str(error)) from error


def moderate(*, comment_id: int) -> Decision | None:
    """Scores a pending comment and applies the verdict.

    Returns None where there is nothing to do or someone was first. Raises ScorerError, with
    the comment left pending, where the model is out.
    """
    comment = Comment.objects.filter(pk=comment_id, status=Status.PENDING).first()
    if comment is None:
        return None
    scores = _score(comment)
    submission, site = _submission(comment), site_policy()
    verdict = policy.decide(submission, scores, site)
    decision = transitions.apply(
        comment=comment,
        verdict=verdict,
        expected=Seen.of(comment),
        evidence=Evidence(scores=scores, model_version=classifier().version),
    )
    if 0 < site.campaign_size <= submission.campaign_size:
        hold_campaign_of(comment_id=comment.pk)
    return decision


def hold_campaign_of(*, comment_id: int) -> int:
    """Takes down what of the comment's campaign was published before it was known as one."""
    return sum(
        transitions.apply(
            comment=like, verdict=CAMPAIGN, expected=Seen.of(like), evidence=Evidence()
        )
        is not None
        for like in campaigns.published_unread(comment_id)
    )


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


def sweep(*, older_than: dt.timedelta = OVERDUE) -> int:
    """Finishes what was left pending: the truth is the row, not the broker.

    Takes the longest waiting, at most SWEEP_LIMIT of them, so that a task stays within its time
    limit. Returns how many got a verdict: at the limit, there may be more to sweep.
    """
    now = timezone.now()
    done = 0
    for comment in Comment.objects.pending_since(now - older_than)[:SWEEP_LIMIT]:
        try:
            done += moderate(comment_id=comment.pk) is not None
        except Exception as error:
            # Whatever one comment does to its verdict, the rest are not made to wait for it. Only
            # the kind of error is logged: its message may hold the text.
            logger.error("comment %s could not be scored: %s", comment.pk, type(error).__name__)
            if comment.created_at <= now - GIVEN_UP:
                done += hold_unscored(comment_id=comment.pk) is not None
    campaigns.forget_traces()
    _beat()
    return done


def _beat() -> None:
    """Tells /readyz that a worker is alive, and with which model."""
    try:
        version = classifier().version
    except ScorerError:
        version = ""
    seen = {"seen_at": timezone.now(), "model_version": version}
    Heartbeat.objects.update_or_create(pk=1, defaults=seen)


def stretches(*, text: str, attribute: str) -> list[tuple[int, int]]:
    """Where in the text (start, end) the score of an attribute came from; none without a model."""
    if attribute not in ATTRIBUTES:
        return []
    try:
        return classifier().explain(text)[attribute].marked()
    except ScorerError:
        return []


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


def _score(comment: Comment) -> Scores:
    """The text's scores, or those of the author's name and site where these are worse."""
    model = classifier()
    try:
        text, author = model.score([comment.text, f"{comment.author_name} {comment.author_url}"])
    except Exception as error:
        # The text itself must not reach the log through the exception's message.
        raise ScorerError(type(error).__name__) from None
    worst = Scores(max(text.spam, author.spam), max(text.toxicity, author.toxicity), text.language)
    if not (0 <= worst.spam <= 1 and 0 <= worst.toxicity <= 1):
        raise ScorerError("a score out of its range")
    return worst


def _submission(comment: Comment) -> Submission:
    record = author_records([comment.author_key])[comment.author_key]
    return Submission(
        text=comment.text,
        author_name=comment.author_name,
        author_url=comment.author_url,
        author_published=record.published,
        author_rejected=record.rejected,
        campaign_size=campaigns.campaign_sizes([comment]).get(comment.pk, 0),
        looks_automated=comment.looks_automated,
    )
