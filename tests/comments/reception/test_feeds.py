"""Atom feeds of the published comments of an article and of a site."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from comments.models import Article, Status
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, path: str) -> list[ElementTree.Element]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_an_articles_feed_has_its_published_comments_newest_first(
    client: Client, article: Article
) -> None:
    make_comment(article, text="Перший коментар.")
    make_comment(article, text="Другий коментар.", author_name="Остап")
    make_comment(article, text="Ще чекає.", status=Status.HELD)
    make_comment(make_article(key="inshe"), text="Під іншою статтею.")
    found = entries(client, "/articles/mist/comments.atom")
    assert [each.findtext(f"{ATOM}summary") for each in found] == [
        "<p>Другий коментар.</p>",
        "<p>Перший коментар.</p>",
    ]
    assert found[0].findtext(f"{ATOM}author/{ATOM}name") == "Остап"


def test_an_entry_leads_to_the_comment_under_the_article(client: Client, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(url="https://news.example.org/mist")
    comment = make_comment(article)
    (entry,) = entries(client, "/articles/mist/comments.atom")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"https://news.example.org/mist#comment-{comment.pk}"


def test_a_sites_feed_has_the_comments_of_all_its_articles(
    client: Client, article: Article
) -> None:
    make_comment(article)
    make_comment(make_article(key="inshe"))
    assert len(entries(client, "/comments.atom")) == 2
    assert client.get("/sites/none/comments.atom").status_code == 404


def test_a_comment_that_is_taken_down_leaves_the_feed(client: Client, article: Article) -> None:
    comment = make_comment(article)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    assert entries(client, "/articles/mist/comments.atom") == []


def test_markup_that_readers_type_stays_text(client: Client, article: Article) -> None:
    make_comment(article, text="<script>alert(1)</script> & ]]> «так»", author_name="A & <B>")
    (entry,) = entries(client, "/articles/mist/comments.atom")
    assert "<script>" not in str(entry.findtext(f"{ATOM}summary"))
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "A & <B>"


def test_no_feed_tells_an_e_mail(client: Client, article: Article) -> None:
    make_comment(article, author_email="olena@example.org")
    assert b"olena@" not in client.get("/articles/mist/comments.atom").content


def test_a_feed_is_the_same_for_every_reader_and_may_be_cached_for_a_minute(
    client: Client, article: Article
) -> None:
    make_comment(article)
    one, two = (
        client.get("/articles/mist/comments.atom", headers={"Accept-Language": each})
        for each in ("uk", "en")
    )
    assert one.content == two.content
    assert one["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" not in one.get("Vary", "")


def test_the_page_of_an_article_names_its_feed(client: Client, article: Article) -> None:
    page = client.get("/uk/articles/mist/").content.decode()
    assert 'type="application/atom+xml"' in page
    assert "/articles/mist/comments.atom" in page
