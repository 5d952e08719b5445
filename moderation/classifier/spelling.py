"""Spell out disguised words, for a judge that reads whole words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from moderation.classifier.characters import APOSTROPHES
from moderation.classifier.disguises import is_letter
from moderation.classifier.text import GAP, Letters, clip, unmask

# Apostrophes that separate single letters, as dots would: d'u'm.
_SEPARATING = re.compile(rf"(?<!\w)\w(?:[{APOSTROPHES}]\w){{2,}}(?!\w)")
# Repeated letters that hide nothing: www, VIII, CCCP.
_LITERAL = re.compile(
    r"(?i:https?://|www\.|t\.me/)\S+"
    r"|(?<!\w)(?:[IVXLCDMІХСМ]+|[A-ZА-ЯЁІЇЄҐ]{3,4})(?!\w)"
)
_WORD = re.compile(rf"[\w{APOSTROPHES}]+")


@dataclass(frozen=True)
class Spelled:
    """A text with its disguised words spelled out.

    offsets: where each of its characters is in the text as written.
    """

    text: str
    offsets: Sequence[int]

    def as_written(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to `end` (exclusive) are as written."""
        return self.offsets[start], self.offsets[end - 1] + 1


def spelled_out(texts: Sequence[str]) -> list[Spelled]:
    """Return each text with its disguised words in small letters, and clipped if it has any."""
    clipped = [clip(text) for text in texts]
    letters = unmask(clipped)
    found = [Spelled(text, range(len(text))) for text in texts]
    is_shorter = np.diff(letters.starts) < letters.lengths + GAP
    for number in (is_shorter | (letters.unmasked_counts > 0)).nonzero()[0].tolist():
        found[number] = _spelled(letters, number, clipped[number]) or found[number]
    return found


def _spelled(letters: Letters, number: int, text: str) -> Spelled | None:
    """Return a text as it was unmasked; None if no word was disguised."""
    entries = slice(*letters.starts[number : number + 2].tolist())
    offsets = (letters.origin[entries] - (letters.lengths[:number] + GAP).sum()).tolist()
    removed = _removed(offsets, is_letter(letters.kinds[entries]).tolist())
    harmless = _harmless(text, removed)
    if len(harmless) == len(removed) and not letters.unmasked_counts[number]:
        return None
    read = letters.codes[entries].tobytes().decode("utf-32-le", "replace")
    kept = [*zip(offsets, read, strict=True), *((place, text[place]) for place in harmless)]
    kept.sort()
    spelled = "".join(character for _, character in kept).rstrip()
    return _with_capitals(Spelled(spelled, [place for place, _ in kept[: len(spelled)]]), text)


def _removed(offsets: Sequence[int], after_letter: Sequence[bool]) -> list[int]:
    """Return the places after a letter that were left out: others, as in emoji, hide no word."""
    gaps = zip(offsets, offsets[1:], after_letter, strict=False)
    found = (range(here + 1, next_one) for here, next_one, is_after in gaps if is_after)
    return [place for gap in found for place in gap]


def _harmless(text: str, removed: Sequence[int]) -> set[int]:
    """Return those of the places that belong to a word as it is normally written."""
    found = {place for place in removed if text[place] in APOSTROPHES}
    for separated in _SEPARATING.finditer(text):
        found.difference_update(range(*separated.span()))
    for literal in _LITERAL.finditer(text):
        found.update(set(removed).intersection(range(*literal.span())))
    return found


def _with_capitals(spelled: Spelled, text: str) -> Spelled:
    """Give the words that were not disguised their capitals back."""

    def written(found: re.Match[str]) -> str:
        as_written = text[slice(*spelled.as_written(*found.span()))]
        return as_written if as_written.lower() == found.group().lower() else found.group()

    return Spelled(_WORD.sub(written, spelled.text), spelled.offsets)
