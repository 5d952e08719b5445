"""This process's copy of the model: comments in, scores out."""

import re
from collections.abc import Sequence
from functools import cache

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from comments.models import Comment
from config import metrics
from moderation.classifier import Classifier, Scores, load
from moderation.policy.reading import Stretch
from moderation.policy.verdict import Reason

ATTRIBUTES = {Reason.SPAM, Reason.TOXICITY}

_LINK = re.compile(
    r"(?:https?://|www\.)\S*[^\s.,:;!?)\]»”“’…>*\"']"
    r"|(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*[^\s.,:;!?)\]»”“’…>*\"'])?",
    re.IGNORECASE,
)


class ScorerError(Exception):
    """The classifier could not be loaded or could not score; no verdict was reached."""


@cache
def classifier() -> Classifier:
    """The process's one copy of the model; raises ScorerError where it cannot be loaded."""
    try:
        return load(settings.MODEL_DIR or None)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        raise ScorerError(str(error)) from error


def score_all(comments: Sequence[Comment]) -> list[Scores]:
    """The scores of each comment's text; its author's name and site are judged by rules instead.

    Raises ScorerError for all of them where one cannot be scored.
    """
    model = classifier()
    try:
        with metrics.scoring(len(comments)):
            found = model.score([comment.text for comment in comments])
    except SoftTimeLimitExceeded:
        # The task's time is over: no fault of the scorer's, and nothing to try again at once.
        raise
    except Exception as error:
        # The text itself must not reach the log through the exception's message.
        raise ScorerError(type(error).__name__) from None
    return [_in_range(scores) for scores in found]


def _in_range(scores: Scores) -> Scores:
    numbers = (scores.spam, scores.toxicity, scores.sure_spam, scores.sure_toxicity)
    if not all(0 <= number <= 1 for number in numbers):
        raise ScorerError("a score out of its range")
    return scores


def stretches(*, text: str, attribute: str) -> list[Stretch]:
    """Where in the text (start, end) the score of an attribute came from; none without a model.

    A link is there as a whole or not at all: "com" by itself tells a person nothing.
    """
    if attribute not in ATTRIBUTES:
        return []
    try:
        return _with_whole_links(text, classifier().explain(text)[attribute].marked())
    except ScorerError:
        return []


def _with_whole_links(text: str, found: Sequence[Stretch]) -> list[Stretch]:
    links = [link.span() for link in _LINK.finditer(text)]
    whole: list[Stretch] = []
    for start, end in found:
        touched = [link for link in links if link[0] < end and start < link[1]]
        first = min([start, *(link[0] for link in touched)])
        last = max([end, *(link[1] for link in touched)])
        if whole and first <= whole[-1][1]:
            first, last = whole[-1][0], max(last, whole.pop()[1])
        whole.append((first, last))
    return whole
