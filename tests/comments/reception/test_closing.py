"""Discussions close at an article's own time, or so many days after its publication."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Article
from tests.comments.reception.rest import GOOD, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_article(article: Article) -> Article:
    """An article that was published eleven days ago."""
    article.published_at = timezone.now() - dt.timedelta(days=11)
    article.save()
    return article


def test_without_a_setting_a_discussion_stays_open(client: Client, old_article: Article) -> None:
    assert post(client, GOOD).status_code == 202
    assert Article.objects.open().contains(old_article)


def test_a_discussion_closes_the_set_number_of_days_after_publication(
    client: Client, old_article: Article, settings: Any
) -> None:
    settings.CLOSE_AFTER_DAYS = 11
    answer = post(client, GOOD)
    assert answer.status_code == 403
    assert "обговорення закрито" in answer.json()["detail"].lower()
    assert "закрито" in client.get("/uk/articles/mist/").content.decode()
    assert not Article.objects.open().contains(old_article)


def test_an_articles_own_closing_time_counts_instead(
    client: Client, old_article: Article, settings: Any
) -> None:
    settings.CLOSE_AFTER_DAYS = 1
    old_article.closes_at = timezone.now() + dt.timedelta(days=1)
    old_article.save()
    assert post(client, GOOD).status_code == 202
    assert Article.objects.open().contains(old_article)
