"""Decide about comments, by the model and by people.

The input is a Submission, made from a comment or from any other text. `submissions_of` and `assess`
reach the verdicts, and `moderate_all` applies them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db import transaction

from comments.models import Article, Comment, SiteKey, Status
from moderation import appeals, article_holds, model_registry, precedents, reports, transitions
from moderation.accounts.models import User
from moderation.actors import POLICY, SYSTEM, Actor, ActorKind
from moderation.author_measures import in_force
from moderation.authors import sent_in_a_minute, writer_records
from moderation.campaigns import senders as campaigns
from moderation.campaigns.quotations import Pages
from moderation.classifier import Ensemble, Scores
from moderation.models import LIMITS, Act, ActKind, Decision, SitePolicy
from moderation.policy.decide import decide
from moderation.policy.verdict import (
    Outcome,
    Policy,
    Reason,
    Submission,
    Thresholds,
    Verdict,
)
from moderation.rejections import verdicts_for
from moderation.scoring import score_all, slow_judges_until
from moderation.transitions import Evidence, Move, Seen

UNSCORED = Verdict(Outcome.HOLD, Reason.UNSCORED)


def moderate(*, comment_id: int) -> bool:
    """Score and decide one comment; return False if it is not pending.

    Raises ScorerError and leaves the comment pending if the model fails.
    """
    comment = Comment.objects.filter(pk=comment_id, status=Status.PENDING).first()
    return comment is not None and bool(moderate_all(comments=[comment]))


def moderate_all(*, comments: Sequence[Comment]) -> list[Decision]:
    """Score and decide pending comments; skip those that were decided in the meantime.

    Raises ScorerError and leaves all of them pending if one cannot be scored.
    """
    model, moves, until = model_registry.for_site(), [], slow_judges_until()
    for site, of_site in _by_site(comments):
        policy = site_policy(site, model)
        assessed = _assessments(of_site, model, policy, until)
        moves += [_move(comment, assessed[comment.pk], model, policy) for comment in of_site]
    return transitions.apply_all(moves)


def _by_site(comments: Sequence[Comment]) -> Iterator[tuple[str, list[Comment]]]:
    """Yield the key of each site with its comments."""
    of_article = Article.objects.sites_of(comment.article_id for comment in comments)
    for site in sorted(set(of_article.values())):
        yield site, [each for each in comments if of_article[each.article_id] == site]


@dataclass(frozen=True)
class Assessment:
    """A text, its scores and the policy's verdict."""

    submission: Submission
    scores: Scores
    verdict: Verdict


def _move(comment: Comment, assessed: Assessment, model: Ensemble, policy: Policy) -> Move:
    evidence = Evidence(
        actor=POLICY,
        scores=assessed.scores,
        model_version=model.version,
        thresholds=policy.limits_for(assessed.submission, assessed.scores),
    )
    return Move(
        comment=comment, verdict=assessed.verdict, expected=Seen.of(comment), evidence=evidence
    )


def submissions_of(comments: Sequence[Comment], pages: Pages) -> list[Submission]:
    """Return the policy's input for each comment, in a constant number of queries."""
    records = writer_records(comment.writer_key for comment in comments)
    in_a_minute = sent_in_a_minute(comments)
    own_texts = pages.without_quotations(comments)
    measures = in_force(comments)
    held = article_holds.in_force(comment.article_id for comment in comments)
    objected = _objected_before(comments)
    return [
        Submission(
            text=comment.text,
            own_text=own_texts.get(comment.pk, ""),
            author_name=comment.author_name,
            author_url=comment.author_url,
            author_published=records[comment.writer_key].published,
            author_rejected=records[comment.writer_key].rejected,
            author_in_a_minute=in_a_minute[comment.pk],
            looks_automated=comment.looks_automated,
            author_measure=measures[comment.pk].author,
            network_measure=measures[comment.pk].network,
            article_held=comment.article_id in held,
            objected_before=comment.pk in objected,
        )
        for comment in comments
    ]


def _objected_before(comments: Sequence[Comment]) -> set[int]:
    """Return the changed comments to an earlier version of which people objected last."""
    changed = [comment.pk for comment in comments if comment.revision > 1]
    if not changed:
        return set()
    by_people = Decision.objects.filter(
        comment__in=changed, actor_kind__in=(ActorKind.PERSON, ActorKind.READERS)
    )
    latest = dict(by_people.order_by("pk").values_list("comment", "outcome"))
    return {pk for pk, outcome in latest.items() if outcome != Outcome.PUBLISH}


def assess(
    submissions: Sequence[Submission],
    *,
    model: Ensemble,
    policy: Policy,
    until: float | None = None,
) -> list[Assessment]:
    """Return the verdict on each text by itself. Uses no database.

    Slow judges have the time of a whole task, or until `until`. Raises ScorerError if any of the
    texts cannot be scored.
    """
    until = slow_judges_until() if until is None else until
    scored = score_all(submissions, model=model, policy=policy, until=until)
    pairs = zip(submissions, scored, strict=True)
    return [Assessment(each, scores, decide(each, scores, policy)) for each, scores in pairs]


def hold_unscored(*, comment_id: int) -> Decision | None:
    """Fail closed: hold a comment that no model could score for a moderator."""
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
    """The result of a moderator's verdict on each comment, as lists of ids."""

    done: list[int] = field(default_factory=list)
    # Changed by somebody else in the meantime.
    changed: list[int] = field(default_factory=list)
    # Already in that status.
    same: list[int] = field(default_factory=list)
    # With which to undo it; None if nothing was done.
    act: Act | None = None


def review_all(
    *, moderator: User, verdict: Verdict, seen: Mapping[int, Seen], answer: str = ""
) -> Reviewed:
    """Apply one verdict in one transaction to comments still as the moderator saw them.

    The answer is for authors who have appealed.
    """
    with transaction.atomic():
        act = Act.objects.create(kind=ActKind.DECISION, user=moderator)
        reviewed = _review(verdict, seen, Evidence(actor=Actor.person(moderator), act=act))
        reports.settle(comments=reviewed.done)
        if answer:
            appeals.answer(comments=reviewed.done, sentence=answer, act=act)
        if not reviewed.done:
            transaction.set_rollback(True)
    return replace(reviewed, act=act) if reviewed.done else reviewed


def decide_for_program(
    *, site_key: SiteKey, verdict: Verdict, seen: Mapping[int, Seen]
) -> Reviewed:
    """Apply the verdict of a site's program to comments of its site, in one transaction.

    The author is told at once: a program has no button to undo.
    """
    own = Comment.objects.filter(pk__in=seen, article__site=site_key.site_id)
    of_site = {pk: seen[pk] for pk in own.values_list("pk", flat=True)}
    with transaction.atomic():
        reviewed = _review(verdict, of_site, Evidence(actor=Actor.program(site_key)))
        reports.settle(comments=reviewed.done)
    return reviewed


def _review(verdict: Verdict, seen: Mapping[int, Seen], evidence: Evidence) -> Reviewed:
    reviewed, moves = Reviewed(), []
    rows = Comment.objects.filter(pk__in=seen).select_related("article")
    comments = list(rows.order_by("pk"))
    for comment, given in zip(comments, verdicts_for(verdict, comments), strict=True):
        as_seen = seen[comment.pk]
        move = Move(comment=comment, verdict=given, expected=as_seen, evidence=evidence)
        if move.is_legal:
            moves.append(move)
        else:
            (reviewed.same if Seen.of(comment) == as_seen else reviewed.changed).append(comment.pk)
    decisions = transitions.apply_all(moves)
    if evidence.actor.user:
        precedents.remember(decisions)
    decided = {decision.comment_id for decision in decisions}
    for move in moves:
        (reviewed.done if move.comment.pk in decided else reviewed.changed).append(move.comment.pk)
    return reviewed


def site_policy(site: str, model: Ensemble | None = None) -> Policy:
    """Return the policy of a site, with the model's recommended thresholds as defaults."""
    return policy_of(SitePolicy.objects.of(site), model or model_registry.for_site())


def policy_of(own: SitePolicy, model: Ensemble) -> Policy:
    """Return the policy with a site's own settings; an unsaved `own` gives the default policy."""
    return Policy(
        thresholds=_all_thresholds(own, model.thresholds),
        fast_thresholds=_all_thresholds(own, model.fast.thresholds),
        banned_phrases=own.banned_phrases,
        reserved_names=(settings.SITE_NAME, *filter(None, own.reserved_names.splitlines())),
        own_numbers=tuple(filter(None, map(str.strip, own.own_numbers.splitlines()))),
        max_links=own.max_links,
        trusted_after=own.trusted_after,
        max_in_a_minute=settings.HOLD_ABOVE_PER_MINUTE,
        campaign_size=settings.CAMPAIGN_SIZE,
        contact_senders=settings.CAMPAIGN_CONTACT_SIZE,
    )


def _all_thresholds(
    own: SitePolicy, recommended: Mapping[str, Mapping[str, float]]
) -> dict[str, Thresholds]:
    return {name: _thresholds(own, name, limits) for name, limits in recommended.items()}


def _thresholds(own: SitePolicy, attribute: str, recommended: Mapping[str, float]) -> Thresholds:
    """Return the thresholds of one attribute: the site's own, where it has set them.

    A site's own hold_at is for known authors too, unless it has set a line for them.
    """
    limits = {name: recommended.get(name, 0.0) for name in LIMITS}
    set_here = {name: own.threshold(attribute, name) for name in LIMITS}
    if set_here["hold_at"] is not None:
        limits["hold_known_at"] = 0.0
    limits |= {name: at for name, at in set_here.items() if at is not None}
    return Thresholds(**limits)


def _assessments(
    comments: Sequence[Comment], model: Ensemble, policy: Policy, until: float
) -> dict[int, Assessment]:
    """Assess each comment by itself, then again with the number of senders of the same message.

    Rejected comments do not count as senders.
    """
    pages = Pages()
    alone = assess(submissions_of(comments, pages), model=model, policy=policy, until=until)
    assessed = {comment.pk: each for comment, each in zip(comments, alone, strict=True)}
    in_campaigns = campaigns.senders_of(
        comments,
        # The model may not have this attribute.
        spam={pk: each.scores.get("spam", 0.0) for pk, each in assessed.items()},
        rejected={pk for pk, each in assessed.items() if each.verdict.outcome == Outcome.REJECT},
        pages=pages,
    )
    for pk, senders in in_campaigns.items():
        submission = replace(
            assessed[pk].submission, campaign_size=senders.text, contact_senders=senders.contact
        )
        scores = assessed[pk].scores
        assessed[pk] = Assessment(submission, scores, decide(submission, scores, policy))
    return assessed
