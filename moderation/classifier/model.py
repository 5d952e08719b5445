"""The classifier: one calibrated linear model per attribute over shared hashed n-grams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from moderation.classifier.text import Letters, clip, fold, unmask

BATCH = 128
Floats = NDArray[np.float64]
_NO_BUCKETS = np.zeros(0, dtype=np.int64)
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

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return one `Scores` for each text, in order.

        A score is that of the whole text or of its worst segment, whichever is higher (see
        `segments`). Any string is accepted. Of a text over 5,000 characters only the first 4,000
        and the last 1,000 are read. Scores do not depend on the rest of the batch.
        """
        found: list[Scores] = []
        for batch in self._batches(texts):
            found.extend(self._score_batch(batch))
        return found

    def _batches(self, texts: Sequence[str]) -> Iterator[list[str]]:
        for start in range(0, len(texts), BATCH):
            yield [clip(text) for text in texts[start : start + BATCH]]

    def _score_batch(self, texts: list[str]) -> list[Scores]:
        segments = cut(texts)
        letters = unmask(segments.texts)
        odds = self._log_odds(segments, letters)
        worst_segment = np.maximum.reduceat(odds.by_segment, segments.firsts[:-1])
        probabilities = logistic(np.maximum(odds.whole, worst_segment))
        sure = without_quotations(texts, logistic(odds.sure), self._sure)
        languages = language.detect(texts, letters, segments.firsts, self._weights.languages)
        rows = zip(probabilities.tolist(), languages, sure.tolist(), strict=True)
        names = self.attributes
        # Not strict, which takes twice as long: `store` has checked the number of columns.
        return [
            Scores(dict(zip(names, found)), cast(Language, name), dict(zip(names, certain)))  # noqa: B905
            for found, name, certain in rows
        ]

    def _sure(self, texts: list[str]) -> Floats:
        segments = cut(texts)
        return logistic(self._log_odds(segments, unmask(segments.texts)).sure)

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
        weights, signals, squares = self._weights, counts.signals(), sums[:, self._count]
        norms = np.sqrt(np.where(squares > 0, squares, 1.0))
        words = sums[:, : self._count] / norms[:, None]
        weighted = (signals[:, :, None] * weights.signals).sum(axis=1)
        linear = words + weighted + weights.bias
        plain = words + signals[:, _LENGTH, None] * weights.signals[_LENGTH] + weights.bias
        return linear * weights.slopes + weights.offsets, plain * weights.slopes + weights.offsets

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
        buckets = [kind.buckets for kind in found] or [_NO_BUCKETS]
        rows = self._table[np.concatenate(buckets)].astype(np.float64)
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
