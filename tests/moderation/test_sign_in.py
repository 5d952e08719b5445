"""Guessing a moderator's password: ten tries from one address, then a quarter of an hour."""

import datetime as dt
import logging

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.test import Client

from moderation.roles import make_member

pytestmark = pytest.mark.django_db
LOGIN = "/en/admin/login/"
THERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def sign_in(client: Client, password: str, address: str = THERE) -> int:
    data = {"username": "olena", "password": password, "next": "/en/admin/"}
    return client.post(LOGIN, data, REMOTE_ADDR=address).status_code


@pytest.fixture
def password() -> str:
    return make_member("olena")[1] or ""


def test_the_tenth_wrong_password_shuts_the_door_even_for_the_right_one(
    client: Client, password: str
) -> None:
    assert [sign_in(client, "wrong") for _ in range(10)] == [200] * 9 + [429]
    assert sign_in(client, password) == 429
    page = client.post(LOGIN, {"username": "x", "password": "y"}, REMOTE_ADDR=THERE)
    assert "Too many wrong passwords" in page.content.decode()
    assert "Comment moderation" in page.content.decode()
    assert page["Retry-After"] == "900"
    assert sign_in(client, password, ELSEWHERE) == 302


def test_another_name_from_the_same_address_is_no_way_around(client: Client, password: str) -> None:
    for number in range(10):
        data = {"username": f"guess-{number}", "password": "wrong"}
        client.post(LOGIN, data, REMOTE_ADDR=THERE)
    assert sign_in(client, password) == 429


def test_a_right_password_starts_the_count_anew(client: Client, password: str) -> None:
    for _ in range(3):
        assert [sign_in(client, "wrong") for _ in range(6)] == [200] * 6
        assert sign_in(client, password) == 302


def test_after_the_wait_the_door_is_open_and_the_tries_are_gone(
    client: Client, password: str, settings: object
) -> None:
    for _ in range(10):
        sign_in(client, "wrong")
    settings.AXES_COOLOFF_TIME = dt.timedelta(0)  # type: ignore[attr-defined]
    assert sign_in(client, password) == 302
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


def test_neither_name_nor_address_nor_password_is_logged(
    client: Client, password: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for _ in range(11):
            sign_in(client, "wrong word")
        sign_in(client, password, ELSEWHERE)
    assert "AXES" in caplog.text
    for secret in ("olena", THERE, ELSEWHERE, "wrong word", password):
        assert secret not in caplog.text
    kept = str(list(AccessAttempt.objects.values()))
    assert "wrong word" not in kept


def test_a_weak_password_is_refused(client: Client) -> None:
    user = User.objects.create_superuser("chief")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    for weak in ("short1", "password1234", "123456789012", "chiefchief"):
        data = {"username": "nova", "usable_password": "true", "password1": weak, "password2": weak}
        client.post("/en/admin/auth/user/add/", data)
    assert not User.objects.filter(username="nova").exists()
