"""Store submitted comments; readers' comments and the demo's both go through here."""

import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from comments import events
from comments.identity import address_key, author_key, writer_key
from comments.models import Article, Comment, Contact, Revision, rows
from comments.reception.articles import get_or_create_article
from comments.reception.duplicates import duplicate_key, find_duplicate
from comments.reception.idempotency import Attempt
from config import metrics
from config.request_id import request_id
from moderation.delivery import mail_requests
from moderation.tasks import request_moderation

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a reader typed, already validated, and where it came from."""

    author_name: str
    author_email: str
    text: str
    author_url: str = ""
    parent: Comment | None = None
    address: str = ""
    secret: str = ""
    looks_automated: bool = False
    # Whether the author wants to be told by e-mail what becomes of it.
    notify: bool = False
    # Set if the sender may repeat the request under a key.
    attempt: Attempt | None = None


def submit_comment(*, article: Article, draft: Draft) -> Comment:
    """Store the comment as pending, and request its moderation after the commit.

    A reply to a reply joins its thread and branch: see the fields of Comment. If the broker is
    unreachable, this is logged and the sweep moderates the comment later. A duplicate of the
    writer's own comment is not stored; the first one is returned.
    """
    return store_once(new_comment(article, draft), draft)


def new_comment(article: Article, draft: Draft) -> Comment:
    """Build the comment without storing it."""
    author = author_key(draft.author_email, article.site_id)
    comment = Comment(
        article=article,
        **(draft.parent.place_of_reply if draft.parent else {}),
        author_name=draft.author_name,
        author_url=draft.author_url,
        author_key=author,
        writer_key=writer_key(author, draft.secret),
        text=draft.text,
        looks_automated=draft.looks_automated,
        request_id=request_id.get(),
    )
    comment.duplicate_key = duplicate_key(comment)
    return comment


def store_once(comment: Comment, draft: Draft, tries: int = 2) -> Comment:
    """Store the comment and return it, or return the comment of which it is a duplicate.

    Of two equal comments at once, the unique key lets one be stored; the other one tries again and
    finds it.
    """
    article = comment.article
    try:
        _store(comment, draft)
    except IntegrityError:
        # The rollback also removed an article created with the comment.
        comment.article = article
        # Looked for only now, since most comments have no duplicate.
        if first := find_duplicate(comment):
            return first
        if not tries:
            raise
        return store_once(comment, draft, tries - 1)
    return comment


def _store(comment: Comment, draft: Draft) -> None:
    contact = Contact(address_key=address_key(draft.address, comment.article.site_id))
    contact.seal(email=draft.author_email, address=draft.address)
    with transaction.atomic():
        comment.article = get_or_create_article(comment.article)
        comment.save(force_insert=True)
        if draft.attempt:
            draft.attempt.store(comment.pk)
        contact.comment = comment
        rows.insert(contact)
        Revision.objects.keep(comment)
        if draft.notify:
            mail_requests.subscribe(comment)
        events.submitted(comment)
        transaction.on_commit(request_moderation, robust=True)
        transaction.on_commit(lambda: _log_accepted(comment), robust=True)


def _log_accepted(comment: Comment) -> None:
    metrics.count_accepted(reply=comment.parent_id is not None)
    logger.info("comment %s accepted", comment.pk)
