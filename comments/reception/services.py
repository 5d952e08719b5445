"""submit_comment, the one way in, for readers and for the demo alike."""

import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from comments import events
from comments.identity import address_key, author_key, writer_key
from comments.models import Article, Comment, Contact, Revision
from comments.reception.articles import settled
from comments.reception.duplicates import duplicate_key, earlier
from config import metrics
from config.request_id import request_id
from moderation.tasks import request_moderation

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a reader typed, already validated, and what is known of where it came from."""

    author_name: str
    author_email: str
    text: str
    author_url: str = ""
    parent: Comment | None = None
    address: str = ""
    secret: str = ""
    looks_automated: bool = False


def submit_comment(*, article: Article, draft: Draft) -> Comment:
    """Stores the comment as pending and asks for its moderation once the row is committed.

    A reply to a reply joins the same thread: one level of nesting. An unreachable broker is
    logged, not raised: the row waits and the sweep finishes it. Where the writer has sent the same
    here before, that one is returned and nothing is stored.
    """
    return store_once(new_comment(article, draft), draft)


def new_comment(article: Article, draft: Draft) -> Comment:
    """The draft as a row that is not stored yet."""
    author = author_key(draft.author_email, article.site_id)
    comment = Comment(
        article=article,
        parent=_thread_root(draft.parent),
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
    """The comment, or its like. Two that replace the same old one meet: one finds the other."""
    article = comment.article
    try:
        _store(comment, draft)
    except IntegrityError:
        # An article that was made with it went with it.
        comment.article = article
        # The key of what was said is unique: only where its like is there is it looked for.
        if first := earlier(comment):
            return first
        if not tries:
            raise
        return store_once(comment, draft, tries - 1)
    return comment


def _store(comment: Comment, draft: Draft) -> None:
    contact = Contact(address_key=address_key(draft.address, comment.article.site_id))
    contact.seal(email=draft.author_email, address=draft.address)
    with transaction.atomic():
        comment.article = settled(comment.article)
        comment.save(force_insert=True)
        contact.comment = comment
        contact.save(force_insert=True)
        Revision.objects.keep(comment)
        events.submitted(comment)
        transaction.on_commit(request_moderation, robust=True)
        transaction.on_commit(lambda: _tell(comment), robust=True)


def _tell(comment: Comment) -> None:
    metrics.count_accepted(reply=comment.parent_id is not None)
    logger.info("comment %s accepted", comment.pk)


def _thread_root(parent: Comment | None) -> Comment | None:
    return parent.parent or parent if parent else None
