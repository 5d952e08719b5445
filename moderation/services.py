"""Decide about comments, by the model and by people.

What is judged is a Submission: a comment becomes one, and a text that is no row of ours can too.
`submissions_of`, `judge`, then `moderate_all` applies the verdicts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings

from comments.models import Article, Comment, Status
from moderation import model_registry, transitions
from moderation.accounts.models import User
from moderation.actors import POLICY, SYSTEM, Actor
from moderation.authors import writer_records
from moderation.campaigns import senders as campaigns
from moderation.classifier import Classifier, Scores
from moderation.models import LIMITS, Decision, SitePolicy
from moderation.policy.decide import decide
from moderation.policy.verdict import (
    Outcome,
    Policy,
    Reason,
    Submission,
    Thresholds,
    Verdict,
)
from moderation.scoring import score_all
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
    model, moves = model_registry.for_site(), []
    for site, of_site in _by_site(comments):
        policy = site_policy(site, model)
        judged = _judged(of_site, model, policy)
        moves += [_move(comment, judged[comment.pk], model, policy) for comment in of_site]
    return transitions.apply_all(moves)


def _by_site(comments: Sequence[Comment]) -> Iterator[tuple[str, list[Comment]]]:
    """The key of each site that the comments are of, and those that are of it."""
    of_article = Article.objects.sites_of(comment.article_id for comment in comments)
    for site in sorted(set(of_article.values())):
        yield site, [each for each in comments if of_article[each.article_id] == site]


@dataclass(frozen=True)
class Judgement:
    """A text, what it scored, and the policy's verdict on it."""

    submission: Submission
    scores: Scores
    verdict: Verdict


def _move(comment: Comment, judged: Judgement, model: Classifier, policy: Policy) -> Move:
    evidence = Evidence(
        actor=POLICY,
        scores=judged.scores,
        model_version=model.version,
        thresholds=policy.thresholds_on_record,
    )
    return Move(
        comment=comment, verdict=judged.verdict, expected=Seen.of(comment), evidence=evidence
    )


def submissions_of(comments: Sequence[Comment]) -> list[Submission]:
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


def judge(
    submissions: Sequence[Submission], *, model: Classifier, policy: Policy
) -> list[Judgement]:
    """The verdict on each text by itself; stores nothing, and asks no database.

    Raises ScorerError for all of them where one cannot be scored.
    """
    scored = zip(submissions, score_all(submissions, model), strict=True)
    return [Judgement(each, scores, decide(each, scores, policy)) for each, scores in scored]


def hold_unscored(*, comment_id: int) -> Decision | None:
    """Fails closed: a comment that no model could score waits for a person."""
    comment = Comment.objects.filter(pk=comment_id, status=Status.PENDING).first()
    if comment is None:
        return None
    return transitions.apply(
        comment=comment,
        verdict=UNSCORED,
        expected=Seen.of(comment),
        evidence=Evidence(actor=SYSTEM),
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
    """One verdict on many comments, by id, each as the moderator saw it; in one transaction."""
    evidence = Evidence(actor=Actor.person(moderator))
    reviewed, moves = Reviewed(), []
    for comment in Comment.objects.filter(pk__in=seen).order_by("pk"):
        as_seen = seen[comment.pk]
        move = Move(comment=comment, verdict=verdict, expected=as_seen, evidence=evidence)
        if move.is_legal:
            moves.append(move)
        else:
            (reviewed.same if Seen.of(comment) == as_seen else reviewed.late).append(comment.pk)
    decided = {decision.comment_id for decision in transitions.apply_all(moves)}
    for move in moves:
        (reviewed.done if move.comment.pk in decided else reviewed.late).append(move.comment.pk)
    return reviewed


def site_policy(site: str, model: Classifier | None = None) -> Policy:
    """What the site of this key has set, with the model's recommendation where it set nothing."""
    recommended = (model or model_registry.for_site()).thresholds
    own = SitePolicy.objects.of(site)
    return Policy(
        thresholds={name: _thresholds(own, name, limits) for name, limits in recommended.items()},
        banned_phrases=own.banned_phrases,
        reserved_names=(settings.SITE_NAME, *filter(None, own.reserved_names.splitlines())),
        own_numbers=tuple(filter(None, map(str.strip, own.own_numbers.splitlines()))),
        max_links=own.max_links,
        trusted_after=own.trusted_after,
        campaign_size=settings.CAMPAIGN_SIZE,
        contact_senders=settings.CAMPAIGN_CONTACT_SIZE,
    )


def _thresholds(own: SitePolicy, attribute: str, recommended: Mapping[str, float]) -> Thresholds:
    hold_at, reject_at = (own.threshold(attribute, limit) for limit in LIMITS)
    return Thresholds(
        recommended["hold_at"] if hold_at is None else hold_at,
        recommended["reject_at"] if reject_at is None else reject_at,
    )


def _judged(comments: Sequence[Comment], model: Classifier, policy: Policy) -> dict[int, Judgement]:
    """By comment, the verdict on it alone, then on those that many senders sent.

    What is rejected alone counts for nobody.
    """
    alone = judge(submissions_of(comments), model=model, policy=policy)
    judged = {comment.pk: each for comment, each in zip(comments, alone, strict=True)}
    company = campaigns.senders_of(
        comments,
        # A model that knows no spam says nothing of it.
        spam={pk: each.scores.get("spam", 0.0) for pk, each in judged.items()},
        rejected={pk for pk, each in judged.items() if each.verdict.outcome == Outcome.REJECT},
    )
    for pk, senders in company.items():
        submission = replace(
            judged[pk].submission, campaign_size=senders.text, contact_senders=senders.contact
        )
        scores = judged[pk].scores
        judged[pk] = Judgement(submission, scores, decide(submission, scores, policy))
    return judged
