"""Where in a comment its decision came from: the places that the desk marks, by the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comments.models import Comment
from moderation.scorer import Stretch, stretches
from moderation.verdict import Reason


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Stretches (start, end) of a comment's name, website and text, in order, not overlapping."""

    name: Sequence[Stretch] = ()
    website: Sequence[Stretch] = ()
    text: Sequence[Stretch] = ()


def marks(comment: Comment) -> Marks:
    """What carried the decision; nothing where its reason marks no place."""
    find = _FINDERS.get(comment.reason)
    return find(comment) if find else Marks()


def _scored(comment: Comment) -> Marks:
    return Marks(text=stretches(text=comment.text, attribute=comment.reason))


# By the reason, each finds the places that its rule looked at.
_FINDERS: Mapping[str, Callable[[Comment], Marks]] = {
    Reason.SPAM: _scored,
    Reason.TOXICITY: _scored,
}
