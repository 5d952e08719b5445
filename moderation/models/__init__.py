"""What moderation stores: decisions, acts, measures, notes, reports, campaigns, policies, logs."""

from moderation.models.act import Act, ActKind, undo_time
from moderation.models.author_measure import KINDS, SCOPES_OF, AuthorMeasure, Scope
from moderation.models.campaign import Membership, TextSignature
from moderation.models.decision import Decision
from moderation.models.heartbeat import Heartbeat
from moderation.models.note import MAX_NOTE_LENGTH, Note, NoteVersion, Question
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
    "KINDS",
    "LIMITS",
    "MAX_NOTE_LENGTH",
    "MAX_SENTENCE_LENGTH",
    "SCOPES_OF",
    "Act",
    "ActKind",
    "AuthorMeasure",
    "Claim",
    "Decision",
    "Heartbeat",
    "HeldComment",
    "Membership",
    "Note",
    "NoteVersion",
    "PrivacyDeed",
    "PrivacyEntry",
    "Question",
    "Report",
    "ReportOutcome",
    "ReportReason",
    "Scope",
    "SitePolicy",
    "TextSignature",
    "undo_time",
    "validate_thresholds",
]
