"""A program follows what happens on its site by a cursor."""

from collections.abc import Callable

import pytest
from django.test import Client

from comments.models import Article, Event, KeyScope, Site
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(program: Callable[..., Client]) -> Client:
    return program(KeyScope.READ)


def test_each_event_comes_once_and_in_order(reader: Client, article: Article) -> None:
    for _ in range(3):
        make_comment(article)
    cursor, seen = 0, []
    while True:
        page = reader.get(f"/api/v1/events/?after={cursor}&limit=2").json()
        seen += page["results"]
        cursor = page["cursor"]
        if not page["more"]:
            break
    assert [(each["kind"], each["status"]) for each in seen] == [
        ("submitted", "pending"),
        ("decided", "published"),
    ] * 3
    assert [each["id"] for each in seen] == list(Event.objects.values_list("pk", flat=True))
    assert reader.get(f"/api/v1/events/?after={cursor}").json() == {
        "results": [],
        "cursor": cursor,
        "more": False,
    }
    decide(article.comments.earliest("pk"), Outcome.REJECT, Reason.SPAM)
    (new,) = reader.get(f"/api/v1/events/?after={cursor}").json()["results"]
    assert (new["status"], new["reason"], new["by"]) == ("rejected", "spam", "policy")


def test_other_sites_events_move_the_cursor_only(
    reader: Client, program: Callable[..., Client]
) -> None:
    second = Site.objects.create(key="second", name="Друга")
    make_comment(make_article(site=second))
    page = reader.get("/api/v1/events/").json()
    assert (page["results"], page["cursor"]) == ([], Event.objects.latest("pk").pk)
    assert len(program(KeyScope.READ, site=second).get("/api/v1/events/").json()["results"]) == 2


def test_an_event_has_no_personal_data(reader: Client, article: Article) -> None:
    make_comment(article, author_email="hidden@example.org", author_name="Оксана")
    told = reader.get("/api/v1/events/").content.decode()
    assert "hidden" not in told
    assert "Оксана" not in told
