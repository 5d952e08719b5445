"""Score submissions, and find the words that a score came from."""

import logging
import time
from collections import defaultdict
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
from moderation.classifier.explain import Explanation
from moderation.classifier.model import log_odds
from moderation.model_registry import ScorerError
from moderation.policy.reading import Span
from moderation.policy.verdict import Submission

logger = logging.getLogger(__name__)

# The setting of each further judge, for an operator who reads the log.
SETTINGS = defaultdict(str, embedding="SECOND_JUDGE", onnx="ONNX_JUDGE_DIR")
# In log odds: from 12 to 88 % about a hold line of 50 %.
DOUBTFUL = 2.0


def score_all(submissions: Sequence[Submission], model: Ensemble) -> list[Scores]:
    """Score what each text says itself. Names and websites are left to the rules.

    Raises ScorerError if any of them cannot be scored. If a further judge fails, the scores of
    those before it stand.
    """
    texts = [submission.own_text or submission.text for submission in submissions]
    try:
        with metrics.scoring(len(texts)):
            found = list(map(_in_range, model.fast.score(texts)))
            for member in model.members:
                asked = _asked(member, submissions, found, model)
                _ask(member, asked, texts, found, model)
    except SoftTimeLimitExceeded:
        # The task's time limit, not an error of the model: do not retry at once.
        raise
    except Exception as error:
        # The text itself must not reach the log through the exception's message.
        raise ScorerError(type(error).__name__) from None
    return [_in_range(scores) for scores in found]


def _asked(
    member: Member, submissions: Sequence[Submission], found: Sequence[Scores], model: Ensemble
) -> list[int]:
    """Return the numbers of the texts that a judge is asked about, the most doubtful first.

    A slow one is asked about authors of whom nothing is known, and about doubtful scores.
    """
    if not member.is_slow:
        return list(range(len(found)))
    doubts = [_distance(scores, member, model) for scores in found]
    chosen = [
        number
        for number, (submission, doubt) in enumerate(zip(submissions, doubts, strict=True))
        if doubt < DOUBTFUL or not submission.by_known_author
    ]
    return sorted(chosen, key=lambda number: doubts[number])


def _distance(scores: Scores, member: Member, model: Ensemble) -> float:
    """Return how far, in log odds, the nearest score that it may change is from its hold line."""
    names = [name for name in scores if name in member.judge.attributes]
    lines = [model.thresholds[name]["hold_at"] for name in names]
    values = [scores[name] for name in names]
    return float(np.abs(log_odds(values) - log_odds(lines)).min(initial=np.inf))


def _ask(
    member: Member, asked: Sequence[int], texts: Sequence[str], found: list[Scores], model: Ensemble
) -> None:
    """Replace the scores of the texts that a judge is asked about, until it fails or is late."""
    seconds = min(settings.ONNX_JUDGE_SECONDS, timing().slow_judge)
    name, until = member.judge.name, time.monotonic() + seconds
    size = 1 if member.is_slow else len(asked) or 1
    for start in range(0, len(asked), size):
        batch = asked[start : start + size]
        if member.is_slow and time.monotonic() > until:
            metrics.count_judged(judge=name, result="late", comments=len(asked) - start)
            return
        try:
            refined = model.refine(member, [texts[n] for n in batch], [found[n] for n in batch])
            scored = list(map(_in_range, refined))
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            words = error_words(error)
            logger.error("the judge %s failed (%s): see %s", name, words, SETTINGS[name])
            metrics.count_judged(judge=name, result="failed", comments=len(asked) - start)
            return
        for number, scores in zip(batch, scored, strict=True):
            found[number] = scores
        metrics.count_judged(judge=name, result="scored", comments=len(batch))


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


def spans(*, text: str, attribute: str, thorough: bool = False) -> list[Span]:
    """Return the spans (start, end) of the text that raised the score of an attribute.

    A thorough answer reckons with what the second judge minds: that takes seconds, the fast judge
    milliseconds. Empty without a model, or if the model does not have the attribute. Links are
    included completely or not at all.
    """
    try:
        model = model_registry.for_site()
    except ScorerError:
        return []
    if attribute not in model.attributes:
        return []
    explain = _explain_thoroughly if thorough else _explain_fast
    return _with_whole_links(text, explain(text, attribute, model).marked())


def _explain_fast(text: str, attribute: str, model: Ensemble) -> Explanation:
    return model.fast.explain(text)[attribute]


def _explain_thoroughly(text: str, attribute: str, model: Ensemble) -> Explanation:
    try:
        return model.explain(text)[attribute]
    except Exception as error:
        logger.error("a judge cannot explain: %s", type(error).__name__)
        return _explain_fast(text, attribute, model)


def _with_whole_links(text: str, found: Sequence[Span]) -> list[Span]:
    whole_links = links(text)
    whole: list[Span] = []
    for start, end in found:
        touched = [link for link in whole_links if link[0] < end and start < link[1]]
        first = min([start, *(link[0] for link in touched)])
        last = max([end, *(link[1] for link in touched)])
        if whole and first <= whole[-1][1]:
            first, last = whole[-1][0], max(last, whole.pop()[1])
        whole.append((first, last))
    return whole
