"""What the lines of a list of banned words would have caught among the site's latest comments.

Everything but the query in `lint` is pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from comments.models import ERASED_TEXT, Comment, Status
from moderation.labels import exact_percent
from moderation.policy.reading import (
    ANY_ENDING,
    Caught,
    PhraseWord,
    caught_in_each,
    find_phrases,
    phrases,
)

SAMPLE = 10_000
# Read at once: more would need much memory.
_BATCH = 500
MAX_EXCERPTS = 5
MAX_WORDS = 12
# Letters of the text on each side of what was found.
_AROUND = 45
# A line is very common if it catches this share of the comments, and this many.
_COMMON_SHARE, _COMMON_COUNT = 0.05, 10


@dataclass(frozen=True)
class Said:
    """What a comment has in the places where banned words are looked for."""

    comment: int
    published: bool
    places: tuple[str, ...]


@dataclass(frozen=True)
class Excerpt:
    """What was found in a comment, with the text around it."""

    comment: int
    published: bool
    before: str
    found: str
    after: str


@dataclass
class Finding:
    """What one line of the list would have caught."""

    line: str
    warnings: list[str] = field(default_factory=list)
    caught: int = 0
    published: int = 0
    # The latest of each kind.
    excerpts_published: list[Excerpt] = field(default_factory=list)
    excerpts_otherwise: list[Excerpt] = field(default_factory=list)
    # Words that only the asterisk catches, with the number of published and of all comments.
    words: Counter[str] = field(default_factory=Counter)
    words_published: Counter[str] = field(default_factory=Counter)

    @property
    def excerpts(self) -> list[Excerpt]:
        """Up to `MAX_EXCERPTS`, published ones first: those would have been held for nothing."""
        return [*self.excerpts_published, *self.excerpts_otherwise][:MAX_EXCERPTS]

    @property
    def longer_words(self) -> list[tuple[str, int]]:
        """Words that only the asterisk catches, with the number of comments.

        Those of published comments come first: they are probably innocent.
        """

        def place(word: str) -> tuple[int, int]:
            return -self.words_published[word], -self.words[word]

        return [(word, self.words[word]) for word in sorted(self.words, key=place)[:MAX_WORDS]]

    def add(self, said: Said, found: Sequence[tuple[str, Caught]]) -> None:
        """Count a comment in which the line was found, at these places."""
        self.caught += 1
        self.published += said.published
        kept = self.excerpts_published if said.published else self.excerpts_otherwise
        if len(kept) < MAX_EXCERPTS:
            kept.append(_excerpt(said, *found[0]))
        longer = {text[each.start : each.end].casefold() for text, each in found if each.is_longer}
        self.words.update(longer)
        if said.published:
            self.words_published.update(longer)


@dataclass(frozen=True)
class Lint:
    """What the new lines of a list would have caught, among how many comments."""

    read: int
    findings: Sequence[Finding]

    @property
    def has_news(self) -> bool:
        """Whether there is anything to ask about before the list is saved."""
        return any(each.caught or each.warnings for each in self.findings)


def lint(*, site: str, lines: Sequence[str], listed: Sequence[str]) -> Lint:
    """Say what these lines of the site's list would have caught; `listed` is the whole list."""
    comments = Comment.objects.filter(article__site=site).exclude(text=ERASED_TEXT)
    rows = comments.order_by("-created_at", "-id").values_list(
        "pk", "status", "author_name", "author_url", "text"
    )
    said = [_said(*row) for row in rows[:SAMPLE]]
    return Lint(len(said), findings(lines=lines, listed=listed, said=said))


def findings(*, lines: Sequence[str], listed: Sequence[str], said: Sequence[Said]) -> list[Finding]:
    """Return what each line would have caught among these comments, the latest first."""
    by_line = {line: Finding(line, _faults(line, listed)) for line in lines}
    for start in range(0, len(said), _BATCH):
        some = said[start : start + _BATCH]
        for each, caught in zip(some, _caught(some, tuple(by_line)), strict=True):
            for line, places in caught.items():
                by_line[line].add(each, places)
    for finding in by_line.values():
        finding.warnings += _commonness(finding, len(said))
    return list(by_line.values())


def _said(pk: int, status: str, *places: str) -> Said:
    # The text first: excerpts come from there if the line is in several places.
    name, website, text = places
    return Said(pk, status == Status.PUBLISHED, (text, name, website))


def _caught(
    said: Sequence[Said], lines: tuple[str, ...]
) -> Iterator[dict[str, list[tuple[str, Caught]]]]:
    """Yield where each line is found in each of these comments: the text and the place in it."""
    places = [place for each in said for place in each.places]
    found = iter(zip(places, caught_in_each(places, lines), strict=True))
    for each in said:
        by_line: dict[str, list[tuple[str, Caught]]] = {}
        for text, caught in (next(found) for _place in each.places):
            for one in caught:
                by_line.setdefault(one.line, []).append((text, one))
        yield by_line


def _excerpt(said: Said, text: str, caught: Caught) -> Excerpt:
    first, last = max(0, caught.start - _AROUND), min(len(text), caught.end + _AROUND)
    return Excerpt(
        said.comment,
        said.published,
        ("…" if first else "") + text[first : caught.start],
        text[caught.start : caught.end],
        text[caught.end : last] + ("…" if last < len(text) else ""),
    )


def _faults(line: str, listed: Sequence[str]) -> list[str]:
    """Return what is wrong with a line, whatever the comments say."""
    return [*_matches_nothing(line), *_is_one_letter(line), *_is_listed(line, listed)]


def _matches_nothing(line: str) -> Iterator[str]:
    if not find_phrases(line.replace(ANY_ENDING, ""), (line,)):
        yield _("It can never be found: an asterisk stands only at the end of a word.")


def _is_one_letter(line: str) -> Iterator[str]:
    if any(len(phrase) == 1 and len(phrase[0].form) == 1 for phrase in phrases(line)):
        yield _("It is a single letter or sign.")


def _is_listed(line: str, listed: Sequence[str]) -> Iterator[str]:
    others = [*listed[: listed.index(line)], *listed[listed.index(line) + 1 :]]
    other = next((each for each in others if _covers(each, line)), None)
    if other is not None:
        yield _("The line “%s” catches the same already.") % other


def _covers(other: str, line: str) -> bool:
    """Whether another line catches all that this one does."""
    wider = phrases(other)
    return all(any(_is_within(one, each) for each in wider) for one in phrases(line))


def _is_within(one: Sequence[PhraseWord], wider: Sequence[PhraseWord]) -> bool:
    return len(one) == len(wider) and all(map(_word_is_within, one, wider))


def _word_is_within(one: PhraseWord, wider: PhraseWord) -> bool:
    return one.form.startswith(wider.form) if wider.open else one == wider


def _commonness(finding: Finding, read: int) -> Iterable[str]:
    if finding.caught >= max(_COMMON_COUNT, _COMMON_SHARE * read):
        share: Any = exact_percent(round(finding.caught / read, 2))
        yield _("It holds %s of all comments.") % share
