"""Score submissions, and find the words that a score came from."""

import logging
import time
from collections import defaultdict, deque
from collections.abc import Sequence

import numpy as np
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from comments.text import links
from config import metrics
from config.logs import error_words
from config.pipeline_timing import timing
from moderation import model_registry
from moderation.classifier import Ensemble, Scores
from moderation.classifier.ensemble import Member
from moderation.classifier.explain import Explanation, Weighed
from moderation.classifier.model import log_odds
from moderation.model_registry import ScorerError
from moderation.policy.reading import Span
from moderation.policy.verdict import Policy, Submission

logger = logging.getLogger(__name__)

# The setting of each further judge, for an operator who reads the log.
SETTINGS = defaultdict(str, embedding="SECOND_JUDGE", onnx="ONNX_JUDGE_DIR")
# In log odds: from 12 to 88 % about a hold line of 50 %.
DOUBTFUL = 2.0


def slow_judges_until() -> float:
    """Return until when, on the monotonic clock, slow judges may be asked from now on."""
    return time.monotonic() + min(settings.ONNX_JUDGE_SECONDS, timing().slow_judge)


def score_all(
    submissions: Sequence[Submission], *, model: Ensemble, policy: Policy, until: float
) -> list[Scores]:
    """Score what each text says itself. Names and websites are left to the rules.

    Slow judges are asked about no further text after `until`. Raises ScorerError if any of them
    cannot be scored. If a further judge fails, the scores of those before it stand.
    """
    try:
        with metrics.scoring(len(submissions)):
            batch = _Batch(submissions, model, policy)
            for member in model.members:
                batch.ask(member, until)
    except (ScorerError, SoftTimeLimitExceeded):
        # The task's time limit is not an error of the model: do not retry at once.
        raise
    except Exception as error:
        # The text itself must not reach the log through the exception's message.
        raise ScorerError(type(error).__name__) from None
    return batch.found


class _Batch:
    """Texts and their scores so far."""

    def __init__(self, submissions: Sequence[Submission], model: Ensemble, policy: Policy) -> None:
        self._submissions, self._model, self._policy = submissions, model, policy
        self._texts = [submission.own_text or submission.text for submission in submissions]
        self.found = list(map(_in_range, model.fast.score(self._texts)))

    def ask(self, member: Member, until: float) -> None:
        """Replace the scores of the texts that a judge is asked about.

        Texts on which it raises keep theirs; so do all that are left when it is late or broken.
        """
        name, asked = member.judge.name, self._asked(member)
        waiting = deque([number] for number in asked) if member.is_slow else deque([asked])
        while left := sum(map(len, waiting)):
            if member.is_slow and time.monotonic() > until:
                metrics.count_judged(judge=name, result="late", comments=left)
                return
            numbers = waiting.popleft()
            error = self._refine(member, numbers)
            if error is None:
                metrics.count_judged(judge=name, result="scored", comments=len(numbers))
            elif not _answers(member):
                _record_failure(name, error, left)
                return
            elif len(numbers) > 1:
                waiting.extend([number] for number in numbers)
            else:
                _record_failure(name, error, 1)

    def _refine(self, member: Member, numbers: Sequence[int]) -> str | None:
        """Ask a judge about these texts at once; return what failed, without their words."""
        texts, before = [self._texts[n] for n in numbers], [self.found[n] for n in numbers]
        try:
            refined = list(map(_in_range, self._model.refine(member, texts, before)))
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            return error_words(error)
        for number, scores in zip(numbers, refined, strict=True):
            self.found[number] = scores
        return None

    def _asked(self, member: Member) -> list[int]:
        """Return the numbers of the texts that a judge is asked about, the most doubtful first.

        A slow one is asked about authors of whom nothing is known, and about doubtful scores.
        """
        if not member.is_slow:
            return list(range(len(self.found)))
        doubts = [self._distance(number, member) for number in range(len(self.found))]
        chosen = [
            number
            for number, submission in enumerate(self._submissions)
            if doubts[number] < DOUBTFUL or not submission.by_known_author
        ]
        return sorted(chosen, key=lambda number: doubts[number])

    def _distance(self, number: int, member: Member) -> float:
        """Return how far, in log odds, the nearest score that it may change is from its line."""
        scores = self.found[number]
        limits = self._policy.limits_for(self._submissions[number], scores)
        names = [name for name in scores if name in member.judge.attributes and name in limits]
        lines = [limits[name]["hold_at"] for name in names]
        values = [scores[name] for name in names]
        return float(np.abs(log_odds(values) - log_odds(lines)).min(initial=np.inf))


def _record_failure(judge: str, error: str, comments: int) -> None:
    logger.error("the judge %s failed (%s): see %s", judge, error, SETTINGS[judge])
    metrics.count_judged(judge=judge, result="failed", comments=comments)


def _answers(member: Member) -> bool:
    """Return whether a judge can score a plain text: if so, it failed because of another one."""
    try:
        return bool(np.isfinite(member.judge.ask(["Так."], ["uk"]).log_odds).all())
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        return False


def load_judges(model: Ensemble) -> None:
    """Read the further judges into memory; log an error for one that cannot be read."""
    for member in model.members:
        name = member.judge.name
        try:
            member.judge.load()
        except Exception:
            logger.exception("the judge %s cannot be loaded: see %s", name, SETTINGS[name])


def _in_range(scores: Scores) -> Scores:
    if not all(0 <= number <= 1 for number in (*scores.values(), *scores.sure.values())):
        raise ScorerError("score out of range")
    return scores


def spans_by_attribute(*, text: str) -> dict[str, list[Span]]:
    """Return the spans (start, end) of the text that raised the fast judge's score, by attribute.

    Empty without a model. Links are included completely or not at all.
    """
    try:
        found = model_registry.for_site().fast.explain(text)
    except ScorerError:
        return {}
    return {name: _whole_spans(text, each) for name, each in found.items()}


def weighed(*, text: str, attribute: str, thorough: bool = False) -> list[Weighed]:
    """Return the spans of one attribute, by how much they raised the score.

    A thorough answer reckons with what the second judge minds: that takes seconds, the fast judge
    milliseconds. Empty without a model, or if the model does not have the attribute.
    """
    found = _explanation(text, attribute, thorough)
    return _with_whole_links(text, found.weighed()) if found else []


def _whole_spans(text: str, found: Explanation) -> list[Span]:
    marked = [Weighed(*span) for span in found.marked()]
    return [(start, end) for start, end, _strength in _with_whole_links(text, marked)]


def _explanation(text: str, attribute: str, thorough: bool) -> Explanation | None:
    try:
        model = model_registry.for_site()
    except ScorerError:
        return None
    if attribute not in model.attributes:
        return None
    explain = _explain_thoroughly if thorough else _explain_fast
    return explain(text, attribute, model)


def _explain_fast(text: str, attribute: str, model: Ensemble) -> Explanation:
    return model.fast.explain(text)[attribute]


def _explain_thoroughly(text: str, attribute: str, model: Ensemble) -> Explanation:
    try:
        return model.explain(text)[attribute]
    except Exception as error:
        logger.error("a judge cannot explain: %s", type(error).__name__)
        return _explain_fast(text, attribute, model)


def _with_whole_links(text: str, found: Sequence[Weighed]) -> list[Weighed]:
    whole_links = links(text)
    whole: list[Weighed] = []
    for start, end, strength in found:
        touched = [link for link in whole_links if link[0] < end and start < link[1]]
        first = min([start, *(link[0] for link in touched)])
        last = max([end, *(link[1] for link in touched)])
        if whole and first <= whole[-1].end:
            before = whole.pop()
            first, last = before.start, max(last, before.end)
            strength = max(strength, before.strength)
        whole.append(Weighed(first, last, strength))
    return whole
