"""Score submissions, and find the words that a score came from."""

from collections.abc import Sequence

from celery.exceptions import SoftTimeLimitExceeded

from comments.text import links
from config import metrics
from moderation import model_registry
from moderation.classifier import Classifier, Scores
from moderation.model_registry import ScorerError
from moderation.policy.reading import Span
from moderation.policy.verdict import Submission


def score_all(submissions: Sequence[Submission], model: Classifier) -> list[Scores]:
    """Score each text. Names and websites are left to the rules.

    Raises ScorerError if any of them cannot be scored.
    """
    try:
        with metrics.scoring(len(submissions)):
            found = model.score([submission.text for submission in submissions])
    except SoftTimeLimitExceeded:
        # The task's time limit, not an error of the model: do not retry at once.
        raise
    except Exception as error:
        # The text itself must not reach the log through the exception's message.
        raise ScorerError(type(error).__name__) from None
    return [_in_range(scores) for scores in found]


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
    explained = model.explain(text)[attribute]
    return _with_whole_links(text, explained.marked())


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
