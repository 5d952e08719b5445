"""What delivery stores: how far each follower has read, and what is to be told to whom."""

from moderation.delivery.models.cursor import Cursor
from moderation.delivery.models.mail import (
    Consent,
    Lane,
    Mail,
    MailKind,
    MailState,
    Subscription,
    new_mail_id,
)
from moderation.delivery.models.webhook import (
    COMMENT_KINDS,
    MAX_URL_LENGTH,
    SECRET_PREFIX,
    Endpoint,
    Message,
    MessageKind,
    MessageState,
    new_id,
    new_secret,
)

__all__ = [
    "COMMENT_KINDS",
    "MAX_URL_LENGTH",
    "SECRET_PREFIX",
    "Consent",
    "Cursor",
    "Endpoint",
    "Lane",
    "Mail",
    "MailKind",
    "MailState",
    "Message",
    "MessageKind",
    "MessageState",
    "Subscription",
    "new_id",
    "new_mail_id",
    "new_secret",
]
