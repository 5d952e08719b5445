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
    """The scores of each text; its author's name and site are judged by rules instead.

    Raises ScorerError for all of them where one cannot be scored.
    """
    try:
        with metrics.scoring(len(submissions)):
            found = model.score([submission.text for submission in submissions])
    except SoftTimeLimitExceeded:
        # The task's time is over: no fault of the scorer's, and nothing to try again at once.
        raise
    except Exception as error:
        # The text itself must not reach the log through the exception's message.
        raise ScorerError(type(error).__name__) from None
    return [_in_range(scores) for scores in found]


def _in_range(scores: Scores) -> Scores:
    if not all(0 <= number <= 1 for number in (*scores.values(), *scores.sure.values())):
        raise ScorerError("a score out of its range")
    return scores


def spans(*, text: str, attribute: str) -> list[Span]:
    """Where in the text (start, end) the score of an attribute came from.

    Nowhere without a model, or if the model does not know the attribute.

    A link is there as a whole or not at all: "com" by itself tells a person nothing.
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
