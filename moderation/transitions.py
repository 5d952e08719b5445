"""The only module that writes a status: legal moves, conditional update, decision."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from comments import events
from comments.models import ERASED_TEXT, Article, Comment, Event, Revision, Status
from moderation import history, search, standing
from moderation.actors import SYSTEM, Actor, ActorKind
from moderation.classifier.scores import Scores
from moderation.decided import log_and_count
from moderation.models import Act, Decision, Report, undo_time
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.visible_counts import update_counts

STATUS_AFTER = {
    Outcome.PUBLISH: Status.PUBLISHED,
    Outcome.HOLD: Status.HELD,
    Outcome.REJECT: Status.REJECTED,
}
LEGAL_MOVES = {
    Status.PENDING: {Status.PUBLISHED, Status.HELD, Status.REJECTED},
    Status.HELD: {Status.PUBLISHED, Status.REJECTED},
    Status.PUBLISHED: {Status.HELD, Status.REJECTED},
    # To itself when a moderator gives another reason.
    Status.REJECTED: {Status.PUBLISHED, Status.REJECTED, Status.HELD},
}


class IllegalMoveError(ValueError):
    """The verdict would cause a forbidden change of status."""


class LostLockError(RuntimeError):
    """A comment changed while its article was locked: some code does not take the lock."""


@dataclass(frozen=True)
class Seen:
    """The state in which a comment was judged. A move is only made if it has not changed."""

    status: Status
    version: int

    @classmethod
    def of(cls, comment: Comment) -> "Seen":
        return cls(Status(comment.status), comment.version)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Who gave a verdict, with the model's scores and the site's thresholds, if any."""

    actor: Actor
    scores: Scores | None = None
    model_version: str = ""
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    # What the moderator did, of which the decision is a part.
    act: Act | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """A verdict on a comment, its evidence, and the state in which the comment was judged."""

    comment: Comment
    verdict: Verdict
    expected: Seen
    evidence: Evidence
    # The primary key of the judged revision; set once the state has been verified.
    revision: int = 0

    @property
    def status(self) -> Status:
        return STATUS_AFTER[self.verdict.outcome]

    @property
    def published_change(self) -> int:
        """1 if the comment becomes published, -1 if it is unpublished, else 0."""
        return (self.status == Status.PUBLISHED) - (self.expected.status == Status.PUBLISHED)

    @property
    def is_legal(self) -> bool:
        changes = self.status != self.expected.status or self._corrects
        return self.keeps or (changes and self.status in LEGAL_MOVES[self.expected.status])

    @property
    def keeps(self) -> bool:
        """Whether a moderator leaves a reported comment published, or undoes that."""
        stays = self.status == self.expected.status == Status.PUBLISHED
        return stays and self.is_by_person and (self.verdict.reason == Reason.KEPT or self._undoes)

    @property
    def _undoes(self) -> bool:
        return self.evidence.act is not None and self.evidence.act.undoes_id is not None

    @property
    def is_by_person(self) -> bool:
        return self.evidence.actor.kind == ActorKind.PERSON

    @property
    def _corrects(self) -> bool:
        """Whether a moderator changes the reason, perhaps to one that counts as the same."""
        own, given = self.verdict.own_reason, self.verdict.reason
        is_new = own is not None or given != self.comment.reason
        return self.is_by_person and (is_new or self._undoes)


def apply(
    *, comment: Comment, verdict: Verdict, expected: Seen, evidence: Evidence
) -> Decision | None:
    """Apply one verdict: see `apply_all`."""
    move = Move(comment=comment, verdict=verdict, expected=expected, evidence=evidence)
    return next(iter(apply_all([move])), None)


def apply_all(moves: Sequence[Move]) -> list[Decision]:
    """Change the status of comments and record the decisions, in one transaction.

    Returns the decisions. Skips a comment that is not in the expected state any more. Raises
    IllegalMoveError for a move that is never allowed.
    """
    for move in moves:
        if not move.is_legal:
            raise IllegalMoveError(f"{move.expected.status} -> {move.status}")
    words = search.entries([m.comment for m in moves if m.expected.status != Status.HELD])
    with transaction.atomic():
        # Lock the articles, so that concurrent decisions count correctly; without their keys, so
        # that a stalled worker does not block new comments.
        articles = {move.comment.article_id for move in moves}
        locked = Article.objects.select_for_update(no_key=True).filter(pk__in=articles)
        sites = dict(locked.order_by("pk").values_list("pk", "site"))
        made = _still_expected(moves)
        _write_statuses(made)
        standing.store((m.comment, m.evidence) for m in made if m.evidence.scores)
        update_counts(
            [(move.comment, move.published_change) for move in made if move.published_change]
        )
        search.follow(words, {m.comment.pk: m.status == Status.HELD for m in made})
        transaction.on_commit(lambda: _log_and_count(made), robust=True)
        decisions = Decision.objects.bulk_create(history.chained(map(_decision, made)))
        # Nothing has happened to a comment that only stays as it was.
        pairs = [pair for pair in zip(made, decisions, strict=True) if not pair[0].keeps]
        events.write(_event(d, sites[move.comment.article_id]) for move, d in pairs)
        return decisions


def erase(*, comment: Comment, remove: bool) -> bool:
    """Erase the author and the text of a comment in any status, in one transaction.

    An unpublished comment becomes rejected. A published one keeps its place as "erased", or with
    `remove` is removed unless it has replies. Returns whether readers still see its place.
    """
    with transaction.atomic():
        site = _lock(comment)
        status = _status_after_erasure(comment, remove=remove)
        _blank(comment, status, Reason.ERASED, site)
        return status == Status.PUBLISHED


def expire(*, comment: Comment) -> bool:
    """Blank an expired held or rejected comment, in one transaction; a held one becomes rejected.

    Returns False and changes nothing if it was published or erased in the meantime.
    """
    with transaction.atomic():
        site = _lock(comment)
        if comment.status not in {Status.HELD, Status.REJECTED} or comment.is_erased:
            return False
        _blank(comment, Status.REJECTED, Reason.EXPIRED, site)
        return True


def _lock(comment: Comment) -> str:
    """Lock the article of a comment, which every move does first; return the key of its site."""
    locked = Article.objects.select_for_update(no_key=True).values_list("site", flat=True)
    site = locked.get(pk=comment.article_id)
    comment.refresh_from_db(fields=["status", "revision", "version", "text"])
    return str(site)


def _blank(comment: Comment, status: Status, reason: Reason, site: str) -> None:
    """Erase the author, all revisions and the text, and set the status. Needs the article's lock.

    Adds a blank revision.
    """
    names = {"author_name": "", "author_url": ""}
    joins = {"author_key": secrets.token_hex(32), "writer_key": secrets.token_hex(32)}
    # A proxy's log may join the request id with an address.
    words = {"text": ERASED_TEXT, "duplicate_key": None, "request_id": ""}
    seen = Seen.of(comment)
    Comment.objects.filter(pk=comment.pk).update(
        revision=F("revision") + 1, version=F("version") + 1, **names, **joins, **words
    )
    search.remove(comment.pk)
    comment.revision += 1
    Revision.objects.blank(comment.pk)
    Report.objects.filter(comment=comment.pk).update(sentence="")
    Revision.objects.create(comment=comment, number=comment.revision)
    events.erased(comment, site=site, status=status, reason=reason)
    if status == seen.status:
        changed = F("thread_revision") + 1
        Article.objects.filter(pk=comment.article_id).update(thread_revision=changed)
        return
    # Otherwise the log and the search index would contain them.
    comment.request_id = comment.author_name = comment.text = ""
    apply(
        comment=comment,
        verdict=Verdict(Outcome.REJECT, reason),
        expected=Seen(seen.status, seen.version + 1),
        evidence=Evidence(actor=SYSTEM),
    )


def _status_after_erasure(comment: Comment, *, remove: bool) -> Status:
    if comment.status == Status.PUBLISHED:
        replies = comment.replies.exclude(text=ERASED_TEXT).exclude(status=Status.REJECTED)
        return Status.REJECTED if remove and not replies.exists() else Status.PUBLISHED
    return Status.REJECTED


def _still_expected(moves: Sequence[Move]) -> list[Move]:
    """Return the moves whose comment has not changed. Needs the articles' locks.

    An erased comment can be unpublished, but not published or judged again.
    """
    newest = Revision.objects.filter(comment=OuterRef("pk"), number=OuterRef("revision"))
    rows = Comment.objects.filter(pk__in=[move.comment.pk for move in moves])
    facts = rows.annotate(
        erased=Q(text=ERASED_TEXT), judged=Subquery(newest.values("pk"))
    ).values_list("pk", "status", "version", "erased", "judged")
    now = {pk: (Seen(Status(status), version), *rest) for pk, status, version, *rest in facts}

    def is_possible(move: Move) -> bool:
        seen, erased, _judged = now.get(move.comment.pk, (None, True, None))
        forbidden = erased and move.status in {Status.PUBLISHED, move.expected.status}
        return seen == move.expected and not forbidden

    return [replace(move, revision=now[move.comment.pk][2]) for move in moves if is_possible(move)]


def _write_statuses(moves: Sequence[Move]) -> None:
    """Write the statuses with one conditional update per kind of move."""
    by_kind: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for move in moves:
        waits = move.status == Status.REJECTED and move.is_by_person
        kind = (move.status, move.verdict.reason, waits, move.expected)
        by_kind[kind].append(move.comment.pk)
    now = timezone.now()
    for (status, reason, waits, seen), ids in by_kind.items():
        rows = Comment.objects.filter(pk__in=ids, status=seen.status, version=seen.version)
        times = {"decided_at": now, "announced_at": now + undo_time() if waits else None}
        moved = rows.update(status=status, reason=reason, version=F("version") + 1, **times)
        if moved != len(ids):
            raise LostLockError(f"{len(ids) - moved} comments changed under their article's lock")


def _decision(move: Move) -> Decision:
    scores = move.evidence.scores
    return Decision(
        comment=move.comment,
        actor_kind=move.evidence.actor.kind,
        user=move.evidence.actor.user,
        outcome=move.verdict.outcome,
        reason=move.verdict.reason,
        own_reason_id=move.verdict.own_reason,
        from_status=move.expected.status,
        revision_id=move.revision,
        scores=dict(scores or {}),
        sure=dict(scores.sure) if scores else {},
        scores_by_judge=dict(scores.by_judge) if scores else {},
        language=scores.language if scores else "",
        model_version=move.evidence.model_version,
        thresholds=move.evidence.thresholds,
        act=move.evidence.act,
    )


def _event(decision: Decision, site: str) -> Event:
    return events.decided(
        decision.comment,
        site=site,
        status=STATUS_AFTER[Outcome(decision.outcome)],
        reason=decision.reason,
        by=decision.actor_kind,
        decision=decision.pk,
    )


def _log_and_count(moves: Sequence[Move]) -> None:
    for move in moves:
        request_id = "" if move.is_by_person else move.comment.request_id
        log_and_count(move.comment.pk, move.verdict, move.evidence.actor.kind, request_id)
