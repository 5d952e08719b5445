"""The only module that writes a status: legal moves, conditional update, decision."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from comments import events
from comments.models import (
    ERASED_TEXT,
    Article,
    Comment,
    Event,
    EventKind,
    Pick,
    Revision,
    Status,
)
from moderation import history, search, standing
from moderation.actors import Actor, ActorKind
from moderation.classifier.scores import Scores
from moderation.decided import log_and_count
from moderation.models import Act, Decision, undo_time
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.visible_counts import SeenChange, update_counts

STATUS_AFTER = {
    Outcome.PUBLISH: Status.PUBLISHED,
    Outcome.HOLD: Status.HELD,
    Outcome.REJECT: Status.REJECTED,
    Outcome.WITHDRAW: Status.WITHDRAWN,
}
# What an author writes in a comment.
_WRITTEN = ("text", "author_name", "author_url")
LEGAL_MOVES: Mapping[Status, set[Status]] = {
    Status.PENDING: {Status.PUBLISHED, Status.HELD, Status.REJECTED, Status.WITHDRAWN},
    Status.HELD: {Status.PUBLISHED, Status.REJECTED, Status.WITHDRAWN},
    Status.PUBLISHED: {Status.HELD, Status.REJECTED, Status.WITHDRAWN},
    # To itself when a moderator gives another reason.
    Status.REJECTED: {Status.PUBLISHED, Status.REJECTED, Status.HELD, Status.WITHDRAWN},
    Status.WITHDRAWN: set(),
}
# There is nothing left to read, for readers or for a moderator.
FORBIDDEN_IF_ERASED = frozenset({Status.PUBLISHED, Status.HELD})
# What an author decides has events of its own.
_KINDS = {Outcome.WITHDRAW: EventKind.WITHDRAWN, Outcome.HOLD: EventKind.APPEALED}


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
    def seen_change(self) -> SeenChange:
        return SeenChange.between(self.comment, self.expected.status, self.status)

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
        update_counts([move.seen_change for move in made])
        search.follow(words, {m.comment.pk: m.status == Status.HELD for m in made})
        transaction.on_commit(lambda: _log_and_count(made), robust=True)
        decisions = Decision.objects.bulk_create(history.chained(map(_decision, made)))
        # Nothing has happened to a comment that only stays as it was.
        pairs = [pair for pair in zip(made, decisions, strict=True) if not pair[0].keeps]
        events.write(_event(d, sites[move.comment.article_id]) for move, d in pairs)
        return decisions


def lock(comment: Comment) -> str:
    """Lock the article of a comment, which every move does first; return the key of its site."""
    locked = Article.objects.select_for_update(no_key=True).values_list("site", flat=True)
    site = locked.get(pk=comment.article_id)
    state = ("status", "reason", "revision", "version", "announced_at")
    comment.refresh_from_db(fields=[*state, *_WRITTEN])
    return str(site)


def revise(*, comment: Comment, written: Mapping[str, str], site: str) -> None:
    """Store a new version of a comment, which is checked again. Needs the article's lock.

    `written` has the text, name and website. Whoever calls this asks for the moderation.
    """
    seen = Seen.of(comment)
    Comment.objects.filter(pk=comment.pk).update(
        **{name: written[name] for name in _WRITTEN},
        revision=F("revision") + 1,
        version=F("version") + 1,
        status=Status.PENDING,
        reason="",
        edited_at=timezone.now(),
        decided_at=None,
        announced_at=None,
        claimed_until=None,
        claims=0,
        duplicate_key=None,
    )
    comment.refresh_from_db()
    search.remove(comment.pk)
    Revision.objects.keep(comment)
    # The newsroom recommended another text.
    Pick.objects.filter(comment=comment).delete()
    update_counts([SeenChange.between(comment, seen.status, Status.PENDING)])
    events.edited(comment, site=site)


def _still_expected(moves: Sequence[Move]) -> list[Move]:
    """Return the moves whose comment has not changed. Needs the articles' locks.

    An erased comment can be unpublished, but not published, held or judged again.
    """
    newest = Revision.objects.filter(comment=OuterRef("pk"), number=OuterRef("revision"))
    rows = Comment.objects.filter(pk__in=[move.comment.pk for move in moves])
    facts = rows.annotate(
        erased=Q(text=ERASED_TEXT), judged=Subquery(newest.values("pk"))
    ).values_list("pk", "status", "version", "erased", "judged")
    now = {pk: (Seen(Status(status), version), *rest) for pk, status, version, *rest in facts}

    def is_possible(move: Move) -> bool:
        seen, erased, _judged = now.get(move.comment.pk, (None, True, None))
        forbidden = erased and move.status in {*FORBIDDEN_IF_ERASED, move.expected.status}
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
        **move.evidence.actor.columns,
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
        kind=_kind(decision),
        status=STATUS_AFTER[Outcome(decision.outcome)],
        reason=decision.reason,
        by=decision.actor_kind,
        decision=decision.pk,
    )


def _kind(decision: Decision) -> EventKind:
    if decision.actor_kind == ActorKind.AUTHOR:
        return _KINDS[Outcome(decision.outcome)]
    # As it was judged: the reason of its last decision.
    was_appealed = decision.comment.reason == Reason.APPEALED
    answers = decision.actor_kind in {ActorKind.PERSON, ActorKind.PROGRAM}
    return EventKind.ANSWERED if was_appealed and answers else EventKind.DECIDED


def _log_and_count(moves: Sequence[Move]) -> None:
    for move in moves:
        request_id = "" if move.is_by_person else move.comment.request_id
        log_and_count(move.comment.pk, move.verdict, move.evidence.actor.kind, request_id)
