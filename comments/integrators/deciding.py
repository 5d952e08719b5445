"""Carry out what a site's program decides about a comment."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from comments.integrators.records import comments_of, decisions_of
from comments.integrators.serializers import NewDecisionSerializer
from comments.models import Comment, SiteKey, Status
from comments.reception.missing import NoCommentError
from moderation import rejections
from moderation.models import Decision
from moderation.policy.verdict import REJECTION_REASONS, Outcome, Reason, Verdict
from moderation.services import decide_for_program
from moderation.transitions import FORBIDDEN_IF_ERASED, LEGAL_MOVES, STATUS_AFTER, Seen

_REASON_OF: Mapping[Outcome, Reason] = {
    Outcome.PUBLISH: Reason.REVIEWED,
    Outcome.HOLD: Reason.RETURNED,
}


class ChangedError(exceptions.APIException):
    status_code = 409
    default_detail = _("The comment has changed since you read it. Read it again, then decide.")
    default_code = "changed"


class ImpossibleError(exceptions.APIException):
    status_code = 409
    default_detail = _("This cannot be decided about a comment with this status.")
    default_code = "impossible"


def decide(key: SiteKey, number: int, sent: Any) -> Decision:
    """Apply the decision that was sent, and return it as recorded; raises API errors."""
    serializer = NewDecisionSerializer(data=sent)
    serializer.is_valid(raise_exception=True)
    asked = serializer.validated_data
    verdict = _verdict(key.site_id, Outcome(asked["outcome"]), asked.get("reason", ""))
    comment = comments_of(key.site_id).filter(pk=number).first()
    if comment is None:
        raise NoCommentError
    _require_possible(comment, verdict, asked["version"])
    seen = Seen(Status(comment.status), asked["version"])
    reviewed = decide_for_program(site_key=key, verdict=verdict, seen={comment.pk: seen})
    if not reviewed.done:
        raise ChangedError
    return decisions_of(key.site_id).filter(comment=comment, site_key=key).latest("pk")


def _require_possible(comment: Comment, verdict: Verdict, version: int) -> None:
    if comment.version != version:
        raise ChangedError
    status, wanted = Status(comment.status), STATUS_AFTER[verdict.outcome]
    forbidden = comment.is_erased and wanted in FORBIDDEN_IF_ERASED
    if wanted == status or wanted not in LEGAL_MOVES.get(status, set()) or forbidden:
        raise ImpossibleError


def _verdict(site: str, outcome: Outcome, reason: str) -> Verdict:
    """Return the verdict; raises ValidationError for a reason that the site does not offer."""
    if outcome in _REASON_OF:
        return Verdict(outcome, _REASON_OF[outcome])
    own = rejections.verdict_of(reason)
    if own and reason in {value for value, _name in rejections.offers_of(site)}:
        return own
    if reason in {each.value for each in REJECTION_REASONS}:
        return Verdict(outcome, Reason(reason))
    sentence = gettext("To reject a comment, send one of the `rejection_reasons` of the policy.")
    raise exceptions.ValidationError({"reason": [exceptions.ErrorDetail(sentence, "reason")]})
