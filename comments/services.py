"""submit_comment: the one way in, for the form, the REST endpoint and the demo alike."""

import logging
from dataclasses import dataclass

from django.db import transaction

from comments.identity import address_key, author_key
from comments.models import Article, Comment, Contact
from config.tracing import request_id
from moderation import metrics
from moderation.tasks import ask_for_moderation

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a reader typed, already validated, and the address it came from."""

    author_name: str
    author_email: str
    text: str
    author_url: str = ""
    parent: Comment | None = None
    address: str = ""


def submit_comment(*, article: Article, draft: Draft) -> Comment:
    """Stores the comment as pending and asks for its moderation once the row is committed.

    A reply to a reply joins the same thread: one level of nesting. An unreachable broker is
    logged, not raised: the row waits and the sweep finishes it.
    """
    with transaction.atomic():
        comment = Comment.objects.create(
            article=article,
            parent=_thread_root(draft.parent),
            author_name=draft.author_name,
            author_url=draft.author_url,
            author_key=author_key(draft.author_email),
            text=draft.text,
            request_id=request_id.get(),
        )
        contact = Contact(comment=comment, address_key=address_key(draft.address))
        contact.seal(email=draft.author_email, address=draft.address)
        contact.save(force_insert=True)
        transaction.on_commit(ask_for_moderation, robust=True)
        transaction.on_commit(lambda: _tell(comment), robust=True)
    return comment


def _tell(comment: Comment) -> None:
    metrics.count_accepted(reply=comment.parent_id is not None)
    logger.info("comment %s accepted", comment.pk)


def _thread_root(parent: Comment | None) -> Comment | None:
    return parent.parent or parent if parent else None
