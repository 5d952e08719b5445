"""Find what people put between the letters of a word to hide it: markup, brackets, emoji.

What stands between words, or at the end of one as in "word(s)", is left alone.
"""

import re
from collections.abc import Iterable, Iterator

_LETTER = r"[^\W\d_]"
# Only what changes no more than the look of letters. A line break would separate words.
_TAG = "b|i|u|s|a|em|strong|span|font|small|big|mark|sub|sup|del|ins|tt|code"
_TAGGED = re.compile(rf"<({_TAG})>({_LETTER}*)</\1>", re.IGNORECASE)
_BRACKETED = re.compile(
    rf"[(\[{{]{_LETTER}{{1,3}}[)\]}}](?:{_LETTER}{{0,20}}[(\[{{]{_LETTER}{{1,3}}[)\]}}])*"
)
_BRACKETS = re.compile(r"[(\[{)\]}]")
# f(x) is not a word.
_VARIABLES = re.compile(r"[(\[{][xyz][)\]}]", re.IGNORECASE)
# Not hearts, which stand for a word.
_EMOJI = re.compile(
    rf"(?<={_LETTER}{{2}})(?:[\u2600-\u2664\u2666-\u2763\u2766-\u27bf\U0001f000-\U0001f48a"
    rf"\U0001f4a0-\U0001f5a3\U0001f5a5-\U0001f90c\U0001f910-\U0001f9e0\U0001f9e2-\U0001fa74"
    rf"\U0001fa78-\U0001faff][\ufe0f\u200d]{{0,2}}){{1,3}}(?={_LETTER}{{2}})"
)
FIRST_EMOJI = 0x2600
# Between two parts of so many letters each an emoji more often separates words.
_WHOLE = 4
# Brackets around so many letters in a row spell out a word even if nothing surrounds them.
_SPELLED = 4


def insertions(text: str, after_letters: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end (exclusive) of each insertion.

    `after_letters` are the places of emoji, or of anything from FIRST_EMOJI on, after a letter: a
    search for them here would take long. What is found in one of several texts joined by spaces
    does not depend on the others.
    """
    if "</" in text:
        for found in _TAGGED.finditer(text):
            if _letters_beside(found):
                yield found.start(), found.start(2)
                yield found.end(2), found.end()
    for found in _bracketed(text):
        if _is_in_word(found) and not _VARIABLES.search(found.group()):
            for bracket in _BRACKETS.finditer(text, *found.span()):
                yield bracket.span()
    for place in after_letters:
        emoji = _EMOJI.match(text, place)
        if emoji and not _is_between_words(emoji):
            yield emoji.span()


def _bracketed(text: str) -> Iterator[re.Match[str]]:
    """Do what `finditer` does, several times as fast: few texts have brackets."""
    end = 0
    for place in sorted(place for bracket in "([{" for place in _places(bracket, text)):
        found = _BRACKETED.match(text, place) if place >= end else None
        if found:
            end = found.end()
            yield found


def _places(mark: str, text: str) -> Iterator[int]:
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + 1)


def _letters_beside(found: re.Match[str]) -> int:
    """Return on how many sides a letter follows directly."""
    text, (start, end) = found.string, found.span()
    return int(text[max(start - 1, 0) : start].isalpha()) + int(text[end : end + 1].isalpha())


def _is_in_word(found: re.Match[str]) -> bool:
    """Whether brackets are in the middle of a word, or around several of its letters."""
    groups, sides = sum(map(found.group().count, "([{")), _letters_beside(found)
    return sides == 2 or groups >= _SPELLED or (groups > 1 and sides == 1)


def _is_between_words(found: re.Match[str]) -> bool:
    text, (start, end) = found.string, found.span()
    parts = text[max(start - _WHOLE, 0) : start], text[end : end + _WHOLE]
    return all(len(part) == _WHOLE and part.isalpha() for part in parts)
