"""Where in a comment its decision came from: the places that the desk marks, by the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comments.models import Comment
from moderation import mentions, names, websites
from moderation.reading import merged
from moderation.scorer import Stretch, stretches
from moderation.threats import threats
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


def _in_name(find: Callable[[str], list[Stretch]]) -> Callable[[Comment], Marks]:
    return lambda comment: Marks(name=find(comment.author_name))


def _passing_for_another(name: str) -> list[Stretch]:
    """Hidden letters or an office's name; a reserved name is all of the name."""
    return names.impersonations(name, ()) or [(0, len(name))]


def _in_website(comment: Comment) -> Marks:
    return Marks(website=websites.suspicions(comment.author_url))


def _contacts(comment: Comment) -> Marks:
    """All of them: which ones others give too, the campaigns on the card tell."""
    found = merged((each.start, each.end) for each in mentions.mentions(comment.text))
    website = [(0, len(comment.author_url))] if mentions.mentions(comment.author_url) else []
    return Marks(website=website, text=found)


# By the reason, each finds the places that its rule looked at.
_FINDERS: Mapping[str, Callable[[Comment], Marks]] = {
    Reason.SPAM: _scored,
    Reason.TOXICITY: _scored,
    Reason.HATE: lambda comment: Marks(text=threats(comment.text)),
    Reason.NAME_ADVERT: _in_name(names.adverts),
    Reason.NAME_CONTACT: _in_name(names.contacts),
    Reason.NAME_INSULT: _in_name(names.insults),
    Reason.IMPERSONATION: _in_name(_passing_for_another),
    Reason.WEBSITE: _in_website,
    Reason.REPEATED_CONTACT: _contacts,
}
