"""Write a decision to the log, and count it in the metrics."""

import logging

from config import metrics
from moderation.actors import ActorKind
from moderation.policy.verdict import Verdict

logger = logging.getLogger(__name__)


def log_and_count(comment: int, verdict: Verdict, by: ActorKind, request_id: str) -> None:
    """The request is the one that submitted the comment; "" for a person's decision."""
    metrics.count_decided(outcome=verdict.outcome, reason=verdict.reason, by=by)
    fields = {"request_id": request_id} if request_id else {}
    sentence = "comment %s: %s, %s"
    logger.info(sentence, comment, verdict.outcome, verdict.reason, extra={"fields": fields})
