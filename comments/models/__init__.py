"""What is stored: sites, articles, comments, their revisions and contacts, and the event log."""

from comments.models.answered_request import AnsweredRequest
from comments.models.article import MAX_ARTICLE_TEXT_LENGTH, Article
from comments.models.check import CheckDay, CheckedText, Label
from comments.models.comment import (
    ERASED_TEXT,
    IN_THREAD,
    MAX_NAME_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_WEBSITE_LENGTH,
    SCORE_SCALE,
    SHOWS_REPLIES,
    UNSCORED,
    Comment,
    CommentQuerySet,
    Status,
)
from comments.models.contact import MAX_EMAIL_LENGTH, Contact
from comments.models.event import OF_DECISIONS, Event, EventKind
from comments.models.newsroom import Pick, StaffAnswer
from comments.models.revision import Revision
from comments.models.site import DEFAULT_KEY, Site
from comments.models.site_key import CheckOptions, Doubt, KeyScope, SiteKey
from comments.models.vote import Vote, VoteCount

__all__ = [
    "DEFAULT_KEY",
    "ERASED_TEXT",
    "IN_THREAD",
    "MAX_ARTICLE_TEXT_LENGTH",
    "MAX_EMAIL_LENGTH",
    "MAX_NAME_LENGTH",
    "MAX_TEXT_LENGTH",
    "MAX_WEBSITE_LENGTH",
    "OF_DECISIONS",
    "SCORE_SCALE",
    "SHOWS_REPLIES",
    "UNSCORED",
    "AnsweredRequest",
    "Article",
    "CheckDay",
    "CheckOptions",
    "CheckedText",
    "Comment",
    "CommentQuerySet",
    "Contact",
    "Doubt",
    "Event",
    "EventKind",
    "KeyScope",
    "Label",
    "Pick",
    "Revision",
    "Site",
    "SiteKey",
    "StaffAnswer",
    "Status",
    "Vote",
    "VoteCount",
]
