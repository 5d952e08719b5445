"""Rates and networks in the settings: read as the operator meant them, or refused by name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.given import networks, rates


def test_a_rate_may_be_several_and_off_is_none() -> None:
    assert [(r.amount, r.get_expiry()) for r in rates("R", "20/minute;200/hour")] == [
        (20, 60),
        (200, 3600),
    ]
    assert rates("R", "off") == []


@pytest.mark.parametrize("text", ["", "many", "20", "20/fortnight", "0"])
def test_a_wrong_rate_is_refused_by_name(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^THROTTLE_SITE"):
        rates("THROTTLE_SITE", text)


@pytest.mark.parametrize("text", ["proxy.example.org", "10.0.0.1/8", "10.0.0.0/40", ""])
def test_a_wrong_network_is_refused_by_name(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^TRUSTED_PROXIES"):
        networks("TRUSTED_PROXIES", ["::1", text])
