"""Undo disguises of words: leet, letter spacing, repeated letters, alphabets that are mixed."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import (
    APOSTROPHE,
    COMPOSED,
    CYRILLIC,
    CYRILLIC_TWIN,
    DIGIT,
    DROPPED,
    FOREIGN,
    IS_LEET,
    LATIN,
    LATIN_TWIN,
    LEET_TO_CYRILLIC,
    LEET_TO_LATIN,
    SEPARATOR,
    SPACE,
    SYMBOL,
    Codes,
)
from moderation.classifier.mask_arrays import Mask, Positions, after, before, runs, words_around

_LATIN, _FOREIGN_LESS_LATIN = np.uint8(LATIN), np.uint8(FOREIGN - LATIN)
_NONE = np.zeros(0, dtype=np.int64)
# As bytes of a mask: three letters with something else on either side of each; two in a row; and
# three pairs of equal letters.
_THREE_SINGLE, _TWICE, _DOUBLED = b"\0\1\0\1\0\1\0", b"\1\1", b"\1\0\1\0\1"


def is_letter(kinds: NDArray[np.uint8]) -> Mask:
    """Whether each kind is one of letters."""
    # One comparison is enough, because what is below LATIN becomes the highest number.
    return np.asarray(kinds - _LATIN <= _FOREIGN_LESS_LATIN)


def _has(kinds: NDArray[np.uint8], *wanted: int) -> bool:
    """Return whether any of the kinds occurs; searching bytes is the fastest way."""
    content = kinds.tobytes()
    return any(kind in content for kind in wanted)


def _compose(raw: Codes, codes: Codes) -> None:
    """Replace, in place, a letter followed by a combining mark with й, ї or ё."""
    for mark, letter, composed in COMPOSED:
        marks = (raw == mark).nonzero()[0]
        bases = marks[marks > 0] - 1
        codes[bases[codes[bases] == ord(letter)]] = ord(composed)


def visible(raw: Codes, plain: Codes, kinds: NDArray[np.uint8], letter: Mask) -> Positions:
    """Return the places of what is neither hidden nor an apostrophe between letters.

    Compose, in place, letters and combining marks.
    """
    if not _has(kinds, DROPPED, APOSTROPHE):
        return np.arange(len(kinds))
    dropped = kinds == DROPPED
    if np.count_nonzero(dropped):
        _compose(raw, plain)
    dropped |= (kinds == APOSTROPHE) & before(letter) & after(letter)
    kept: Positions = (~dropped).nonzero()[0]
    return kept


def unmask_leet(codes: Codes, kinds: NDArray[np.uint8]) -> bool:
    """Replace, in place, digits and signs between letters with the letters they stand for.

    Return whether there were any.
    """
    places = ((kinds == DIGIT) | (kinds == SYMBOL)).nonzero()[0]
    # Most are at the end of a word. The last character of a batch is a space.
    places = places[kinds[places + 1] != SEPARATOR]
    places = places[IS_LEET[codes[places]]]
    if not len(places):
        return False
    padded = np.zeros(len(codes) + 4, dtype=np.uint8)
    padded[2:-2] = kinds
    # The kinds of two characters on either side: another sign may come before the letter.
    far_left, left, right, far_right = (padded[places + by] for by in (0, 1, 3, 4))
    leet = np.zeros(len(padded), dtype=np.bool_)
    leet[places + 2] = True
    enclosed = is_letter(left) | (leet[places + 1] & is_letter(far_left))
    enclosed &= is_letter(right) | (leet[places + 3] & is_letter(far_right))
    if not np.count_nonzero(enclosed):
        return False
    signs = codes[places]
    in_cyrillic = (left == CYRILLIC) | (far_left == CYRILLIC)
    to_cyrillic = enclosed & in_cyrillic & (LEET_TO_CYRILLIC[signs] != signs)
    to_latin = enclosed & ~to_cyrillic & (LEET_TO_LATIN[signs] != signs)
    for chosen, letters, kind in (
        (to_cyrillic, LEET_TO_CYRILLIC, CYRILLIC),
        (to_latin, LEET_TO_LATIN, LATIN),
    ):
        codes[places[chosen]] = letters[signs[chosen]]
        kinds[places[chosen]] = kind
    return True


def spaced_separators(codes: Codes, kinds: NDArray[np.uint8]) -> Mask | None:
    """Find the separators in words spelled letter by letter: d.u.m, or d u m b.

    With spaces it takes four letters, with other marks three. Return None if there are none.
    """
    letter = is_letter(kinds)
    # Most texts have none, and bytes are searched much faster than arrays.
    if _THREE_SINGLE not in b"\0" + letter.tobytes():
        return None
    single = letter & ~before(letter) & ~after(letter)
    between = ~letter & (kinds != DIGIT) & before(single) & after(single)
    out = np.zeros(len(kinds), dtype=np.bool_)
    # Marks first: a one-letter word before "d-u-m" is not part of it.
    for kind, least in ((between & (codes != SPACE), 5), (between & (codes == SPACE), 7)):
        starts, ends = runs(single | kind)
        long = (ends - starts) >= least
        for start, end in zip(starts[long], ends[long], strict=True):
            out[start:end] = kind[start:end]
            single[start:end] = False
    return out


def repeated(codes: Codes, kinds: NDArray[np.uint8]) -> Mask | None:
    """Find all but the first of three or more equal letters in a row, and in words in which every
    letter is doubled the second of each pair. Return None if there are none.
    """
    letter = is_letter(kinds)
    same = (codes[1:] == codes[:-1]) & letter[1:]
    content = same.tobytes()
    if _TWICE not in content and _DOUBLED not in content:
        return None
    out = np.zeros(len(codes), dtype=np.bool_)
    out[1:] = same & (before(same) | after(same))
    for start, end in _doubled_words(content, letter.tobytes()):
        out[start:end:2] = False
        out[start + 1 : end : 2] = True
    return out if np.count_nonzero(out) else None


def _doubled_words(same: bytes, letter: bytes) -> Iterator[tuple[int, int]]:
    """Yield the start and the end (exclusive) of each word in which every letter is doubled.

    `same` is whether each character is the same letter as the one after it.
    """
    at, end = same.find(_DOUBLED), 0
    while at >= 0:
        start = letter.rfind(b"\0", end, at) + 1 or end
        end = letter.find(b"\0", at)
        if same[start:end:2] == b"\1" * ((end - start) // 2):
            yield start, end
        at = same.find(_DOUBLED, end)


def unify_scripts(codes: Codes, kinds: NDArray[np.uint8]) -> bool:
    """Rewrite, in place, each word that mixes Latin and Cyrillic letters in one of the scripts.

    That is the script in which every letter of the word has an equivalent; if both qualify, the
    one with more letters; if neither does, the word stays as it is. Return whether any was mixed.
    """
    starts, lengths = _mixed_words(kinds)
    if not len(starts):
        return False
    firsts = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(starts - firsts, lengths)
    written, scripts = codes[places], kinds[places]
    latin, cyrillic = scripts == LATIN, scripts == CYRILLIC
    as_cyrillic, as_latin = CYRILLIC_TWIN[written], LATIN_TWIN[written]
    # One row per word: its letters of each script, and those with no twin in the other script.
    facts = np.stack(
        (latin, cyrillic, latin & (as_cyrillic == written), cyrillic & (as_latin == written)),
        axis=1,
    )
    latins, cyrillics, no_cyrillic, no_latin = np.add.reduceat(facts, firsts, dtype=np.int64).T
    both = (latins > 0) & (cyrillics > 0)
    to_cyrillic = both & (no_cyrillic == 0) & ((no_latin > 0) | (cyrillics >= latins))
    to_latin = both & ~to_cyrillic & (no_latin == 0)
    for words, twins, script in ((to_cyrillic, as_cyrillic, CYRILLIC), (to_latin, as_latin, LATIN)):
        chosen = np.repeat(words, lengths)
        codes[places[chosen]] = twins[chosen]
        kinds[places[chosen]] = script
    return True


def _mixed_words(kinds: NDArray[np.uint8]) -> tuple[Positions, Positions]:
    """Return the start and the length of each word with letters of more than one kind."""
    content = kinds.tobytes()
    if LATIN not in content or CYRILLIC not in content:
        return _NONE, _NONE
    letter = is_letter(kinds)
    changes = ((kinds[1:] != kinds[:-1]) & letter[1:] & letter[:-1]).nonzero()[0]
    starts, ends = words_around(changes, letter)
    first = np.append(True, starts[1:] != starts[:-1])[: len(starts)]
    return starts[first], (ends - starts)[first]
