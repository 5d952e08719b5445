"""Turn raw comments into folded token streams that still know where each character came from.

A whole batch is treated as one array of code points, so that no step loops over characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
    LATIN,
    LATIN_TWIN,
    LEET_TO_CYRILLIC,
    LEET_TO_LATIN,
    LOWER,
    SPACE,
    STAR,
    SYMBOL,
    TABLE_SIZE,
    Codes,
)
from moderation.classifier.masks import Mask, Positions, after, before, runs

READ_FIRST = 4000
READ_LAST = 1000


@dataclass(frozen=True)
class Letters:
    """A batch after unmasking, before folding: one entry for each character that was kept.

    `codes` and `kinds` (the classes above) run over the whole batch; `origin` holds offsets into
    the joined text, `starts` the first entry of each text (length: texts + 1), `capital` what was
    a capital letter, `unmasked` what stood for another character, `lengths` how long each text was.
    """

    codes: Codes
    kinds: NDArray[np.uint8]
    origin: Positions
    starts: Positions
    capital: Mask
    unmasked: Mask
    lengths: Positions

    def numbers(self) -> Positions:
        """The number of the text that each entry belongs to."""
        return np.repeat(np.arange(len(self.lengths)), np.diff(self.starts))


@dataclass(frozen=True)
class Tokens:
    """A batch as folded tokens, each with one space before it, and one space at the very end.

    `codes` and `origin` run over the batch, `token_starts` holds the index of each token's first
    character, `token_texts` the number of the text that a token belongs to.
    """

    codes: Codes
    origin: Positions
    token_starts: Positions
    token_texts: Positions
    texts: int


def clip(text: str) -> str:
    """Return at most the first 4,000 and the last 1,000 characters, which is all that is read."""
    if len(text) <= READ_FIRST + READ_LAST:
        return text
    return text[:READ_FIRST] + text[-READ_LAST:]


def _is_letter(kinds: NDArray[np.uint8]) -> Mask:
    return np.asarray((kinds >= LATIN) & (kinds <= FOREIGN))


def _compose(raw: Codes, codes: Codes) -> None:
    """Write й ї ё in place of a letter followed by its combining mark."""
    for mark, letter, composed in COMPOSED:
        marks = np.flatnonzero(raw == mark)
        bases = marks[marks > 0] - 1
        codes[bases[codes[bases] == ord(letter)]] = ord(composed)


def _unmask_leet(codes: Codes, kinds: NDArray[np.uint8]) -> None:
    """Turn digits and signs into letters where letters stand on both sides of them."""
    leet = IS_LEET[codes]
    if not leet.any():
        return
    letter = _is_letter(kinds)
    cyrillic = kinds == CYRILLIC
    held_left = before(letter) | (before(leet) & before(letter, 2))
    held_right = after(letter) | (after(leet) & after(letter, 2))
    found = leet & held_left & held_right
    russian = found & (before(cyrillic) | before(cyrillic, 2)) & (LEET_TO_CYRILLIC[codes] != codes)
    latin = found & ~russian & (LEET_TO_LATIN[codes] != codes)
    codes[russian] = LEET_TO_CYRILLIC[codes[russian]]
    kinds[russian] = CYRILLIC
    codes[latin] = LEET_TO_LATIN[codes[latin]]
    kinds[latin] = LATIN


def _spaced_separators(codes: Codes, kinds: NDArray[np.uint8]) -> Mask:
    """Separators in a row of letters that stand one by one: three (d.u.m) or four (d u m b)."""
    letter = _is_letter(kinds)
    single = letter & ~before(letter) & ~after(letter)
    between = ~letter & (kinds != DIGIT) & before(single) & after(single)
    out = np.zeros(len(kinds), dtype=np.bool_)
    # Marks first: a word of one letter before "d-u-m" is not part of it.
    for kind, least in ((between & (codes != SPACE), 5), (between & (codes == SPACE), 7)):
        starts, ends = runs(single | kind)
        long = (ends - starts) >= least
        for start, end in zip(starts[long], ends[long], strict=True):
            out[start:end] = kind[start:end]
            single[start:end] = False
    return out


def _repeated(codes: Codes, kinds: NDArray[np.uint8]) -> Mask:
    """All but the first of three or more equal letters in a row."""
    same = np.zeros(len(codes), dtype=np.bool_)
    same[1:] = (codes[1:] == codes[:-1]) & _is_letter(kinds)[1:]
    out: Mask = same & (before(same) | after(same))
    return out


def _unify_scripts(codes: Codes, kinds: NDArray[np.uint8]) -> None:
    """Replace look-alike letters, only in words that mix Latin and Cyrillic."""
    latin, cyrillic = kinds == LATIN, kinds == CYRILLIC
    if not (latin.any() and cyrillic.any()):
        return
    starts, ends = runs(_is_letter(kinds))

    def count(mask: Mask) -> Positions:
        total = np.concatenate(([0], np.cumsum(mask)))
        return np.asarray(total[ends] - total[starts])

    latin_count, cyrillic_count = count(latin), count(cyrillic)
    mixed = (latin_count > 0) & (cyrillic_count > 0)
    if not mixed.any():
        return
    only_latin = count(latin & (CYRILLIC_TWIN[codes] == codes))
    only_cyrillic = count(cyrillic & (LATIN_TWIN[codes] == codes))
    to_cyrillic = (
        mixed & (only_latin == 0) & ((only_cyrillic > 0) | (cyrillic_count >= latin_count))
    )
    to_latin = mixed & ~to_cyrillic & (only_cyrillic == 0)
    for start, end in zip(starts[to_cyrillic], ends[to_cyrillic], strict=True):
        codes[start:end] = CYRILLIC_TWIN[codes[start:end]]
        kinds[start:end] = CYRILLIC
    for start, end in zip(starts[to_latin], ends[to_latin], strict=True):
        codes[start:end] = LATIN_TWIN[codes[start:end]]
        kinds[start:end] = LATIN


def read(texts: Sequence[str]) -> Letters:
    """Unmask a batch of texts (each already clipped): case, width, hidden marks, leet, spacing.

    Any string is accepted, also lone surrogates and NUL. Origins count from the start of the
    texts joined by two spaces.
    """
    joined = "  ".join(texts) + "  "
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    raw = np.minimum(raw, TABLE_SIZE - 1)
    codes = LOWER[raw]
    kinds = KIND[codes]
    dropped = kinds == DROPPED
    if dropped.any():
        _compose(raw, codes)
    letter = _is_letter(kinds)
    apostrophe = kinds == APOSTROPHE
    if apostrophe.any():
        dropped |= apostrophe & before(letter) & after(letter)
    plain, capital = codes, (codes != raw) & letter
    origin = np.flatnonzero(~dropped)
    codes, kinds = codes[origin], kinds[origin]
    _unmask_leet(codes, kinds)
    for find in (_spaced_separators, _repeated):
        found = find(codes, kinds)
        if found.any():
            codes, kinds, origin = codes[~found], kinds[~found], origin[~found]
    _unify_scripts(codes, kinds)
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    begins = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths + 2)))
    unmasked = (codes != plain[origin]) & _is_letter(kinds)
    starts = np.searchsorted(origin, begins)
    return Letters(codes, kinds, origin, starts, capital[origin], unmasked, lengths)


def fold(letters: Letters) -> Tokens:
    """Fold cognate spellings and digits, and lay the batch out as tokens with spaces between.

    A token is a run of letters and digits (with stars inside words, which mask letters), or one
    symbol such as an emoji or an exclamation mark.
    """
    letter = _is_letter(letters.kinds)
    star = (letters.codes == STAR) & (before(letter) | after(letter))
    in_word = letter | (letters.kinds == DIGIT) | star
    symbol = letters.kinds == SYMBOL
    kept = (in_word | symbol) & (letters.codes != HARD_SIGN)
    opens = symbol | (in_word & ~before(in_word))
    # A token whose first character is dropped (a leading hard sign) opens at the next one.
    group = np.cumsum(opens)[kept]
    codes = FOLD[letters.codes[kept]]
    first = np.diff(group, prepend=0) > 0
    place = np.arange(len(codes)) + np.cumsum(first)
    size = len(codes) + int(first.sum()) + 1
    laid = np.full(size, SPACE, dtype=np.uint32)
    laid[place] = codes
    origin = np.zeros(size, dtype=np.int64)
    kept_at = np.flatnonzero(kept)
    origin[place] = letters.origin[kept_at]
    token_texts = np.searchsorted(letters.starts, kept_at[first], side="right") - 1
    return Tokens(laid, origin, place[first], token_texts, len(letters.starts) - 1)


def folded(text: str) -> str:
    """Return one text as the classifier sees it: folded tokens with single spaces between."""
    tokens = fold(read([clip(text)]))
    return tokens.codes.tobytes().decode("utf-32-le", "replace").strip()
