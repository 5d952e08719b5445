"""How long a session at the desk lasts."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from moderation.accounts.roles import Role, make_member
from moderation.tasks import delete_old_sign_ins
from tests.makers import make_article
from tests.moderation.desk.desks import QUEUE, signed_in_as

pytestmark = pytest.mark.django_db
LOGIN = "/en/admin/login/"


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = dt.timedelta()
        now = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: now() + self.ahead)

    def after(self, **time: float) -> None:
        self.ahead += dt.timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.SESSION_COOKIE_AGE, settings.SESSION_LONGEST = 120 * 60, 12 * 3600
    return Clock(monkeypatch)


def is_in(client: Client) -> bool:
    return bool(client.get(QUEUE).status_code == 200)


def test_an_idle_user_must_sign_in_again(clock: Clock) -> None:
    client = signed_in_as(Role.MODERATOR)
    assert is_in(client)
    clock.after(minutes=119)
    assert is_in(client)
    clock.after(minutes=119)
    assert is_in(client)
    clock.after(minutes=121)
    assert not is_in(client)


def test_after_the_maximum_age_even_a_busy_user_must_sign_in_again(clock: Clock) -> None:
    client = signed_in_as(Role.MODERATOR)
    for _ in range(11):
        assert is_in(client)
        clock.after(minutes=62)
    assert is_in(client)
    clock.after(minutes=39)
    assert not is_in(client)


def test_a_new_sign_in_starts_a_new_session_age(clock: Clock) -> None:
    _, password = make_member("olena")
    client = Client()
    for _ in range(9):
        for _ in range(2):
            client.post(LOGIN, {"username": "olena", "password": password, "next": "/en/admin/"})
            clock.after(minutes=55)
        assert is_in(client)


def test_a_cookie_lasts_as_long_as_its_session(clock: Clock) -> None:
    client = signed_in_as(Role.MODERATOR)
    assert client.get(QUEUE).cookies["sessionid"]["max-age"] == 120 * 60
    clock.after(minutes=2)
    assert client.get(QUEUE).cookies["sessionid"]["max-age"] == 120 * 60


def test_a_page_within_a_minute_writes_nothing(clock: Clock) -> None:
    client = signed_in_as(Role.MODERATOR)
    client.get(QUEUE)
    assert "sessionid" not in client.get(QUEUE).cookies


def test_readers_pages_set_no_session_cookie_even_for_moderators(clock: Clock) -> None:
    client = signed_in_as(Role.MODERATOR)
    clock.after(minutes=5)
    page = client.get(make_article().get_absolute_url())
    assert page.status_code == 200
    assert "sessionid" not in page.cookies


def test_ended_sessions_are_deleted(clock: Clock) -> None:
    client = signed_in_as(Role.MODERATOR)
    is_in(client)
    clock.after(minutes=119)
    delete_old_sign_ins()
    assert Session.objects.count() == 1
    clock.after(minutes=2)
    delete_old_sign_ins()
    assert not Session.objects.exists()
