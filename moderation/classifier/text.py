"""Turn comments into folded tokens, keeping the offset of each character in the original text.

A batch is processed as one array of code points, so no step loops over characters in Python.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import (
    DIGIT,
    DROPPED,
    EXCLAMATION,
    FOLD,
    HARD_SIGN,
    KIND,
    KINDS,
    LOWER,
    NEWLINE,
    SPACE,
    STAR,
    SYMBOL,
    Codes,
)
from moderation.classifier.disguises import (
    is_letter,
    repeated,
    spaced_separators,
    unify_scripts,
    unmask_leet,
    visible,
)
from moderation.classifier.insertions import FIRST_EMOJI, insertions
from moderation.classifier.mask_arrays import Mask, Positions, after, before

READ_FIRST = 4000
READ_LAST = 1000
# Number of spaces after each text of a batch.
GAP = 2
_EMPTY = np.zeros(0, dtype=np.int64)
_MARKED, _UNMASKED = np.uint8(KINDS), np.uint8(2 * KINDS)


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
    def tally(self) -> Positions:
        """How many entries of each text are what: (texts, 2, 2, KINDS).

        The second index is 1 for those unmasked. The third is 1 for capital letters, exclamation
        marks and ends of lines. One count of all is much faster than a count of each.
        """
        marked = (self.codes == EXCLAMATION) | (self.codes == NEWLINE) | self.capital
        what = self.kinds + marked * _MARKED + self.unmasked * _UNMASKED
        cells, texts = 4 * KINDS, len(self.lengths)
        begins = np.repeat(np.arange(0, texts * cells, cells), self.starts[1:] - self.starts[:-1])
        return np.bincount(begins + what, minlength=texts * cells).reshape(texts, 2, 2, KINDS)

    @cached_property
    def kind_counts(self) -> Positions:
        """The number of entries of each kind in each text: (texts, KINDS)."""
        return np.asarray(self.tally.sum(axis=(1, 2)))

    @cached_property
    def unmasked_counts(self) -> Positions:
        """The number of unmasked entries of each text: (texts,)."""
        return np.asarray(self.tally[:, 1].sum(axis=(1, 2)))

    def numbers(self, places: Sequence[int]) -> list[int]:
        """Return the number of the text that each of these entries belongs to."""
        if not places:
            return []
        found: list[int] = (self.starts.searchsorted(places, side="right") - 1).tolist()
        return found

    def count(self, places: Positions) -> Positions:
        """Return how many of these entries, in ascending order, each text has."""
        found = places.searchsorted(self.starts)
        return found[1:] - found[:-1]


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


def _drop_insertions(joined: str, raw: Codes, kinds: NDArray[np.uint8], letter: Mask) -> None:
    """Mark, in place, as dropped what is put between the letters of a word."""
    emoji = (letter[:-1] & ~letter[1:] & (raw[1:] >= FIRST_EMOJI)).nonzero()[0] + 1
    for start, end in insertions(joined, emoji.tolist()):
        kinds[start:end] = DROPPED


def unmask(texts: Sequence[str]) -> Letters:
    """Undo case, width and disguises (`insertions`, `disguises`) in a batch of clipped texts.

    Accept any string, including lone surrogates and NUL. Origins are offsets into the texts
    joined by two spaces.
    """
    gap = " " * GAP
    joined = gap.join(texts) + gap
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # A code point beyond the tables counts as the last one in them.
    plain = LOWER.take(raw, mode="clip")
    kinds = KIND.take(plain, mode="clip")
    letter = is_letter(kinds)
    capital = (plain != raw) & letter
    _drop_insertions(joined, raw, kinds, letter)
    origin = visible(raw, plain, kinds, letter)
    codes, kinds = plain.take(origin), kinds.take(origin)
    changed = unmask_leet(codes, kinds)
    for find in (spaced_separators, repeated):
        found = find(codes, kinds)
        if found is not None:
            kept = (~found).nonzero()[0]
            codes, kinds, origin = codes.take(kept), kinds.take(kept), origin.take(kept)
    changed |= unify_scripts(codes, kinds)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate(([0], np.cumsum(lengths + GAP)))
    if len(origin) < len(plain):
        starts = origin.searchsorted(starts)
        plain, capital = plain.take(origin), capital.take(origin)
    unmasked = (codes != plain) & is_letter(kinds) if changed else np.zeros(len(codes), np.bool_)
    return Letters(codes, kinds, origin, starts, capital, unmasked, lengths)


def _in_word(codes: Codes, kinds: NDArray[np.uint8]) -> Mask:
    """Return what is part of a word: letters, digits, and stars next to letters."""
    letter = is_letter(kinds)
    in_word: Mask = letter | (kinds == DIGIT)
    star = codes == STAR
    if np.count_nonzero(star):
        in_word |= star & (before(letter) | after(letter))
    return in_word


def fold(letters: Letters, with_origin: bool = False) -> Tokens:
    """Fold cognate spellings and digits, and split the batch into tokens.

    A token is a run of letters and digits, with stars that mask letters of a word, or one symbol
    such as an emoji or an exclamation mark. `origin` stays empty unless `with_origin` is set.
    """
    codes, kinds = letters.codes, letters.kinds
    in_word = _in_word(codes, kinds)
    symbol = kinds == SYMBOL
    begins_token = symbol | (in_word & ~before(in_word))
    for place in (codes == HARD_SIGN).nonzero()[0]:
        # Without it, its word begins at the character after it, if there is one.
        in_word[place] = False
        if begins_token[place]:
            begins_token[place] = False
            begins_token[place + 1] |= in_word[place + 1]
    # Each character as a pair: the space before its token, and itself. `kept` picks from these.
    pairs = np.full((len(codes) + 1, 2), SPACE, dtype=np.uint32)
    kept = np.zeros((len(codes) + 1, 2), dtype=np.bool_)
    pairs[:-1, 1] = FOLD.take(codes)
    kept[:-1, 0] = begins_token
    kept[:-1, 1] = in_word | symbol
    kept[-1, 0] = True
    chosen = kept.ravel().nonzero()[0]
    folded_codes = pairs.ravel().take(chosen)
    origin = letters.origin[np.minimum(chosen >> 1, len(codes) - 1)] if with_origin else _EMPTY
    token_starts = (folded_codes == SPACE).nonzero()[0][:-1] + 1
    text_starts = begins_token.nonzero()[0].searchsorted(letters.starts)
    return Tokens(folded_codes, origin, token_starts, text_starts)


def folded(text: str) -> str:
    """Return the folded tokens of one text, separated by single spaces."""
    tokens = fold(unmask([clip(text)]))
    return tokens.codes.tobytes().decode("utf-32-le", "replace").strip()
