"""Rewrite Ukrainian as Russian, word by word, for an encoder that has never read Ukrainian.

The result is not good Russian, but its meaning is close enough for an embedding.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[а-яёіїєґ]+(?:['’ʼ-][а-яёіїєґ]+)*", re.IGNORECASE)
_APOSTROPHES = str.maketrans("’ʼ", "''")
# Letters that Russian lacks, for words that are not in the table.
_LETTERS = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "'": "ъ"})
# A word that is not in the table is read as one that differs in the last letters only.
_ENDING, _MIN_STEM = 2, 5
# One byte for each letter of both languages.
ENCODING = "cp1251"


class WordTable:
    """Ukrainian word forms and their Russian counterparts, sorted, in one array of bytes.

    A dictionary of forty thousand words would take ten times the memory.
    """

    def __init__(self, packed: NDArray[np.uint8]) -> None:
        """`packed` holds lines of two words, separated by a tab, as `pack` returns them."""
        self.packed = packed
        self._lines = packed.tobytes()
        ends = np.flatnonzero(packed == ord("\n"))
        self._starts = np.concatenate(([0], ends[:-1] + 1)).astype(np.int32)

    def __len__(self) -> int:
        return len(self._starts)

    def russian(self, text: str) -> str:
        """Return the text with each word replaced by its counterpart, capitals kept."""
        return _WORD.sub(self._replaced, text)

    def _replaced(self, found: re.Match[str]) -> str:
        word = found.group()
        russian = self._look_up(word.lower().translate(_APOSTROPHES))
        if len(word) > 1 and word.isupper():
            return russian.upper()
        return russian.capitalize() if word[0].isupper() else russian

    def _look_up(self, word: str) -> str:
        key = word.encode(ENCODING, "ignore")
        line = self._first_from(key + b"\t")
        if line.startswith(key + b"\t"):
            return line[len(key) + 1 :].decode(ENCODING)
        for length in range(len(key) - 1, max(len(key) - _ENDING, _MIN_STEM) - 1, -1):
            near, _, russian = self._first_from(key[:length]).partition(b"\t")
            if near.startswith(key[:length]) and len(near) <= length + _ENDING:
                return russian.decode(ENCODING)
        return word.translate(_LETTERS)

    def _first_from(self, key: bytes) -> bytes:
        """Return the first line that is not before `key`, empty at the end of the table."""
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            start = int(self._starts[middle])
            if self._lines[start : start + len(key)] < key:
                low = middle + 1
            else:
                high = middle
        if low == len(self._starts):
            return b""
        start = int(self._starts[low])
        return self._lines[start : self._lines.index(b"\n", start)]


def words(text: str) -> list[str]:
    """Return the Cyrillic words of a text in small letters, as the table spells them."""
    return [found.lower().translate(_APOSTROPHES) for found in _WORD.findall(text)]


def pack(pairs: Mapping[str, str]) -> NDArray[np.uint8]:
    """Return words and their counterparts as the array that `WordTable` reads."""
    lines: Sequence[bytes] = sorted(
        f"{word}\t{russian}\n".encode(ENCODING) for word, russian in pairs.items()
    )
    return np.frombuffer(b"".join(lines), dtype=np.uint8)
