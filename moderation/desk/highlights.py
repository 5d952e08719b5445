"""The words to highlight in a comment, by the reason of its decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comments.models import Comment
from comments.text import links
from moderation.campaigns import mentions
from moderation.classifier.explain import Weighed
from moderation.policy import names, websites
from moderation.policy.personal_data import personal_data
from moderation.policy.reading import Span, find_phrases, merged
from moderation.policy.threats import threats
from moderation.policy.verdict import Reason
from moderation.scoring import weighed


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Spans of a comment's name, website and text, in order, without overlaps.

    What a rule has found has the highest strength.
    """

    name: Sequence[Span] = ()
    website: Sequence[Span] = ()
    text: Sequence[Span | Weighed] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """How to ask which words led to a decision.

    own_text: if that was judged, the comment's text with spaces for what it quotes.
    thorough: ask the second judge too, which takes seconds.
    """

    own_text: str = ""
    thorough: bool = False


def marks(
    comment: Comment,
    reason: str,
    banned: tuple[str, ...] = (),
    question: Question = Question(),
) -> Marks:
    """Return the spans that led to a decision for this reason; empty if it has no place.

    `banned` has the lines of the site's list of banned words.
    """
    if reason == Reason.BANNED_WORD:
        return _everywhere(comment, lambda written: find_phrases(written, banned))
    if reason == Reason.HATE:
        return Marks(text=_threats(comment, question))
    find = _FINDERS.get(reason)
    if find:
        return find(comment)
    scored = question.own_text or comment.text
    return Marks(text=weighed(text=scored, attribute=reason, thorough=question.thorough))


def is_of_own_text(reason: str) -> bool:
    """Return whether only what the author says was judged, without what is quoted."""
    return reason == Reason.HATE or is_by_score(reason)


def is_by_score(reason: str) -> bool:
    """Return whether the model may have decided: an attribute may be none of our reasons."""
    return reason in (Reason.SPAM, Reason.TOXICITY) or reason not in {*Reason, ""}


def _everywhere(comment: Comment, find: Callable[[str], list[Span]]) -> Marks:
    return Marks(
        name=find(comment.author_name), website=find(comment.author_url), text=find(comment.text)
    )


def _threats(comment: Comment, question: Question) -> Sequence[Span]:
    """Return the threats, also one that is quoted from the page: whoever adds nothing repeats it.

    The same readings are tried as in `threatens`.
    """
    own = threats(question.own_text) if question.own_text else []
    return merged([*own, *threats(comment.text)])


def _links(comment: Comment) -> Marks:
    return Marks(name=links(comment.author_name), text=links(comment.text))


def _in_name(find: Callable[[str], list[Span]]) -> Callable[[Comment], Marks]:
    return lambda comment: Marks(name=find(comment.author_name))


def _impersonations(name: str) -> list[Span]:
    """Return hidden characters or the name of an office; a reserved name is the whole name."""
    return names.impersonations(name, ()) or [(0, len(name))]


def _in_website(comment: Comment) -> Marks:
    return Marks(website=websites.suspicious_parts(comment.author_url))


def _contacts(comment: Comment) -> Marks:
    """Return all contacts; the campaigns on the card show which of them others use too."""
    found = merged((each.start, each.end) for each in mentions.mentions(comment.text))
    website = [(0, len(comment.author_url))] if mentions.mentions(comment.author_url) else []
    return Marks(website=website, text=found)


# For each reason, a function that finds what its rule looked at. For other reasons the model
# explains its score, if the reason is one of its attributes.
_FINDERS: Mapping[str, Callable[[Comment], Marks]] = {
    # The site's own numbers are marked as well, though other data caused the decision.
    Reason.PERSONAL_DATA: lambda comment: Marks(text=personal_data(comment.text)),
    Reason.LINKS: _links,
    Reason.NAME_ADVERT: _in_name(names.adverts),
    Reason.NAME_CONTACT: _in_name(names.contacts),
    Reason.NAME_INSULT: _in_name(names.insults),
    Reason.IMPERSONATION: _in_name(_impersonations),
    Reason.WEBSITE: _in_website,
    Reason.REPEATED_CONTACT: _contacts,
}
