"""Turn comments into folded tokens, keeping the offset of each character in the original text.

A batch is processed as one array of code points, so no step loops over characters in Python.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import (
    APOSTROPHE,
    COMPOSED,
    CYRILLIC,
    CYRILLIC_TWIN,
    DIGIT,
    DROPPED,
    FOLD,
    FOREIGN,
    HARD_SIGN,
    IS_LEET,
    KIND,
    KINDS,
    LATIN,
    LATIN_TWIN,
    LEET_TO_CYRILLIC,
    LEET_TO_LATIN,
    LOWER,
    SPACE,
    STAR,
    SYMBOL,
    Codes,
)
from moderation.classifier.mask_arrays import Mask, Positions, after, before, runs

READ_FIRST = 4000
READ_LAST = 1000
# Number of spaces after each text of a batch.
GAP = 2
_EMPTY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Letters:
    """A batch after unmasking and before folding: one entry per character that was kept.

    codes: the characters of the whole batch, as code points.
    kinds: the kind of each (see `characters`).
    origin: the offset of each in the joined texts.
    starts: the first entry of each text (length: texts + 1).
    capital: whether each was a capital letter.
    unmasked: whether each replaces another character.
    lengths: the length of each text.
    """

    codes: Codes
    kinds: NDArray[np.uint8]
    origin: Positions
    starts: Positions
    capital: Mask
    unmasked: Mask
    lengths: Positions

    @cached_property
    def numbers(self) -> Positions:
        """The index of the text that each entry belongs to."""
        return np.repeat(np.arange(len(self.lengths)), self.starts[1:] - self.starts[:-1])

    @cached_property
    def kind_counts(self) -> Positions:
        """The number of entries of each kind in each text: (texts, KINDS)."""
        count = len(self.lengths)
        found = np.bincount(self.numbers * KINDS + self.kinds, minlength=count * KINDS)
        return found.reshape(count, KINDS)

    def sums(self, values: NDArray[Any], dtype: type) -> NDArray[Any]:
        """Sum the values, one per entry, for each text."""
        # No slice is empty: every text has at least the two spaces after it.
        return np.add.reduceat(values, self.starts[:-1], dtype=dtype)


@dataclass(frozen=True)
class Tokens:
    """A batch as folded tokens: one space before each token, and one after the last.

    codes: the characters of the whole batch.
    origin: the offset of each in the joined texts; empty unless asked for.
    token_starts: the index of each token's first character.
    text_starts: the number of each text's first token (length: texts + 1).
    """

    codes: Codes
    origin: Positions
    token_starts: Positions
    text_starts: Positions


def clip(text: str) -> str:
    """Return the part of the text that is read: the first 4,000 and the last 1,000 characters."""
    if len(text) <= READ_FIRST + READ_LAST:
        return text
    return text[:READ_FIRST] + text[-READ_LAST:]


def _is_letter(kinds: NDArray[np.uint8]) -> Mask:
    return np.asarray((kinds >= LATIN) & (kinds <= FOREIGN))


def _compose(raw: Codes, codes: Codes) -> None:
    """Replace, in place, a letter followed by a combining mark with й, ї or ё."""
    for mark, letter, composed in COMPOSED:
        marks = (raw == mark).nonzero()[0]
        bases = marks[marks > 0] - 1
        codes[bases[codes[bases] == ord(letter)]] = ord(composed)


def _drop_apostrophes(dropped: Mask, kinds: NDArray[np.uint8], letter: Mask) -> None:
    """Mark, in place, the apostrophes between letters as dropped."""
    apostrophe = kinds == APOSTROPHE
    if apostrophe.any():
        dropped |= apostrophe & before(letter) & after(letter)


def _unmask_leet(codes: Codes, kinds: NDArray[np.uint8]) -> None:
    """Replace, in place, digits and signs between letters with the letters they stand for."""
    places = IS_LEET.take(codes).nonzero()[0]
    if not len(places):
        return
    padded = np.zeros(len(codes) + 4, dtype=np.uint8)
    padded[2:-2] = kinds
    # The kinds of two characters on either side: another sign may come before the letter.
    far_left, left, right, far_right = (padded[places + by] for by in (0, 1, 3, 4))
    leet = np.zeros(len(padded), dtype=np.bool_)
    leet[places + 2] = True
    enclosed = _is_letter(left) | (leet[places + 1] & _is_letter(far_left))
    enclosed &= _is_letter(right) | (leet[places + 3] & _is_letter(far_right))
    if not enclosed.any():
        return
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


def _spaced_separators(codes: Codes, kinds: NDArray[np.uint8]) -> Mask | None:
    """Find the separators in words spelled letter by letter: d.u.m, or d u m b.

    With spaces it takes four letters, with other marks three. Return None if there are none.
    """
    letter = _is_letter(kinds)
    single = letter & ~before(letter) & ~after(letter)
    places = single.nonzero()[0]
    close = (places[1:] - places[:-1]) == 2
    if not (close[1:] & close[:-1]).any():
        return None
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


def _repeated(codes: Codes, kinds: NDArray[np.uint8]) -> Mask | None:
    """Find all but the first of three or more equal letters in a row; None if there are none."""
    same = (codes[1:] == codes[:-1]) & _is_letter(kinds[1:])
    if not (same[1:] & same[:-1]).any():
        return None
    out = np.zeros(len(codes), dtype=np.bool_)
    out[1:] = same & (before(same) | after(same))
    return out


def _unify_scripts(codes: Codes, kinds: NDArray[np.uint8]) -> None:
    """Rewrite, in place, each word that mixes Latin and Cyrillic letters in one of the scripts.

    That is the script in which every letter of the word has an equivalent; if both qualify, the
    one with more letters; if neither does, the word stays as it is.
    """
    letter = _is_letter(kinds)
    changes = ((kinds[1:] != kinds[:-1]) & letter[1:] & letter[:-1]).nonzero()[0]
    if not len(changes):
        return
    starts, ends = runs(letter)
    mixed = np.unique(starts.searchsorted(changes, side="right") - 1)
    lengths = ends[mixed] - starts[mixed]
    firsts = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(starts[mixed] - firsts, lengths)
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


def unmask(texts: Sequence[str]) -> Letters:
    """Undo case, width, hidden characters, leet and letter spacing in a batch of clipped texts.

    Accept any string, including lone surrogates and NUL. Origins are offsets into the texts
    joined by two spaces.
    """
    space = " " * GAP
    joined = space.join(texts) + space
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # A code point beyond the tables counts as the last one in them.
    plain = LOWER.take(raw, mode="clip")
    kinds = KIND.take(plain)
    letter = _is_letter(kinds)
    capital = (plain != raw) & letter
    dropped = kinds == DROPPED
    if dropped.any():
        _compose(raw, plain)
    _drop_apostrophes(dropped, kinds, letter)
    origin = (~dropped).nonzero()[0]
    codes, kinds = plain.take(origin), kinds.take(origin)
    _unmask_leet(codes, kinds)
    for find in (_spaced_separators, _repeated):
        found = find(codes, kinds)
        if found is not None:
            kept = (~found).nonzero()[0]
            codes, kinds, origin = codes.take(kept), kinds.take(kept), origin.take(kept)
    _unify_scripts(codes, kinds)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    begins = np.concatenate(([0], np.cumsum(lengths + GAP)))
    unmasked = (codes != plain.take(origin)) & _is_letter(kinds)
    starts = origin.searchsorted(begins)
    return Letters(codes, kinds, origin, starts, capital.take(origin), unmasked, lengths)


def _in_word(codes: Codes, kinds: NDArray[np.uint8]) -> Mask:
    """Return what is part of a word: letters, digits, and stars next to letters."""
    letter = _is_letter(kinds)
    in_word: Mask = letter | (kinds == DIGIT)
    star = codes == STAR
    if star.any():
        in_word |= star & (before(letter) | after(letter))
    return in_word


def fold(letters: Letters, with_origin: bool = False) -> Tokens:
    """Fold cognate spellings and digits, and split the batch into tokens.

    A token is a run of letters and digits, with stars that mask letters of a word, or one symbol
    such as an emoji or an exclamation mark. `origin` stays empty unless `with_origin` is set.
    """
    codes, kinds, starts = letters.codes, letters.kinds, letters.starts
    in_word = _in_word(codes, kinds)
    symbol = kinds == SYMBOL
    hard = codes == HARD_SIGN
    at = np.arange(len(codes))
    if hard.any():
        at = (~hard).nonzero()[0]
        codes, in_word, symbol = codes.take(at), in_word.take(at), symbol.take(at)
        starts = at.searchsorted(starts)
    begins_token = symbol | (in_word & ~before(in_word))
    # Each character as a pair: the space before its token, and itself. `kept` picks from these.
    pairs = np.full((len(codes) + 1, 2), SPACE, dtype=np.uint32)
    kept = np.zeros((len(codes) + 1, 2), dtype=np.bool_)
    pairs[:-1, 1] = FOLD.take(codes)
    kept[:-1, 0] = begins_token
    kept[:-1, 1] = in_word | symbol
    kept[-1, 0] = True
    chosen = kept.ravel().nonzero()[0]
    folded_codes = pairs.ravel().take(chosen)
    origin = letters.origin[at[np.minimum(chosen >> 1, len(at) - 1)]] if with_origin else _EMPTY
    token_starts = (folded_codes == SPACE).nonzero()[0][:-1] + 1
    text_starts = begins_token.nonzero()[0].searchsorted(starts)
    return Tokens(folded_codes, origin, token_starts, text_starts)


def folded(text: str) -> str:
    """Return the folded tokens of one text, separated by single spaces."""
    tokens = fold(unmask([clip(text)]))
    return tokens.codes.tobytes().decode("utf-32-le", "replace").strip()
