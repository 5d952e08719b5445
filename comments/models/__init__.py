"""The record: sites, articles, comments, their revisions and contacts, and the event log."""

from comments.models.article import ARTICLE_TEXT_LONGEST, Article
from comments.models.comment import (
    ERASED_TEXT,
    NAME_LONGEST,
    TEXT_LONGEST,
    WEBSITE_LONGEST,
    Comment,
    CommentQuerySet,
    Status,
)
from comments.models.contact import EMAIL_LONGEST, Contact
from comments.models.event import Event, EventKind
from comments.models.revision import Revision
from comments.models.site import DEFAULT_KEY, Site, SiteKey

__all__ = [
    "ARTICLE_TEXT_LONGEST",
    "DEFAULT_KEY",
    "EMAIL_LONGEST",
    "ERASED_TEXT",
    "NAME_LONGEST",
    "TEXT_LONGEST",
    "WEBSITE_LONGEST",
    "Article",
    "Comment",
    "CommentQuerySet",
    "Contact",
    "Event",
    "EventKind",
    "Revision",
    "Site",
    "SiteKey",
    "Status",
]
