"""Put the policy's verdict into Akismet's words: spam, certain spam, doubtful, not spam."""

from enum import Enum, auto

from comments.models import SiteKey
from comments.protocols.judging import Judged
from moderation.policy.verdict import Outcome, Reason, Verdict

# What is wrong with a text that is not spam; it counts only if the key says so.
NOT_SPAM = frozenset({Reason.TOXICITY, Reason.HATE, Reason.NAME_INSULT, Reason.PERSONAL_DATA})


class Answer(Enum):
    """What the other system is told about a text."""

    HAM = auto()
    DOUBTFUL = auto()
    SPAM = auto()
    CERTAIN_SPAM = auto()

    @property
    def is_spam(self) -> bool:
        return self in {Answer.SPAM, Answer.CERTAIN_SPAM}


def answer_for(judged: Judged, site_key: SiteKey) -> Answer:
    """Return what a key's system is told.

    Spam is what scores as high as the policy requires for a rejection, and certain only what it
    rejects, because there is evidence too. Whatever else it holds is doubtful.
    """
    strict = site_key.toxicity_is_spam
    verdict = judged.verdict if strict else judged.verdict_without(NOT_SPAM)
    # The operator's own model may lack one.
    counted = judged.scores.keys() & ({Reason.SPAM, Reason.TOXICITY} if strict else {Reason.SPAM})
    if verdict.outcome == Outcome.PUBLISH:
        return Answer.HAM
    if verdict == Verdict(Outcome.REJECT, Reason.SPAM):
        return Answer.CERTAIN_SPAM
    likely = any(judged.scores[name] >= judged.limits[name]["reject_at"] for name in counted)
    return Answer.SPAM if likely or verdict.outcome == Outcome.REJECT else Answer.DOUBTFUL
