"""The marks of a card, in layers: what it was decided for, and each further score that holds it.

A mark has a strength from 1 to 3, which a page shows by shade and by the weight of its line.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from comments.models import Comment
from moderation import model_registry
from moderation.classifier.explain import STRONGEST, Weighed
from moderation.desk.highlights import Question, is_by_score, marks
from moderation.model_registry import ScorerError
from moderation.models import Decision
from moderation.policy.reading import Span
from moderation.policy.verdict import Reason
from moderation.scoring import weighed

# These have a line of their own; all others, which rules have found, a frame.
LINED = frozenset({Reason.SPAM, Reason.TOXICITY, Reason.HATE, Reason.PERSONAL_DATA})
Layer = Mapping[str, Sequence[Weighed]]


@dataclass(frozen=True, kw_only=True)
class Layers:
    """The marks of a comment's name, website and text, by kind: a reason or an attribute."""

    name: Layer
    website: Layer
    text: Layer
    # Whether another model decided than the one that shows today what it minds.
    is_of_another_model: bool = False

    @property
    def kinds(self) -> list[str]:
        """What the marks are, the reason first."""
        return [*dict.fromkeys([*self.name, *self.website, *reversed([*self.text])])]

    @property
    def differ(self) -> bool:
        """Whether some marks are weaker than others."""
        all_marks = itertools.chain.from_iterable(self.text.values())
        return any(mark.strength < STRONGEST for mark in all_marks)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the policy decided, for which the comment is marked: its reason and its scores."""

    reason: str
    scored: Decision | None
    banned: tuple[str, ...] = ()
    question: Question = field(default_factory=Question)


def layers_of(comment: Comment, found: Found) -> Layers:
    """Mark a comment by the thresholds that were in force when the policy decided."""
    of_reason = marks(comment, found.reason, found.banned, found.question)
    scored = found.question.own_text or comment.text
    further = {each: weighed(text=scored, attribute=each) for each in _over_the_line(found)}
    return Layers(
        name=_layer({found.reason: of_reason.name}),
        website=_layer({found.reason: of_reason.website}),
        # The reason's own marks come last, so that a page may show them on top.
        text=_layer({**further, found.reason: of_reason.text}),
        is_of_another_model=is_by_score(found.reason) and _has_changed(found.scored),
    )


def pieces(text: str, layer: Layer) -> list[tuple[str, list[tuple[str, int]]]]:
    """Cut the text where a mark begins or ends; return each piece with its kinds and strengths."""
    edges = {place for found in layer.values() for mark in found for place in mark[:2]}
    places = sorted({0, len(text), *edges})
    return [
        (text[start:end], [*_covering(layer, start)]) for start, end in itertools.pairwise(places)
    ]


def _layer(found: Mapping[str, Sequence[Span | Weighed]]) -> Layer:
    return {kind: [Weighed(*mark) for mark in each] for kind, each in found.items() if each}


def _covering(layer: Layer, place: int) -> Iterable[tuple[str, int]]:
    for kind, found in layer.items():
        here = [mark.strength for mark in found if mark.start <= place < mark.end]
        if here:
            yield kind, max(here)


def _over_the_line(found: Found) -> list[str]:
    """Return the further attributes whose score reached the threshold of its time."""
    if found.scored is None:
        return []
    limits = found.scored.thresholds
    return [
        attribute
        for attribute, score in found.scored.scores.items()
        if attribute != found.reason
        if score >= limits.get(attribute, {}).get("hold_at", 2)
    ]


def _has_changed(scored: Decision | None) -> bool:
    if scored is None or not scored.model_version:
        return False
    try:
        return scored.model_version != model_registry.for_site().version
    except ScorerError:
        return False
