"""The demo newspaper as a browser without JavaScript gets it."""

import pytest
from django.test import Client

from tests.comments.reception.pages import page
from tests.makers import make_article, make_comment, make_story

pytestmark = pytest.mark.django_db


def test_a_page_shows_the_whole_story_and_its_discussion(client: Client) -> None:
    related = make_story(title="Бібліотека до дев’ятої")
    lead, about = "Пішоходам залишать прохід.", "Пише про дороги."
    body = '<p>Почнуть <a href="../other/">1 березня</a>.</p><blockquote>Ні.</blockquote>'
    story = make_story(lead=lead, about=about, body=body)
    comment = make_comment(story)
    shown = page(client, story)
    for expected in (
        story.title,
        story.section,
        lead,
        "<blockquote>Ні.</blockquote>",
        "Вам може сподобатися",
        related.title,
        "Про автора",
        about,
        comment.text,
        "reply-form",
    ):
        assert expected in shown


def test_a_story_cannot_run_scripts(client: Client) -> None:
    story = make_story(body='<p onclick="x()">Текст</p><script>alert(1)</script>')
    shown = page(client, story)
    assert "<p>Текст</p>" in shown
    assert "<script>" not in shown


def test_the_front_page_has_only_the_stories(client: Client) -> None:
    story, other = make_story(lead="Пішоходам залишать прохід."), make_article()
    shown = client.get("/uk/").content.decode()
    assert story.get_absolute_url() in shown
    assert "Пішоходам залишать прохід." in shown
    assert other.title not in shown


def test_an_article_without_a_story_has_the_services_own_page(client: Client) -> None:
    make_story(title="Бібліотека до дев’ятої")
    shown = page(client, make_article(url="https://news.example.org/1"))
    assert "newspaper.css" not in shown
    assert "Бібліотека до дев’ятої" not in shown
    assert '<a href="https://news.example.org/1">' in shown
