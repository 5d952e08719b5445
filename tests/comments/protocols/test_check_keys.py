"""Keys for checks: short, stored only as a hash, and good for nothing but checks."""

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from limits import parse_many

from comments.models import KeyScope, Site, SiteKey
from comments.protocols.keys import UnknownKeyError, require_check_key
from comments.reception.throttles import ThrottledError

pytestmark = pytest.mark.django_db


def test_the_command_prints_a_key_of_twelve_signs_and_stores_only_its_hash() -> None:
    out = StringIO()
    call_command("add_site_key", "blog", "--allow", "check", stdout=out, stderr=StringIO())
    key = out.getvalue().strip()
    assert re.fullmatch(r"[a-z0-9]{12}", key)
    assert key not in str(SiteKey.objects.values())
    assert require_check_key(key).name == "blog"


def test_capitals_make_no_difference_because_a_host_name_loses_them(
    check_key: Callable[..., str],
) -> None:
    key = check_key()
    assert require_check_key(f" {key.upper()}\n").name == "wordpress"


def test_a_key_for_checks_reads_and_decides_nothing(check_key: Callable[..., str]) -> None:
    client = Client(headers={"Authorization": f"Bearer {check_key()}"})
    assert client.get("/api/v1/queue/").status_code == 401
    for scope in (KeyScope.ARTICLES, KeyScope.READ, KeyScope.DECIDE):
        assert not KeyScope.CHECK.includes(scope)
        assert not scope.includes(KeyScope.CHECK)
    assert KeyScope.CHECK.includes(KeyScope.CHECK)


def test_a_key_of_a_program_checks_nothing() -> None:
    key = SiteKey.objects.add(Site.objects.default(), "app", KeyScope.DECIDE)
    with pytest.raises(UnknownKeyError):
        require_check_key(key)


def test_a_revoked_key_is_unknown(check_key: Callable[..., str]) -> None:
    key = check_key()
    call_command("revoke_site_key", "wordpress", stdout=StringIO())
    with pytest.raises(UnknownKeyError):
        require_check_key(key)


@pytest.mark.usefixtures("broker")
def test_each_key_has_a_limit_of_its_own(check_key: Callable[..., str], settings: Any) -> None:
    settings.THROTTLES, settings.THROTTLE_CHECKS = True, parse_many("2/minute")
    busy, other = check_key("busy"), check_key("other")
    require_check_key(busy)
    require_check_key(busy)
    with pytest.raises(ThrottledError):
        require_check_key(busy)
    require_check_key(other)
