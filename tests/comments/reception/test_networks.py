"""Addresses that one reader may have at the same time count as one network."""

import pytest

from comments.identity import address_key


@pytest.mark.parametrize("other", ["2001:db8:0:7::2", "2001:db8:0:7:ffff::1"])
def test_the_addresses_of_a_household_have_the_same_key(other: str) -> None:
    assert address_key(other, "main") == address_key("2001:db8:0:7::1", "main")


@pytest.mark.parametrize("other", ["2001:db8:0:8::1", "203.0.113.7", ""])
def test_different_networks_have_different_keys(other: str) -> None:
    assert address_key(other, "main") != address_key("2001:db8:0:7::1", "main")
