"""The newsroom's answers and picks are marked on the page, in REST, feeds and the embed's HTML."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from comments.models import Article, Comment
from moderation import newsroom, picks
from moderation.accounts.roles import make_member
from moderation.author_changes import withdraw
from tests.comments.reception.pages import page
from tests.comments.reception.rest import GOOD, post
from tests.makers import make_comment

pytestmark = pytest.mark.django_db
LIST = "/api/v1/articles/mist/comments/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def picked(article: Article) -> Comment:
    """A picked comment with the newsroom's answer below it, beside one of a reader."""
    comment = make_comment(article)
    olena, _ = make_member("olena")
    picks.pick(comment=comment, user=olena)
    newsroom.answer(comment=comment, name="Вісті", text="Дякуємо, виправили.", user=olena)
    make_comment(article, parent=comment)
    return comment


def badges(html: str) -> dict[str, list[str]]:
    """The badges of each comment, by its author."""
    articles = re.findall(r"<article .*?</article>", html, re.DOTALL)
    return {
        re.search(r'author-\d+">([^<]*)<', each)[1]: re.findall(  # type: ignore[index]
            r'(?:class|part)="badge (?:badge-)?(\w+)"', each
        )
        for each in articles
    }


def test_the_page_and_the_embeds_html_have_badges(
    client: Client, article: Article, picked: Comment
) -> None:
    reader = article.comments.latest("pk").author_name
    expected = {picked.author_name: ["picked"], "Вісті": ["staff"], reader: []}
    assert badges(page(client, article)) == expected
    assert badges(client.get(f"{LIST}html/").content.decode()) == expected
    alone = page(client, article, f"?thread={picked.pk}")
    assert badges(alone) == expected


def test_rest_says_who_is_staff_and_what_is_picked(client: Client, picked: Comment) -> None:
    for address in (LIST, f"{LIST}{picked.pk}/", f"{LIST}?order=useful"):
        found = client.get(address).json()
        (root,) = found.get("results", [found])
        assert (root["staff"], root["picked"]) == (False, True)
        assert [(each["staff"], each["picked"]) for each in root["replies"]] == [
            (True, False),
            (False, False),
        ]
    replies = client.get(LIST, {"parent": picked.pk}).json()["results"]
    assert [each["staff"] for each in replies] == [True, False]


def test_a_pick_is_seen_at_the_next_look(client: Client, article: Article) -> None:
    comment = make_comment(article)
    etag = client.get(LIST)["ETag"]
    picks.pick(comment=comment, user=make_member("olena")[0])
    answer = client.get(LIST, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.json()["results"][0]["picked"]


def test_the_feed_names_both_as_categories(client: Client, picked: Comment) -> None:
    entries = ElementTree.fromstring(client.get("/articles/mist/comments.atom").content)
    terms = [
        [category.get("term") for category in entry.findall(f"{ATOM}category")]
        for entry in entries.findall(f"{ATOM}entry")
    ]
    assert terms == [[], ["Редакція"], ["Вибір редакції"]]


def test_a_reader_who_says_to_be_staff_is_not(client: Client, article: Article) -> None:
    sent = {**GOOD, "staff": True, "picked": True, "staff_answer": 1}
    assert post(client, sent).status_code == 202
    made = article.comments.get()
    assert not hasattr(made, "staff_answer")
    assert not hasattr(made, "pick")


def test_of_a_withdrawn_comment_only_the_place_is_left(client: Client, picked: Comment) -> None:
    withdraw(comment=picked)
    (root,) = client.get(LIST).json()["results"]
    assert (root["author_name"], root["staff"], root["picked"]) == ("", False, False)
