"""The discussion as HTML, for the servers of sites and for embed.js."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/articles/mist/comments/html/"


def test_it_is_complete_without_scripts(client: Client) -> None:
    comment = make_comment(make_article(key="mist"), text="Дякую за *новину*.")
    answer = client.get(ADDRESS, headers={"Accept": "text/html"})
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    html = answer.content.decode()
    assert "Дякую за <em>новину</em>." in html
    assert f'id="comment-{comment.pk}"' in html
    assert f"http://testserver/uk/articles/mist/?reply_to={comment.pk}#respond" in html


def test_before_the_first_comment_it_is_an_empty_list(client: Client) -> None:
    answer = client.get(ADDRESS, {"lang": "en"})
    assert answer.status_code == 200
    assert "No comments yet." in answer.content.decode()


def test_it_is_sent_again_only_if_it_has_changed(client: Client) -> None:
    article = make_article(key="mist")
    make_comment(article)
    first = client.get(ADDRESS)
    known = {"If-None-Match": first["ETag"]}
    assert client.get(ADDRESS, headers=known).status_code == 304
    assert client.get(ADDRESS, {"lang": "en"}, headers=known).status_code == 200
    assert first["Cache-Control"].startswith("public")
    make_comment(article, text="Ще один.")
    assert "Ще один." in client.get(ADDRESS, headers=known).content.decode()


def test_replies_are_nested_and_folded_after_three(client: Client) -> None:
    article = make_article(key="mist")
    root = make_comment(article)
    for _ in range(5):
        make_comment(article, parent=root)
    html = client.get(ADDRESS).content.decode()
    assert "Ще 2 відповіді" in html
    assert html.count("<article") == 6


def test_a_site_that_does_not_exist_is_named(client: Client) -> None:
    answer = client.get("/api/v1/sites/nobody/articles/mist/comments/html/")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:comments:problem:no-site"


@pytest.mark.parametrize(("language", "is_kept"), [("en", True), ("x1", False)])
def test_only_addresses_that_pages_ask_for_are_kept_in_the_cache(
    client: Client, language: str, is_kept: bool
) -> None:
    make_comment(make_article(key="mist"))
    client.get(ADDRESS, {"lang": language})
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS, {"lang": language})
    assert (len(queries) == 2) is is_kept
