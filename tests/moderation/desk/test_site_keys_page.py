"""A superuser makes site keys in the admin, sees how they are used, and revokes them."""

import re
from typing import Any

import pytest
from django.test import Client

from comments import checks
from comments.checks import TextFacts
from comments.models import KeyScope, Label, Site, SiteKey
from moderation.accounts.roles import Role
from tests.moderation.desk.desks import signed_in_as, signed_in_as_superuser

pytestmark = pytest.mark.django_db
KEYS = "/en/admin/comments/sitekey/"


@pytest.fixture
def root() -> Client:
    return signed_in_as_superuser()


def form(**over: Any) -> dict[str, Any]:
    needed = {"site": Site.objects.default().pk, "doubt": "hold", "text_kept_days": "0"}
    return {**needed, "name": "blog", "scope": "check", **over}


def test_a_key_for_checks_is_shown_once(root: Client) -> None:
    answer = root.post(f"{KEYS}add/", form(toxicity_is_spam="on", text_kept_days="7"))
    made = SiteKey.objects.get()
    assert (made.toxicity_is_spam, made.text_kept_days) == (True, 7)
    shown = re.search(r"<code[^>]*>(\w{12})</code>", answer.content.decode())
    assert shown
    assert SiteKey.objects.active_for_checks(shown[1]) == made
    assert "no-store" in answer["Cache-Control"]
    assert shown[1] not in str(answer.cookies)
    again = root.get(f"{KEYS}{made.pk}/change/").content.decode()
    assert shown[1] not in again
    assert made.digest not in again


def test_a_key_of_a_program_can_be_made_too(root: Client) -> None:
    answer = root.post(f"{KEYS}add/", form(scope="decide"))
    shown = re.search(r"<code[^>]*>([\w-]{43})</code>", answer.content.decode())
    assert shown
    known = SiteKey.objects.active(shown[1])
    assert known is not None
    assert known.scope == KeyScope.DECIDE


def test_a_name_is_used_once_a_site(root: Client) -> None:
    SiteKey.objects.add(Site.objects.default(), "blog")
    answer = root.post(f"{KEYS}add/", form())
    assert "errorlist" in answer.content.decode()
    assert SiteKey.objects.count() == 1


def test_options_can_be_changed_but_not_what_a_key_is_for(root: Client) -> None:
    SiteKey.objects.add_for_checks(Site.objects.default(), "blog")
    known = SiteKey.objects.get()
    answer = root.post(f"{KEYS}{known.pk}/change/", form(doubt="later", scope="decide", name="x"))
    assert answer.status_code == 302
    changed = SiteKey.objects.get()
    assert (changed.doubt, changed.scope, changed.name) == ("later", "check", "blog")
    assert changed.digest == known.digest
    too_long = root.post(f"{KEYS}{known.pk}/change/", form(text_kept_days="366"))
    assert "errorlist" in too_long.content.decode()


def test_usage_is_shown_by_key(root: Client) -> None:
    SiteKey.objects.add_for_checks(Site.objects.default(), "blog")
    key = SiteKey.objects.get()
    for _ in range(3):
        checks.count_check(key, spam=True)
    checks.label(key, TextFacts(text="Слово"), Label.HAM)
    page = root.get(KEYS).content.decode()
    assert "3 today, 3 this month" in page
    change = root.get(f"{KEYS}{key.pk}/change/").content.decode()
    row = re.findall(r"<td>(\d+)</td>", change)
    assert row == ["3", "3", "0", "1"]


def test_a_revoked_key_says_when_and_works_no_more(root: Client) -> None:
    key = SiteKey.objects.add_for_checks(Site.objects.default(), "blog")
    number = SiteKey.objects.get().pk
    page = f"{KEYS}{number}/revoke/"
    assert SiteKey.objects.active_for_checks(key)
    assert "cannot be undone" in root.get(page).content.decode()
    assert SiteKey.objects.active_for_checks(key)
    answer = root.post(page, follow=True).content.decode()
    assert SiteKey.objects.active_for_checks(key) is None
    assert "revoked on" in answer
    assert page not in answer


@pytest.mark.parametrize("role", Role)
def test_no_role_sees_or_makes_keys(role: Role) -> None:
    SiteKey.objects.add_for_checks(Site.objects.default(), "blog")
    pk = SiteKey.objects.get().pk
    client = signed_in_as(role)
    for path in ("", "add/", f"{pk}/change/", f"{pk}/revoke/"):
        assert client.get(f"{KEYS}{path}").status_code == 403
    assert client.post(f"{KEYS}{pk}/revoke/").status_code == 403
    assert client.post(f"{KEYS}add/", form(name="mine")).status_code == 403
    assert SiteKey.objects.get().revoked_at is None


def test_a_key_cannot_be_deleted(root: Client) -> None:
    SiteKey.objects.add(Site.objects.default(), "app")
    answer = root.post(f"{KEYS}{SiteKey.objects.get().pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403
