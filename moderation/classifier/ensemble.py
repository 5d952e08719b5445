"""The fast classifier with further judges: one score from all of them, and its explanation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from moderation.classifier.combination import Combination
from moderation.classifier.explain import Explanation, Span
from moderation.classifier.judge import Floats, Judge
from moderation.classifier.leave_one_out import Attributed, attribute
from moderation.classifier.model import Classifier, log_odds, logistic
from moderation.classifier.scores import Scores
from moderation.classifier.spelling import spelled_out

FAST = "fast"
_CLOSEST = 1e-9


@dataclass(frozen=True)
class Member:
    """A further judge, and how its log odds are combined with those of the judges before it.

    A slow one is to be asked only about what is doubtful.
    """

    judge: Judge
    combination: Combination
    is_slow: bool = False


class Ensemble:
    """Scores texts as `Classifier` does, by all of its judges.

    `thresholds` belong to scores of all judges that are not slow. If one of them did not answer,
    the scores are not complete, and those of `fast` apply.
    """

    def __init__(
        self,
        fast: Classifier,
        members: Sequence[Member] = (),
        thresholds: dict[str, dict[str, float]] | None = None,
    ) -> None:
        self.fast = fast
        self.members = tuple(members)
        self.thresholds = thresholds or fast.thresholds
        self.attributes = fast.attributes
        self.version = "+".join([fast.version, *(each.judge.version for each in self.members)])

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return one `Scores` for each text, in order. Raise what a judge raises."""
        found = self.fast.score(texts)
        for member in self.members:
            found = self.refine(member, texts, found)
        return found

    def refine(
        self, member: Member, texts: Sequence[str], scores: Sequence[Scores]
    ) -> list[Scores]:
        """Return the scores changed by what one further judge says about the texts."""
        if not texts:
            return []
        languages = [found.language for found in scores]
        read = [spelled.text for spelled in spelled_out(texts)]
        own, is_whole = member.judge.ask(read, languages)
        before = log_odds([[found[name] for name in self.attributes] for found in scores])
        after = member.combination.combine(before, self._columns(member, own), languages)
        after = logistic(np.where(is_whole[:, None], after, np.maximum(before, after)))
        rows = zip(scores, after.tolist(), logistic(own).tolist(), strict=True)
        return [self._refined(member.judge, *row) for row in rows]

    def _columns(self, member: Member, found: Floats) -> Floats:
        """Return the judge's log odds in the order of our attributes, 0 for those it lacks."""
        known = member.judge.attributes
        columns = [
            found[:, known.index(name)] if name in known else np.zeros(len(found))
            for name in self.attributes
        ]
        return np.stack(columns, axis=1)

    def _refined(
        self, judge: Judge, before: Scores, after: list[float], own: list[float]
    ) -> Scores:
        first = before.by_judge or {FAST: before.by_attribute}
        by_judge = {**first, judge.name: self._known(judge, own)}
        needed = {each.judge.name for each in self.members if not each.is_slow}
        return Scores(
            by_attribute=dict(zip(self.attributes, after, strict=True)),
            language=before.language,
            # The evidence for a rejection is in the words: no other judge adds to it.
            sure=before.sure,
            by_judge=by_judge,
            is_complete=needed <= by_judge.keys(),
        )

    def _known(self, judge: Judge, own: list[float]) -> dict[str, float]:
        said = dict(zip(judge.attributes, own, strict=True))
        return {name: said[name] for name in self.attributes if name in said}

    def explain(self, text: str) -> dict[str, Explanation]:
        """Return, for each attribute, how the words of the text add up to its score.

        Base, signals and span weights add up exactly to the `score` of each explanation. That is
        the text's score by all judges but the slow ones: they are left out, because each would be
        asked as many times as the text has words. What a judge says about the text as a whole and
        about no single word is part of `signals`.
        """
        explained = self.fast.explain(text)
        (scored,), (spelled,) = self.fast.score([text]), spelled_out([text])
        for member in self.members:
            if member.is_slow:
                continue
            said = attribute(member.judge, spelled.text, scored.language)
            said = replace(said, parts=[spelled.as_written(*part) for part in said.parts])
            explained = {
                name: _with_second(member, explained[name], said, scored, column)
                for column, name in enumerate(self.attributes)
            }
        return explained


def _with_second(
    member: Member, fast: Explanation, said: Attributed, scored: Scores, column: int
) -> Explanation:
    """Return the explanation of what both judges say about one attribute."""
    own, empty, adds = said.about(fast.attribute)
    end, start = float(log_odds(fast.score)), float(log_odds(fast.base))
    shares = member.combination.shares(end, own, scored.language, column)
    # The words' shares of a probability become shares of log odds, then of the new probability.
    steepness = (fast.score - fast.base) / (end - start) if abs(end - start) > _CLOSEST else 1.0
    by_words = shares.fast / steepness if steepness else 0.0
    spans = [replace(span, weight=span.weight * by_words) for span in fast.spans]
    weights = (adds * shares.second).tolist()
    both = _merged(spans, [Span(*part, add) for part, add in zip(said.parts, weights, strict=True)])
    base = shares.constant + shares.fast * start + shares.second * empty
    score = shares.constant + shares.fast * end + shares.second * own
    return _scaled(fast.attribute, base, score, both)


def _scaled(name: str, base: float, score: float, spans: list[Span]) -> Explanation:
    """Scale shares of the log odds to shares of the probability; the rest goes to `signals`."""
    low, high = (float(value) for value in logistic(np.array([base, score])))
    factor = (high - low) / (score - base) if abs(score - base) > _CLOSEST else low * (1 - low)
    scaled = tuple(replace(span, weight=span.weight * factor) for span in spans)
    signals = high - low - sum(span.weight for span in scaled)
    return Explanation(name, high, low, signals, scaled)


def _merged(fast: list[Span], second: list[Span]) -> list[Span]:
    """Join two lists of spans, in order: a part without a word of the first stays by itself."""
    merged: list[Span] = []
    waiting = list(fast)
    for part in second:
        while waiting and waiting[0].end <= part.start:
            merged.append(waiting.pop(0))
        inside = []
        while waiting and waiting[0].start < part.end:
            inside.append(waiting.pop(0))
        # A word of the first list may reach over several parts: d-u-m-b.
        if merged and merged[-1].end > part.start:
            inside.append(merged.pop())
        start = min([part.start, *(span.start for span in inside)])
        end = max([part.end, *(span.end for span in inside)])
        merged.append(Span(start, end, part.weight + sum(span.weight for span in inside)))
    return [*merged, *waiting]
