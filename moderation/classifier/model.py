"""The classifier itself: one calibrated linear model an attribute over shared hashed n-grams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from moderation.classifier import explain, language
from moderation.classifier.certainty import evidence, without_quotations
from moderation.classifier.explain import Explanation
from moderation.classifier.features import BUCKETS, grams, sum_by_text
from moderation.classifier.handcrafted import SIGNALS, Marks, marks
from moderation.classifier.scores import Language, Scores
from moderation.classifier.segments import Parts, cut
from moderation.classifier.text import Letters, clip, fold, read

BATCH = 128
Floats = NDArray[np.float64]
_NOWHERE = np.zeros(0, dtype=np.int64)
_LENGTH = SIGNALS.index("length")


@dataclass(frozen=True)
class _Odds:
    """Calibrated log odds of texts, (texts, attributes), and of all their parts, less the penalty;
    `sure` is the evidence for a rejection (see `certainty`), (texts, attributes).
    """

    whole: Floats
    by_part: Floats
    sure: Floats


@dataclass(frozen=True)
class Weights:
    """Everything that was learnt, a column for each of `attributes`.

    `grams` is (BUCKETS, attributes), `squares` (BUCKETS,) the squared inverse document frequencies
    that scale a text to unit length, `signals` (len(SIGNALS), attributes), `bias` (attributes,),
    `slopes` and `offsets` (attributes,) Platt's calibration of the linear sums.
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


class Classifier:
    """Scores texts for its attributes. Safe to share between threads; holds no state."""

    def __init__(
        self, weights: Weights, version: str, thresholds: dict[str, dict[str, float]]
    ) -> None:
        self.version = version
        self.thresholds = thresholds
        self.attributes = weights.attributes
        self._weights = weights
        # One row a bucket, so that a single gather fetches all that a bucket carries.
        # The rest is idle: four numbers a row are fetched faster than three.
        self._count = count = len(weights.attributes)
        self._table = np.zeros((BUCKETS, 1 << count.bit_length()), dtype=np.float32)
        self._table[:, :count] = weights.grams
        self._table[:, count] = weights.squares

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return one `Scores` for each text, in order.

        A score is that of the whole text, or of its worst part where that is worse (see `parts`).
        Any string gives a score. Of a text over 5,000 characters only the first 4,000 and the
        last 1,000 are read. Scores do not depend on what else is in the batch.
        """
        found: list[Scores] = []
        for batch in self._batches(texts):
            found.extend(self._score_batch(batch))
        return found

    def _batches(self, texts: Sequence[str]) -> Iterator[list[str]]:
        for start in range(0, len(texts), BATCH):
            yield [clip(text) for text in texts[start : start + BATCH]]

    def _score_batch(self, texts: list[str]) -> list[Scores]:
        parts = cut(texts)
        letters = read(parts.texts)
        odds = self._log_odds(parts, letters)
        worst_part = np.maximum.reduceat(odds.by_part, parts.firsts[:-1])
        chances = logistic(np.maximum(odds.whole, worst_part))
        sure = without_quotations(texts, logistic(odds.sure), self._sure)
        languages = language.detect(texts, letters, parts.firsts, self._weights.languages)
        rows = zip(chances.tolist(), languages, sure.tolist(), strict=True)
        names = self.attributes
        # As many columns as names, which `store` has seen to; to say "strict" takes as long again.
        return [
            Scores(dict(zip(names, found)), cast(Language, name), dict(zip(names, certain)))  # noqa: B905
            for found, name, certain in rows
        ]

    def _sure(self, texts: list[str]) -> Floats:
        parts = cut(texts)
        return logistic(self._log_odds(parts, read(parts.texts)).sure)

    def _log_odds(self, parts: Parts, letters: Letters) -> _Odds:
        sums = sum_by_text(self._table, grams(fold(letters)), len(parts.texts))
        marked, firsts = marks(parts.texts, letters), parts.firsts
        count = len(firsts) - 1
        if len(parts.texts) == count:
            odds, plain = self._calibrated(sums, marked)
            return _Odds(odds, odds, evidence(plain, plain, firsts, letters))
        # Texts and parts in one go: what NumPy takes to start is most of the time for one comment.
        whole = np.add.reduceat(sums, firsts[:-1], axis=0)
        both = marked.joined(firsts).and_then(marked)
        odds, plain = self._calibrated(np.concatenate((whole, sums)), both)
        sure = evidence(plain[:count], plain[count:], firsts, letters)
        return _Odds(odds[:count], odds[count:] - parts.penalties()[:, None], sure)

    def _calibrated(self, sums: Floats, marked: Marks) -> tuple[Floats, Floats]:
        """Log odds, and those without any hand-made signal but the length."""
        learnt, signals, squares = self._weights, marked.signals(), sums[:, self._count]
        norms = np.sqrt(np.where(squares > 0, squares, 1.0))
        words = sums[:, : self._count] / norms[:, None]
        weighted = (signals[:, :, None] * learnt.signals).sum(axis=1)
        linear = words + weighted + learnt.bias
        plain = words + signals[:, _LENGTH, None] * learnt.signals[_LENGTH] + learnt.bias
        return linear * learnt.slopes + learnt.offsets, plain * learnt.slopes + learnt.offsets

    def explain(self, text: str) -> dict[str, Explanation]:
        """Return, for each attribute, how the words of the original text add up to its score.

        Weights are parts of the calibrated score: base, signals and spans sum to it exactly,
        each n-gram's share of the linear sum being stretched by the same factor. Where a part of
        the text decided the score, only that part has spans.
        """
        parts = cut([clip(text)])
        odds = self._log_odds(parts, read(parts.texts))
        explained = {}
        for place, attribute in enumerate(self.attributes):
            worst = int(odds.by_part[:, place].argmax())
            decided = odds.by_part[worst, place] > odds.whole[0, place]
            penalty = float(parts.penalties()[worst]) if decided else 0.0
            chosen = parts.only(worst) if decided else parts
            explained[attribute] = self._explained(attribute, text, chosen, penalty)
        return explained

    def _explained(self, attribute: str, text: str, parts: Parts, penalty: float) -> Explanation:
        """Explain one attribute of these parts of the text, taken together."""
        place, letters, tokens = self.attributes.index(attribute), *explain.take_apart(parts)
        found = grams(tokens)
        buckets = [kind.buckets for kind in found] or [_NOWHERE]
        rows = self._table[np.concatenate(buckets)].astype(np.float64)
        slope, offset = float(self._weights.slopes[place]), float(self._weights.offsets[place])
        norm = np.sqrt(rows[:, self._count].sum()) or 1.0
        words = explain.word_weights(tokens, found, rows[:, place] * slope / norm)
        hand_made = marks(parts.texts, letters).joined(parts.firsts).signals()[0]
        signal = float(hand_made @ self._weights.signals[:, place]) * slope
        start = float(self._weights.bias[place]) * slope + offset - penalty
        # A linear sum's parts become parts of the chance that it stands for.
        end = start + signal + float(words.sum())
        base, score = (float(value) for value in logistic(np.array([start, end])))
        # Where nothing moved the score, its slope is the limit of the factor.
        factor = (score - base) / (end - start) if abs(end - start) > 1e-9 else base * (1 - base)
        return Explanation(
            attribute=attribute,
            score=score,
            base=base,
            signals=signal * factor,
            spans=explain.spans(len(text), parts, tokens, words * factor),
        )
