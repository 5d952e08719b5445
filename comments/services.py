"""submit_comment: the one way in, for readers (receive_comment) and for the demo alike."""

from dataclasses import dataclass

from django.db import transaction

from comments import throttles
from comments.identity import author_key
from comments.models import Article, Comment, Contact
from moderation.tasks import ask_for_moderation


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a reader typed, already validated."""

    author_name: str
    author_email: str
    text: str
    author_url: str = ""
    parent: Comment | None = None


def receive_comment(*, article: Article, draft: Draft, address: str) -> Comment:
    """What a reader sends from `address` ("" if unknown), by form or REST, within the limits.

    Raises ThrottledError where too much was sent; nothing is stored then.
    """
    throttles.admit(
        address=address, author_key=author_key(draft.author_email), article_id=article.pk
    )
    return submit_comment(article=article, draft=draft)


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
        )
        Contact.objects.create(comment=comment, email=draft.author_email)
        # Not a partial: what robust=True logs of an error is the function's name.
        transaction.on_commit(lambda: ask_for_moderation(comment.pk), robust=True)
    return comment


def _thread_root(parent: Comment | None) -> Comment | None:
    return parent.parent or parent if parent else None
