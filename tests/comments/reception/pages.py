"""Helpers that post and read the pages."""

import datetime as dt
import html
from typing import Any

from django.test import Client
from django.utils import timezone

from comments.models import Article, Comment
from tests.makers import make_comment

FORM = {
    "text": "Дякую, дуже потрібна стаття.",
    "author_name": "Оксана",
    "author_email": "oksana@example.org",
    "author_url": "https://oksana.example.org",
}


def post(client: Client, article: Article, query: str = "", **over: Any) -> Any:
    return client.post(f"/uk/articles/{article.key}/{query}", {**FORM, **over})


def browser(article: Article) -> Client:
    """A client that has opened the form and has its cookie."""
    client = Client()
    page(client, article)
    return client


def page(client: Client, article: Article, query: str = "", language: str = "uk") -> str:
    response = client.get(f"/{language}/articles/{article.key}/{query}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def make_old(article: Article, count: int, **over: Any) -> list[Comment]:
    now = timezone.now()
    comments = [make_comment(article, text=f"Думка №{n}.", **over) for n in range(count)]
    for n, comment in enumerate(comments):
        comment.created_at = now - dt.timedelta(minutes=count - n)
        comment.save(update_fields=["created_at"])
    return comments
