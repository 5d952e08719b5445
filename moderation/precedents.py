"""Precedents: what persons have decided here on the same text, or on a similar one.

The texts are compared by the words they share, and found by the signatures of
campaigns.near_duplicates, so a search reads a few rows however many comments there are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Q

from comments.models import Comment
from moderation.actors import ActorKind
from moderation.campaigns.near_duplicates import signatures, similarity
from moderation.campaigns.signatures import for_site
from moderation.models import SLOTS, Decision, Precedent
from moderation.policy.reading import words_of_texts
from moderation.policy.verdict import Outcome, Verdict
from moderation.transitions import STATUS_AFTER

# Jaccard similarity of the words: of a similar text, and of nearly the same one. "You are an idiot"
# and "you are not an idiot" are at 0.8.
SIMILAR = 0.5
ALMOST_EQUAL = 0.85
SHOWN = 3
_BATCH = 500
# As many letters of a word are compared; the rest is mostly its ending.
_STEM_LENGTH = 5
# Parsing them takes as long as all the rest, and a text may have a hundred candidates.
_UNREAD = ("scores", "sure", "scores_by_judge", "thresholds")
_JUDGED = (Outcome.PUBLISH, Outcome.REJECT)
_STANDS = Q(outcome=Outcome.PUBLISH, comment__status=STATUS_AFTER[Outcome.PUBLISH]) | Q(
    outcome=Outcome.REJECT, comment__status=STATUS_AFTER[Outcome.REJECT]
)
_TABLE = Precedent._meta.db_table
# SQL instead of the ORM, as in campaigns.signatures, because a decision waits for it.
_STORE = f"""
    INSERT INTO {_TABLE} (value, slot, decision_id) VALUES (%s, %s, %s)
    ON CONFLICT (value, slot) DO UPDATE SET decision_id = excluded.decision_id
"""  # noqa: S608

Words = frozenset[str]


@dataclass(frozen=True)
class Similar:
    """A person's decision that stands, on a text this similar: 0.5 to 1."""

    decision: Decision
    similarity: float

    @property
    def is_same(self) -> bool:
        return self.similarity >= ALMOST_EQUAL


def remember(decisions: Sequence[Decision]) -> None:
    """Store by which texts these decisions of persons are found. Needs the caller's transaction.

    Their comments must be as they were judged, and loaded with the article.
    """
    _store({each: each.comment.text for each in decisions if _is_judgement(each)})


def remember_all(after: int = 0) -> Iterator[int]:
    """Do so for all decisions that persons have made; yield the last number of each batch.

    They are read in their order, so the newest of those that share a slot is kept. Safe to repeat.
    """
    judged = Decision.objects.filter(actor_kind=ActorKind.PERSON, outcome__in=_JUDGED)
    related = judged.select_related("comment__article", "revision").order_by("pk")
    while batch := list(related.filter(pk__gt=after)[:_BATCH]):
        with transaction.atomic():
            _store({each: each.revision.text for each in batch})
        after = batch[-1].pk
        yield after


def similar_to(comment: Comment) -> list[Similar]:
    """Return the most similar precedents, the newest of equals first; two queries."""
    return similar_to_each([comment]).get(comment.pk, [])[:SHOWN]


def similar_to_each(
    comments: Sequence[Comment], opposed_by: Outcome | None = None
) -> dict[int, list[Similar]]:
    """Return all precedents found for each comment that has any. Needs their articles.

    The most similar come first, of equals the newest; of one comment only the latest decision. With
    `opposed_by`, nothing is read or found if no candidate has this outcome.
    """
    texts = dict(zip((c.pk for c in comments), _words([c.text for c in comments]), strict=True))
    pairs = _candidates(_signed(comments, texts))
    decisions = _standing({pk for each in pairs.values() for pk in each}, opposed_by)
    read = dict(zip(decisions, _words([d.revision.text for d in decisions.values()]), strict=True))
    return {
        pk: found
        for pk, each in pairs.items()
        if (found := _ranked(pk, texts[pk], {n: decisions[n] for n in each & read.keys()}, read))
    }


def against(verdict: Verdict, comments: Sequence[Comment]) -> dict[int, Decision]:
    """Return the latest decision on almost the same text, by comment, if it was the opposite.

    Needs the comments' articles. Once a person has decided against it, the newer decision counts,
    so nobody is asked the same again.
    """
    if verdict.outcome not in _JUDGED:
        return {}
    moved = [each for each in comments if each.status != STATUS_AFTER[verdict.outcome]]
    opposite = next(each for each in _JUDGED if each != verdict.outcome)
    latest = {pk: latest_same(found) for pk, found in similar_to_each(moved, opposite).items()}
    return {pk: each for pk, each in latest.items() if each and each.outcome != verdict.outcome}


def latest_same(found: Iterable[Similar]) -> Decision | None:
    """Return the latest decision on almost the same text."""
    same = [similar.decision for similar in found if similar.is_same]
    return max(same, key=lambda decision: decision.pk, default=None)


def forget(comment: Comment) -> None:
    """Delete the signatures of a comment that has been erased, in the caller's transaction."""
    decisions = comment.decisions.filter(actor_kind=ActorKind.PERSON).values_list("pk", flat=True)
    rows = Precedent.objects.filter(decision__in=[*decisions])
    # In the order in which `remember` locks them.
    list(rows.select_for_update().order_by("value", "slot"))
    rows.delete()


def _is_judgement(decision: Decision) -> bool:
    return decision.outcome in _JUDGED and decision.actor_kind == ActorKind.PERSON


def _store(judged: Mapping[Decision, str]) -> None:
    """Store the signatures of these texts; those of an erased one are none."""
    read = _words([*judged.values()])
    rows = {
        (value, _slot(decision)): decision.pk
        for decision, words in zip(judged, read, strict=True)
        for value in for_site(_signatures(words), decision.comment.article.site_id)
    }
    if rows:
        # Sorted, so that two that write the same rows wait for each other without a deadlock.
        values = [(value, slot, pk) for (value, slot), pk in sorted(rows.items())]
        with connection.cursor() as cursor:
            cursor.executemany(_STORE, values)


def _slot(decision: Decision) -> int:
    """Return a slot that the numbers of decisions fall into evenly, whatever their steps."""
    return (decision.pk * 0x9E3779B1 >> 16) % SLOTS


def _ranked(
    pk: int, words: Words, decisions: Mapping[int, Decision], read: Mapping[int, Words]
) -> list[Similar]:
    latest: dict[int, Similar] = {}
    for number, decision in sorted(decisions.items()):
        alike = similarity(words, read[number])
        if alike >= SIMILAR and decision.comment_id != pk:
            latest[decision.comment_id] = Similar(decision, alike)
    return sorted(latest.values(), key=lambda s: (-s.similarity, -s.decision.pk))


def _standing(ids: Iterable[int], opposed_by: Outcome | None) -> dict[int, Decision]:
    """Return those of the decisions that nobody has undone or replaced since, oldest first."""
    if not ids:
        return {}
    stand = Decision.objects.filter(_STANDS, pk__in=ids, act__undone_by=None)
    if opposed_by and not stand.filter(outcome=opposed_by).exists():
        return {}
    related = stand.select_related("user", "own_reason", "revision").defer(*_UNREAD)
    return {each.pk: each for each in related.order_by("pk")}


def _candidates(signed: Mapping[int, list[int]]) -> dict[int, set[int]]:
    """Return the decisions that have a signature in common with each comment."""
    values = {value for each in signed.values() for value in each}
    stored = Precedent.objects.filter(value__in=values) if values else Precedent.objects.none()
    found: dict[int, set[int]] = {}
    for value, decision in stored.values_list("value", "decision_id"):
        found.setdefault(value, set()).add(decision)
    return {
        pk: {decision for value in each for decision in found.get(value, ())}
        for pk, each in signed.items()
    }


def _signed(comments: Sequence[Comment], texts: Mapping[int, Words]) -> dict[int, list[int]]:
    """Return the signatures of each comment's text on its site."""
    return {c.pk: for_site(_signatures(texts[c.pk]), c.article.site_id) for c in comments}


def _words(texts: Sequence[str]) -> list[Words]:
    """Return the folded words of each text without their endings; a batch is read in one pass."""
    # The same text from many is read once.
    distinct = [*dict.fromkeys(texts)]
    read = words_of_texts(distinct) if distinct else []
    known = {
        text: frozenset(word[:_STEM_LENGTH] for word in words)
        for text, words in zip(distinct, read, strict=True)
    }
    return [known[text] for text in texts]


@lru_cache(maxsize=256)
def _signatures(words: Words) -> list[int]:
    return signatures(words, min_words=1)
