"""The classifier: one calibrated linear model per attribute over shared hashed n-grams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from moderation.classifier import explain, language
from moderation.classifier.certainty import evidence, without_quotations
from moderation.classifier.explain import Explanation
from moderation.classifier.features import BUCKETS, grams, sum_by_text
from moderation.classifier.handcrafted import SIGNALS, SignalCounts, count_signals
from moderation.classifier.scores import Language, Scores
from moderation.classifier.segments import Segments, cut
from moderation.classifier.text import GAP, Letters, clip, fold, unmask

# In characters. Larger batches need arrays that the system hands out and takes back each time.
BATCH = 26_000
Floats = NDArray[np.float64]
_LENGTH = SIGNALS.index("length")


@dataclass(frozen=True)
class _Odds:
    """Calibrated log odds, with a column for each attribute.

    whole: of the texts.
    by_segment: of their segments, less the penalty.
    sure: the evidence for a rejection of each text (see `certainty`).
    """

    whole: Floats
    by_segment: Floats
    sure: Floats


@dataclass(frozen=True)
class Weights:
    """Everything that was learned, with a column for each of `attributes`.

    grams: the weights of n-grams, (BUCKETS, attributes).
    squares: squared inverse document frequencies, to scale a text to unit length, (BUCKETS,).
    signals: the weights of handcrafted signals, (len(SIGNALS), attributes).
    bias: (attributes,).
    slopes, offsets: Platt's calibration of the linear sums, (attributes,).
    """

    attributes: tuple[str, ...]

    grams: NDArray[np.float16]
    squares: NDArray[np.float16]
    signals: NDArray[np.float32]
    bias: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    languages: language.LanguageTables


def logistic(values: Floats) -> Floats:
    """Return 1 / (1 + exp(-values)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * values)))


# Probabilities closer to 0 or 1 are treated as this close, so that log odds are finite.
_CLOSEST = 1e-9


def log_odds(probabilities: ArrayLike) -> Floats:
    """Return the log odds of probabilities; those of 0 and 1 are finite."""
    clipped = np.clip(np.asarray(probabilities, dtype=np.float64), _CLOSEST, 1 - _CLOSEST)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts in lists of about BATCH characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text) + GAP
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Classifier:
    """Scores texts by attribute. Has no mutable state, so threads may share it."""

    def __init__(
        self, weights: Weights, version: str, thresholds: dict[str, dict[str, float]]
    ) -> None:
        self.version = version
        self.thresholds = thresholds
        self.attributes = weights.attributes
        self._weights = weights
        # One row per bucket, so one gather fetches all of its values. Rows are padded to a power
        # of two, because four numbers are fetched faster than three.
        self._count = count = len(weights.attributes)
        self._table = np.zeros((BUCKETS, 1 << count.bit_length()), dtype=np.float32)
        self._table[:, :count] = weights.grams
        self._table[:, count] = weights.squares
        self._slopes = weights.slopes[:, None].astype(np.float64)
        self._base = weights.bias[:, None] * self._slopes + weights.offsets[:, None]
        self._signals = weights.signals * self._slopes.T

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return one `Scores` for each text, in order.

        A score is that of the whole text or of its worst segment, whichever is higher (see
        `segments`). Any string is accepted. Of a text over 5,000 characters only the first 4,000
        and the last 1,000 are read. Scores do not depend on the rest of the batch.
        """
        if not texts:
            return []
        clipped = [clip(text) for text in texts]
        parts = [self._score_batch(batch) for batch in _batches(clipped)]
        probabilities, sure = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
        sure = without_quotations(clipped, sure, self._sure)
        languages = chain.from_iterable(part[2] for part in parts)
        names = self.attributes
        # Not strict, which takes twice as long: `store` has checked the number of columns.
        return [
            Scores(dict(zip(names, found)), cast(Language, name), dict(zip(names, certain)))  # noqa: B905
            for found, name, certain in zip(
                probabilities.tolist(), languages, sure.tolist(), strict=True
            )
        ]

    def _score_batch(self, texts: list[str]) -> tuple[Floats, Floats, list[str]]:
        """Return the probabilities and the evidence, (texts, attributes), and the languages."""
        segments = cut(texts)
        letters = unmask(segments.texts)
        odds = self._log_odds(segments, letters)
        worst_segment = np.maximum.reduceat(odds.by_segment, segments.firsts[:-1])
        probabilities = logistic(np.maximum(odds.whole, worst_segment))
        languages = language.detect(texts, letters, segments.firsts, self._weights.languages)
        return probabilities, logistic(odds.sure), languages

    def _sure(self, texts: list[str]) -> Floats:
        segments = map(cut, _batches(texts))
        odds = [self._log_odds(each, unmask(each.texts)).sure for each in segments]
        return logistic(np.concatenate(odds))

    def _log_odds(self, segments: Segments, letters: Letters) -> _Odds:
        sums = sum_by_text(self._table, grams(fold(letters)), len(segments.texts))
        counts, firsts = count_signals(segments.texts, letters), segments.firsts
        count = len(firsts) - 1
        if len(segments.texts) == count:
            odds, plain = self._calibrated(sums, counts)
            return _Odds(odds, odds, evidence(plain, plain, firsts, letters))
        # Texts and segments in one call: for one comment, NumPy's overhead is most of the time.
        whole = np.add.reduceat(sums, firsts[:-1], axis=0)
        both = counts.summed(firsts).followed_by(counts)
        odds, plain = self._calibrated(np.concatenate((whole, sums)), both)
        sure = evidence(plain[:count], plain[count:], firsts, letters)
        return _Odds(odds[:count], odds[count:] - segments.penalties()[:, None], sure)

    def _calibrated(self, sums: Floats, counts: SignalCounts) -> tuple[Floats, Floats]:
        """Return log odds, and log odds without any handcrafted signal except the length."""
        signals = counts.signals()
        # A row for each attribute, because NumPy is slow with rows as short as there are columns.
        rows = np.ascontiguousarray(sums.T)
        squares = rows[self._count]
        norms = np.sqrt(squares + (squares <= 0))
        words = rows[: self._count] / norms * self._slopes + self._base
        # Unlike a matrix product, this does not depend on the rest of the batch.
        odds = words + np.einsum("ts,sa->at", signals, self._signals)
        plain = words + signals[:, _LENGTH] * self._signals[_LENGTH, :, None]
        return odds.T, plain.T

    def explain(self, text: str) -> dict[str, Explanation]:
        """Return, for each attribute, how the words of the original text add up to its score.

        Base, signals and span weights add up to the calibrated score exactly: each share of the
        linear sum is scaled by the same factor. If a segment decided the score, only that segment
        has spans.
        """
        segments = cut([clip(text)])
        odds = self._log_odds(segments, unmask(segments.texts))
        explained = {}
        for column, attribute in enumerate(self.attributes):
            worst = int(odds.by_segment[:, column].argmax())
            decided = odds.by_segment[worst, column] > odds.whole[0, column]
            penalty = float(segments.penalties()[worst]) if decided else 0.0
            chosen = segments.only(worst) if decided else segments
            explained[attribute] = self._explained(attribute, text, chosen, penalty)
        return explained

    def _explained(
        self, attribute: str, text: str, segments: Segments, penalty: float
    ) -> Explanation:
        """Explain one attribute of these segments of the text, taken together."""
        column, letters, tokens = self.attributes.index(attribute), *explain.tokenize(segments)
        found = grams(tokens)
        rows = self._table[found.buckets].astype(np.float64)
        slope, offset = float(self._weights.slopes[column]), float(self._weights.offsets[column])
        norm = np.sqrt(rows[:, self._count].sum()) or 1.0
        words = explain.word_weights(tokens, found, rows[:, column] * slope / norm)
        handcrafted = count_signals(segments.texts, letters).summed(segments.firsts).signals()[0]
        signal = float(handcrafted @ self._weights.signals[:, column]) * slope
        start = float(self._weights.bias[column]) * slope + offset - penalty
        # Scale the shares of the linear sum to shares of the probability.
        end = start + signal + float(words.sum())
        base, score = (float(value) for value in logistic(np.array([start, end])))
        # If nothing changed the score, the factor is its limit, the slope of the score.
        factor = (score - base) / (end - start) if abs(end - start) > 1e-9 else base * (1 - base)
        return Explanation(
            attribute=attribute,
            score=score,
            base=base,
            signals=signal * factor,
            spans=explain.spans(len(text), segments, tokens, words * factor),
        )
