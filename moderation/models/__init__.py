"""What moderation stores: decisions, acts, campaigns, reports, policies, logs, heartbeats."""

from moderation.models.act import Act, ActKind, undo_time
from moderation.models.campaign import Membership, TextSignature
from moderation.models.decision import Decision
from moderation.models.heartbeat import Heartbeat
from moderation.models.policy import LIMITS, SitePolicy, validate_thresholds
from moderation.models.privacy import PrivacyDeed, PrivacyEntry
from moderation.models.queue import Claim, HeldComment
from moderation.models.report import (
    MAX_SENTENCE_LENGTH,
    Report,
    ReportOutcome,
    ReportReason,
)

__all__ = [
    "LIMITS",
    "MAX_SENTENCE_LENGTH",
    "Act",
    "ActKind",
    "Claim",
    "Decision",
    "Heartbeat",
    "HeldComment",
    "Membership",
    "PrivacyDeed",
    "PrivacyEntry",
    "Report",
    "ReportOutcome",
    "ReportReason",
    "SitePolicy",
    "TextSignature",
    "undo_time",
    "validate_thresholds",
]
