"""Guessing a password: ten attempts per network or name, then a lockout of 15 minutes."""

import datetime as dt
import logging
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client, RequestFactory

from moderation.accounts.lockout import turn
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.tasks import delete_old_sign_ins

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LOGIN = "/en/admin/login/"
THERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def sign_in(
    client: Client, password: str, address: str = THERE, name: str = "olena", **headers: Any
) -> int:
    data = {"username": name, "password": password, "next": "/en/admin/"}
    return client.post(LOGIN, data, REMOTE_ADDR=address, **headers).status_code


def guess(times: int, name: str = "olena", address: str = THERE) -> list[int]:
    """Wrong passwords from an unknown browser."""
    return [sign_in(Client(), "wrong", address, name) for _ in range(times)]


@pytest.fixture
def password() -> str:
    return make_member("olena")[1] or ""


def test_ten_wrong_passwords_lock_out_even_the_correct_one(client: Client, password: str) -> None:
    assert [sign_in(client, "wrong") for _ in range(10)] == [200] * 9 + [429]
    assert sign_in(client, password) == 429
    page = client.post(LOGIN, {"username": "x", "password": "y"}, REMOTE_ADDR=THERE)
    assert "Too many wrong passwords" in page.content.decode()
    assert "Comment moderation" in page.content.decode()
    assert page["Retry-After"] == "900"
    assert User.objects.get(username="olena").last_login is None


def test_another_name_from_the_same_address_is_locked_too(client: Client, password: str) -> None:
    for number in range(10):
        data = {"username": f"guess-{number}", "password": "wrong"}
        client.post(LOGIN, data, REMOTE_ADDR=THERE)
    assert sign_in(client, password) == 429


def test_names_and_networks_are_locked_separately(client: Client, password: str) -> None:
    other = make_member("petro")[1] or ""
    assert [sign_in(Client(), "wrong", f"192.0.2.{n}") for n in range(10)] == [200] * 9 + [429]
    assert sign_in(client, password, ELSEWHERE) == 429
    assert sign_in(client, other, ELSEWHERE, "petro") == 302
    guess(10, "nobody", THERE)
    assert sign_in(Client(), other, THERE, "petro") == 429


def test_the_ipv6_addresses_that_one_can_rent_count_as_one_network(password: str) -> None:
    for number in range(10):
        sign_in(Client(), "wrong", f"2001:db8:1:{number:x}::1", f"guess-{number}")
    assert sign_in(Client(), password, "2001:db8:1:ffff::1") == 429
    assert sign_in(Client(), password, "2001:db8:2::1") == 302


def test_an_overlong_name_is_counted_like_others(password: str) -> None:
    assert guess(10, "x" * 5000) == [200] * 9 + [429]
    assert max(map(len, AccessAttempt.objects.values_list("username", flat=True))) <= 255


def test_strangers_passwords_are_checked_one_at_a_time(client: Client, password: str) -> None:
    """Otherwise a flood of passwords would leave no threads for readers."""
    assert sign_in(client, password) == 302
    with turn(RequestFactory().post(LOGIN, {"username": "nobody"})) as is_free:
        assert is_free
        refused = Client().post(LOGIN, {"username": "olena", "password": password})
        assert (refused.status_code, refused["Retry-After"]) == (429, "3")
        assert "Another password is being checked" in refused.content.decode()
        assert "_auth_user_id" not in refused.wsgi_request.session
        assert not AccessAttempt.objects.exists()
        assert sign_in(client, password) == 302
    assert sign_in(Client(), password) == 302


def test_behind_a_proxy_the_readers_network_counts(password: str) -> None:
    for number in range(10):
        forwarded = {"HTTP_X_FORWARDED_FOR": f"{THERE}"}
        sign_in(Client(), "wrong", "127.0.0.1", f"guess-{number}", **forwarded)
    there = {"HTTP_X_FORWARDED_FOR": THERE}
    elsewhere = {"HTTP_X_FORWARDED_FOR": ELSEWHERE}
    assert sign_in(Client(), password, "127.0.0.1", **there) == 429
    assert sign_in(Client(), password, "127.0.0.1", **elsewhere) == 302


def test_a_success_clears_only_the_users_own_failures(client: Client, password: str) -> None:
    own = make_member("petro")[1] or ""
    for _ in range(3):
        guess(3)
        assert sign_in(Client(), own, THERE, "petro") == 302
    assert guess(1) == [429]
    assert sign_in(client, password, ELSEWHERE) == 429


def test_a_correct_password_resets_the_users_own_count(client: Client, password: str) -> None:
    for _ in range(3):
        assert [sign_in(client, "wrong") for _ in range(6)] == [200] * 6
        assert sign_in(client, password) == 302


def test_a_stranger_cannot_lock_out_a_known_browser(client: Client, password: str) -> None:
    assert sign_in(client, password) == 302
    client.post("/en/admin/logout/")
    guess(12, address=ELSEWHERE)
    guess(12, "nobody", THERE)
    assert sign_in(Client(), password, "192.0.2.1") == 429
    assert sign_in(client, password) == 302


def test_a_known_browser_has_ten_attempts_of_its_own(client: Client, password: str) -> None:
    other = make_member("petro")[1] or ""
    assert sign_in(client, password) == 302
    cookie = next(name for name in client.cookies if name.startswith("known_"))
    assert client.cookies[cookie]["httponly"]
    assert [sign_in(client, "wrong") for _ in range(10)] == [200] * 9 + [429]
    assert sign_in(client, password) == 429
    assert sign_in(Client(), other, ELSEWHERE, "petro") == 302


def test_a_known_browser_is_known_for_one_name_only(client: Client, password: str) -> None:
    make_member("petro")
    assert sign_in(client, password) == 302
    cookie = next(name for name in client.cookies if name.startswith("known_"))
    stolen = client.cookies[cookie].value
    other = Client()
    for name in ("petro", "olena"):
        sign_in(other, make_member(name)[1] or "wrong", ELSEWHERE, name)
    forged = Client()
    for known in {each for each in other.cookies if each.startswith("known_")} | {cookie}:
        forged.cookies[known] = f"{stolen}x"
    guess(10)
    assert sign_in(forged, password) == 429


def test_continued_guessing_does_not_extend_the_lockout(
    client: Client, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess(10)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=14)
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: later)
    assert guess(5) == [429] * 5
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: later + dt.timedelta(minutes=2))
    assert sign_in(client, password) == 302


def test_after_the_lockout_sign_in_works_and_the_count_is_reset(
    client: Client, password: str, settings: object
) -> None:
    for _ in range(10):
        sign_in(client, "wrong")
    settings.AXES_COOLOFF_TIME = dt.timedelta(0)  # type: ignore[attr-defined]
    assert sign_in(client, password) == 302
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


def test_old_failures_are_deleted_without_a_sign_in(password: str) -> None:
    guess(3)
    delete_old_sign_ins()
    assert AccessAttempt.objects.count() == 1
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=long_ago)
    delete_old_sign_ins()
    assert not AccessAttempt.objects.exists()


def test_no_log_contains_name_address_or_password(
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
    user = User.objects.create_superuser("superuser")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    for weak in ("short1", "password1234", "123456789012", "chiefchief"):
        data = {"username": "nova", "usable_password": "true", "password1": weak, "password2": weak}
        client.post("/en/admin/accounts/user/add/", data)
    assert not User.objects.filter(username="nova").exists()
