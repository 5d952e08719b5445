"""The JSON of a webhook message, made when it is sent: what was erased since is not in it.

It has no e-mail, no address and nothing else about an author that readers do not see.
"""

import json
from typing import Any

from comments.models import Article, Comment, Revision
from moderation.delivery.links import article_url, cached_urls
from moderation.delivery.models import Message, MessageKind

# What an event says that others may know; `decision` is a number of our own log.
_FACTS = ("status", "reason", "revision", "by")


def body(message: Message) -> bytes:
    """Return the body that is signed and sent."""
    return json.dumps(
        {
            "type": message.kind,
            "timestamp": message.happened_at.isoformat(),
            "data": {"site": message.endpoint.site_id, **_data(message)},
        },
        ensure_ascii=False,
    ).encode()


def _data(message: Message) -> dict[str, Any]:
    if message.kind == MessageKind.PURGE:
        articles = Article.objects.filter(pk__in=message.facts["articles"]).defer("text")
        return {
            "urls": [url for article in articles.order_by("pk") for url in cached_urls(article)]
        }
    if message.kind == MessageKind.TEST:
        return {}
    comments = Comment.objects.select_related("article").defer("article__text")
    comment = comments.get(pk=message.comment_number or 0)
    return {
        # Events have ascending numbers: what is older than what you have can be ignored.
        "event": message.event_number,
        "comment": _comment(comment, message),
        "article": {
            "key": comment.article.key,
            "title": comment.article.title,
            "url": article_url(comment.article),
        },
    }


def _comment(comment: Comment, message: Message) -> dict[str, Any]:
    """Return the comment in the version and the status of the event."""
    number = message.facts.get("revision", comment.revision)
    # An erasure blanks all versions.
    version = Revision.objects.filter(comment=comment, number=number).first() or Revision()
    return {
        "id": comment.pk,
        "parent_id": comment.parent_id,
        **{name: message.facts[name] for name in _FACTS if name in message.facts},
        "author_name": version.author_name,
        "author_url": version.author_url,
        "text": version.text,
        "created_at": comment.created_at.isoformat(),
    }
