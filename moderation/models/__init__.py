"""What moderation stores: decisions, acts, appeals, measures, notes, reports, campaigns, logs."""

from moderation.models.act import Act, ActKind, undo_time
from moderation.models.appeal import MAX_APPEAL_LENGTH, Appeal
from moderation.models.article_hold import ArticleHold
from moderation.models.author_measure import KINDS, SCOPES_OF, AuthorMeasure, Scope
from moderation.models.bulk import MAX_ADDRESS, BulkDecision, BulkItem, BulkState, Fate
from moderation.models.campaign import Membership, TextSignature
from moderation.models.day_count import DayCount
from moderation.models.decision import STAYS_PUBLISHED, Decision
from moderation.models.heartbeat import Heartbeat
from moderation.models.note import MAX_NOTE_LENGTH, Note, NoteVersion, Question
from moderation.models.policy import LIMITS, SitePolicy, lines_of, validate_thresholds
from moderation.models.precedent import SLOTS, Precedent
from moderation.models.privacy import PrivacyDeed, PrivacyEntry
from moderation.models.queue import Claim, HeldComment
from moderation.models.reason import MAX_ACTIVE, RejectionReason
from moderation.models.report import (
    MAX_SENTENCE_LENGTH,
    Report,
    ReportOutcome,
    ReportReason,
)
from moderation.models.saved_view import Place, SavedView
from moderation.models.tally import Tally

__all__ = [
    "KINDS",
    "LIMITS",
    "MAX_ACTIVE",
    "MAX_ADDRESS",
    "MAX_APPEAL_LENGTH",
    "MAX_NOTE_LENGTH",
    "MAX_SENTENCE_LENGTH",
    "SCOPES_OF",
    "SLOTS",
    "STAYS_PUBLISHED",
    "Act",
    "ActKind",
    "Appeal",
    "ArticleHold",
    "AuthorMeasure",
    "BulkDecision",
    "BulkItem",
    "BulkState",
    "Claim",
    "DayCount",
    "Decision",
    "Fate",
    "Heartbeat",
    "HeldComment",
    "Membership",
    "Note",
    "NoteVersion",
    "Place",
    "Precedent",
    "PrivacyDeed",
    "PrivacyEntry",
    "Question",
    "RejectionReason",
    "Report",
    "ReportOutcome",
    "ReportReason",
    "SavedView",
    "Scope",
    "SitePolicy",
    "Tally",
    "TextSignature",
    "lines_of",
    "undo_time",
    "validate_thresholds",
]
