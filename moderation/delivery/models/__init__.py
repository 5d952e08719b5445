"""What delivery stores: how far each follower has read, and what is to be told to whom."""

from moderation.delivery.models.cursor import Cursor
from moderation.delivery.models.webhook import (
    COMMENT_KINDS,
    MAX_URL_LENGTH,
    Endpoint,
    Message,
    MessageKind,
    MessageState,
    new_id,
)

__all__ = [
    "COMMENT_KINDS",
    "MAX_URL_LENGTH",
    "Cursor",
    "Endpoint",
    "Message",
    "MessageKind",
    "MessageState",
    "new_id",
]
