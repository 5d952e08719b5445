"""Search engines read the published comments of a page as schema.org's Comment in JSON-LD."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from comments.models import Article, Comment, Status
from tests.comments.reception.pages import page
from tests.makers import make_comment

pytestmark = pytest.mark.django_db
HOSTILE = '</script><script>alert("1")</script> <!-- & \u2028 кінець'


def block(html: str) -> dict[str, Any]:
    """The data of the page; it fails if there is not exactly one block."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    return data


def test_it_has_the_comments_and_replies_of_the_page(client: Client, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(url="https://news.example.org/mist")
    root = make_comment(article, author_url="https://olena.example.org")
    reply = make_comment(article, parent=root)
    answer = make_comment(article, parent=reply)
    data = block(page(client, article))
    assert (data["@type"], data["url"]) == ("Article", "https://news.example.org/mist")
    assert data["commentCount"] == 3
    (first,) = data["comment"]
    address = "http://testserver/uk/articles/mist/?comment={0}#comment-{0}"
    assert first["@type"] == "Comment"
    assert first["text"] == root.text
    assert first["url"] == address.format(root.pk)
    assert first["dateCreated"] == root.created_at.isoformat(timespec="seconds")
    assert first["author"] == {
        "@type": "Person",
        "name": root.author_name,
        "url": "https://olena.example.org",
    }
    assert "parentItem" not in first
    assert [each["parentItem"]["@id"] for each in first["comment"]] == [
        address.format(root.pk),
        address.format(reply.pk),
    ]
    assert first["comment"][1]["url"] == address.format(answer.pk)


def test_nothing_ends_the_block_early(client: Client, article: Article) -> None:
    comment = make_comment(article)
    Comment.objects.filter(pk=comment.pk).update(text=HOSTILE, author_name=HOSTILE)
    (found,) = block(page(client, article))["comment"]
    assert (found["text"], found["author"]["name"]) == (HOSTILE, HOSTILE)


def test_it_tells_nothing_that_readers_do_not_see(client: Client, article: Article) -> None:
    assert "ld+json" not in page(client, article)
    for status in (Status.PENDING, Status.HELD, Status.REJECTED):
        make_comment(article, status=status)
    assert "ld+json" not in page(client, article)
    withdrawn = make_comment(article)
    make_comment(article, parent=withdrawn)
    Comment.objects.filter(pk=withdrawn.pk).update(status=Status.WITHDRAWN)
    assert withdrawn.text not in page(client, article)


def test_a_threads_own_page_has_its_replies(client: Client, article: Article) -> None:
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    (found,) = block(page(client, article, f"?thread={root.pk}"))["comment"]
    assert found["text"] == reply.text
