"""What is done about comments: by the model, and by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings

from comments.models import Comment, Status
from moderation import transitions
from moderation.accounts.models import User
from moderation.authors import writer_records
from moderation.campaigns import senders as campaigns
from moderation.models import Decision, SitePolicy
from moderation.policy import decide
from moderation.policy.verdict import (
    Outcome,
    Policy,
    Reason,
    Scores,
    Submission,
    Thresholds,
    Verdict,
)
from moderation.scoring import classifier, score_all
from moderation.transitions import Evidence, Move, Seen

UNSCORED = Verdict(Outcome.HOLD, Reason.UNSCORED)


def moderate(*, comment_id: int) -> bool:
    """Scores and decides one pending comment; False where there is nothing to do.

    Raises ScorerError, with the comment left pending, where the model is out.
    """
    comment = Comment.objects.filter(pk=comment_id, status=Status.PENDING).first()
    return comment is not None and bool(moderate_all(comments=[comment]))


def moderate_all(*, comments: Sequence[Comment]) -> list[Decision]:
    """Scores and decides pending comments; someone else has decided those that got no decision.

    Raises ScorerError, with all of them left pending, where one cannot be scored.
    """
    scores = score_all(comments)
    site = site_policy()
    version = classifier().version
    moves = [
        Move(
            comment=comment,
            verdict=verdict,
            expected=Seen.of(comment),
            evidence=Evidence(scores=each, model_version=version, thresholds=site.thresholds),
        )
        for comment, verdict, each in zip(
            comments, _verdicts(comments, scores, site), scores, strict=True
        )
    ]
    return transitions.apply_all(moves)


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
    """What a moderator's verdict came to, by the comments' ids."""

    done: list[int] = field(default_factory=list)
    # Someone else had decided about these.
    late: list[int] = field(default_factory=list)
    # These were so already: nothing to decide.
    same: list[int] = field(default_factory=list)


def review_all(*, moderator: User, verdict: Verdict, seen: Mapping[int, Seen]) -> Reviewed:
    """One verdict on many comments, by id, each as the moderator saw it."""
    reviewed = Reviewed()
    for comment in Comment.objects.filter(pk__in=seen).order_by("pk"):
        as_seen = seen[comment.pk]
        try:
            decision = review(comment=comment, moderator=moderator, verdict=verdict, seen=as_seen)
        except transitions.IllegalMoveError:
            (reviewed.same if Seen.of(comment) == as_seen else reviewed.late).append(comment.pk)
        else:
            (reviewed.late if decision is None else reviewed.done).append(comment.pk)
    return reviewed


def site_policy() -> Policy:
    """What the site has set, with the model's recommendation where it has set nothing."""
    site = SitePolicy.objects.first() or SitePolicy()
    return Policy(
        spam=_thresholds("spam", site.spam_hold_at, site.spam_reject_at),
        toxicity=_thresholds("toxicity", site.toxicity_hold_at, site.toxicity_reject_at),
        banned_phrases=site.banned_phrases,
        reserved_names=(settings.SITE_NAME, *filter(None, site.reserved_names.splitlines())),
        own_numbers=tuple(filter(None, map(str.strip, site.own_numbers.splitlines()))),
        max_links=site.max_links,
        trusted_after=site.trusted_after,
        campaign_size=settings.CAMPAIGN_SIZE,
        contact_senders=settings.CAMPAIGN_CONTACT_SIZE,
    )


def _thresholds(attribute: str, hold_at: float | None, reject_at: float | None) -> Thresholds:
    recommended = classifier().thresholds[attribute]
    return Thresholds(
        recommended["hold_at"] if hold_at is None else hold_at,
        recommended["reject_at"] if reject_at is None else reject_at,
    )


def _submissions(comments: Sequence[Comment]) -> list[Submission]:
    """What the policy is to know of each comment, in a constant number of queries."""
    records = writer_records(comment.writer_key for comment in comments)
    return [
        Submission(
            text=comment.text,
            author_name=comment.author_name,
            author_url=comment.author_url,
            author_published=records[comment.writer_key].published,
            author_rejected=records[comment.writer_key].rejected,
            looks_automated=comment.looks_automated,
        )
        for comment in comments
    ]


def _verdicts(comments: Sequence[Comment], scores: Sequence[Scores], site: Policy) -> list[Verdict]:
    """The policy's verdicts: on each comment alone, then on those that many senders sent.

    What is rejected alone counts for nobody.
    """
    submissions = _submissions(comments)
    alone = [decide.decide(*each, site) for each in zip(submissions, scores, strict=True)]
    company = campaigns.senders_of(
        comments,
        spam={comment.pk: each.spam for comment, each in zip(comments, scores, strict=True)},
        rejected={
            comment.pk
            for comment, verdict in zip(comments, alone, strict=True)
            if verdict.outcome == Outcome.REJECT
        },
    )
    for place, comment in enumerate(comments):
        if senders := company.get(comment.pk):
            submission = replace(
                submissions[place], campaign_size=senders.text, contact_senders=senders.contact
            )
            alone[place] = decide.decide(submission, scores[place], site)
    return alone
