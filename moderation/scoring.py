"""Score submissions, and find the words that a score came from."""

import logging
from collections.abc import Sequence

from celery.exceptions import SoftTimeLimitExceeded

from comments.text import links
from config import metrics
from moderation import model_registry
from moderation.classifier import Ensemble, Scores
from moderation.classifier.explain import Explanation
from moderation.model_registry import ScorerError
from moderation.policy.reading import Span
from moderation.policy.verdict import Submission

logger = logging.getLogger(__name__)


def score_all(submissions: Sequence[Submission], model: Ensemble) -> list[Scores]:
    """Score what each text says itself. Names and websites are left to the rules.

    Raises ScorerError if any of them cannot be scored. If a further judge fails, the scores of
    those before it stand.
    """
    texts = [submission.own_text or submission.text for submission in submissions]
    try:
        with metrics.scoring(len(texts)):
            found = _refined(texts, model.fast.score(texts), model)
    except SoftTimeLimitExceeded:
        # The task's time limit, not an error of the model: do not retry at once.
        raise
    except Exception as error:
        # The text itself must not reach the log through the exception's message.
        raise ScorerError(type(error).__name__) from None
    return [_in_range(scores) for scores in found]


def load_judges(model: Ensemble) -> None:
    """Read the further judges into memory; log an error for one that cannot be read."""
    for member in model.members:
        try:
            member.judge.load()
        except Exception:
            logger.exception("the judge %s cannot be loaded: see SECOND_JUDGE", member.judge.name)


def _refined(texts: Sequence[str], found: list[Scores], model: Ensemble) -> list[Scores]:
    """Return the scores after asking every further judge, up to the first that fails."""
    for member in model.members:
        name = member.judge.name
        try:
            found = list(map(_in_range, model.refine(member, texts, found)))
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            # Only the type: the message might contain a text.
            logger.error("the judge %s failed (%s): see SECOND_JUDGE", name, type(error).__name__)
            metrics.count_judged(judge=name, result="failed", comments=len(texts))
            break
        metrics.count_judged(judge=name, result="scored", comments=len(texts))
    return found


def _in_range(scores: Scores) -> Scores:
    if not all(0 <= number <= 1 for number in (*scores.values(), *scores.sure.values())):
        raise ScorerError("score out of range")
    return scores


def spans(*, text: str, attribute: str) -> list[Span]:
    """Return the spans (start, end) of the text that raised the score of an attribute.

    Empty without a model, or if the model does not have the attribute. Links are included
    completely or not at all.
    """
    try:
        model = model_registry.for_site()
    except ScorerError:
        return []
    if attribute not in model.attributes:
        return []
    return _with_whole_links(text, _explained(text, attribute, model).marked())


def _explained(text: str, attribute: str, model: Ensemble) -> Explanation:
    try:
        return model.explain(text)[attribute]
    except Exception as error:
        logger.error("a judge cannot explain (%s): see SECOND_JUDGE", type(error).__name__)
        return model.fast.explain(text)[attribute]


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
