"""The article page as a browser without JavaScript gets it."""

import html
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from comments.markup import comment_html
from comments.models import Article
from tests.comments.reception.pages import make_old, page
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db


def test_the_page_links_to_the_article_and_shows_its_discussion(client: Client) -> None:
    article = make_article(url="https://news.example/mist", language="en")
    comment = make_comment(article)
    shown = page(client, article)
    assert f'<h1 lang="en"><a href="https://news.example/mist">{article.title}</a></h1>' in shown
    assert '<link rel="canonical" href="https://news.example/mist">' in shown
    assert article.section in shown
    assert comment.text in shown


def test_nothing_on_the_page_is_inline_or_from_another_origin(
    client: Client, article: Article
) -> None:
    make_comment(article)
    shown = page(client, article)
    for unwanted in ("<style", " style=", " onclick=", "//fonts.", "gravatar"):
        assert unwanted not in shown
    # A block of data, which no browser runs: see structured_data.
    shown = shown.replace('<script type="application/ld+json">', "")
    assert set(re.findall("<script[^>]*", shown)) == {
        f'<script defer src="/static/comments/{name}.js"'
        for name in ("reply", "draft", "length", "times", "refresh", "live", "mute")
    }


def test_a_comment_is_shown_as_typed_with_nofollow_links(client: Client, article: Article) -> None:
    make_comment(
        article,
        text="<script>alert(1)</script> дивіться https://example.org/a?b=1&c=2\nі далі",
        author_name='"><img src=x onerror=alert(1)>',
        author_url="https://example.org/me",
    )
    raw = client.get("/uk/articles/mist/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    assert "<script>" not in raw
    assert "<img" not in raw
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="ugc nofollow noopener"' in raw
    assert 'href="https://example.org/me" rel="ugc nofollow noopener"' in raw
    assert "<br>і далі" in raw


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("example.org/a", "http://example.org/a"),
        ("www.example.ua", "http://www.example.ua"),
        (
            "https://example.org/@olena?to=a@b.example",
            "https://example.org/@olena?to=a%40b.example",
        ),
        ("ftp://example.com", None),
        ("ftp://example.com/a", None),
        ("https://pravda.example@evil.example", None),
        ("https://pravda.example\\@evil.example", None),
        ("www.pravda.example@evil.example", None),
        ("olena@example.org", None),
    ],
)
def test_only_an_address_that_shows_its_host_becomes_a_link(typed: str, link: str | None) -> None:
    shown = html.unescape(comment_html(f"Дивіться {typed} тут"))
    assert typed in shown
    assert re.findall(r'href="([^"]+)"', shown) == ([link] if link else [])


def test_comments_are_newest_first_unless_oldest_first_is_requested(
    client: Client, article: Article
) -> None:
    make_old(article, 2)
    newest = page(client, article)
    assert newest.index("Думка №1.") < newest.index("Думка №0.")
    oldest = page(client, article, "?order=oldest")
    assert oldest.index("Думка №0.") < oldest.index("Думка №1.")


def test_a_page_has_twenty_comments_and_its_links_keep_the_order(
    client: Client, article: Article
) -> None:
    make_old(article, 21)
    first = page(client, article, "?order=oldest")
    assert first.count("<p>Думка №") == 20
    last = article.comments.order_by("created_at")[19].pk
    assert f'href="?order=oldest&after={last}#comments"' in first
    second = page(client, article, f"?order=oldest&after={last}")
    assert second.count("<p>Думка №") == 1
    assert "Думка №20." in second


@pytest.mark.parametrize(
    "query",
    [
        "?after=0",
        "?before=x",
        "?after=999999999999999999999",
        "?before=%00&after=٣",
        "?comment=x",
        "?comment=999",
        "?thread=x",
        "?thread=99999999999999999999",
        "?reply_to=٣",
        "?reply_to=x",
        "?order=%00",
        "?thread=%EF%BF%BD&page=last",
    ],
)
def test_a_mistyped_query_still_shows_the_page(
    client: Client, article: Article, query: str
) -> None:
    make_comment(article)
    assert "1 коментар" in page(client, article, query)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 коментар<"), (3, "3 коментарі<"), (5, "5 коментарів<"), (21, "21 коментар<")],
)
def test_the_count_agrees_with_its_noun(
    client: Client, article: Article, number: int, words: str
) -> None:
    Article.objects.update(published_count=number)
    assert words in page(client, article)


def test_a_page_without_comments_says_so(client: Client, article: Article) -> None:
    assert "Коментарів ще немає." in page(client, article)


@pytest.mark.parametrize(
    ("browser", "address"),
    [("uk", "/uk/"), ("en-GB,en;q=0.8", "/en/"), ("pl", "/uk/"), ("", "/uk/")],
)
def test_without_a_language_in_the_url_the_browser_decides(
    client: Client, browser: str, address: str
) -> None:
    response = client.get("/articles/mist/", headers={"accept-language": browser})
    assert response["Location"] == f"{address}articles/mist/"


def test_the_language_in_the_url_takes_precedence(client: Client, article: Article) -> None:
    answer = client.get("/en/articles/mist/?order=oldest", headers={"accept-language": "uk"})
    shown = answer.content.decode()
    assert '<html lang="en">' in shown
    assert "Leave a Reply" in shown
    assert f'lang="uk">{article.title}</h1>' in shown
    assert 'href="/uk/articles/mist/?order=oldest" lang="uk" hreflang="uk"' in shown


def test_the_front_page_lists_the_articles(client: Client, article: Article) -> None:
    shown = client.get("/uk/").content.decode()
    assert article.title in shown
    assert 'href="/uk/articles/mist/"' in shown


@pytest.mark.parametrize(
    ("address", "words"),
    [("/uk/articles/none/", "Такої сторінки немає"), ("/en/nothing/", "Page not found")],
)
def test_a_missing_page_is_in_the_readers_language(
    client: Client, address: str, words: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("uk", "щось зламалося"), ("en", "went wrong")])
def test_the_error_page_needs_nothing_that_may_be_broken(language: str, words: str) -> None:
    with override(language):
        assert words in render_to_string("500.html")


def test_a_page_with_many_comments_takes_as_many_queries_as_one_with_few(
    client: Client, article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_old(article, 2, parent=make_comment(article))
    with django_assert_num_queries(6):
        page(client, article)
    for _ in range(19):
        make_old(article, 1, parent=make_comment(article))
    with django_assert_num_queries(6):
        page(client, article)
