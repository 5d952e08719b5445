"""Helpers that set limits and count refusals."""

from typing import Any

from limits import RateLimitItem, parse_many

from comments.models import Comment
from comments.reception.throttles import (
    ThrottledError,
    admit,
    admit_to_site,
)

UNREACHED_LIMIT = parse_many("1000/minute")
WHOSE = ("ADDRESS", "AUTHOR", "ARTICLE", "SITE")


def limit(settings: Any, **rates: str) -> None:
    """Set only these limits; all others are unlimited."""
    for whose in WHOSE:
        given: list[RateLimitItem] = parse_many(rates[whose]) if whose in rates else UNREACHED_LIMIT
        setattr(settings, f"THROTTLE_{whose}", given)


def refusals(count: int, **over: Any) -> list[bool]:
    """Send several comments, and return which were refused."""
    sent = {"address": "203.0.113.7", "author": "a", "unproven": False, **over}
    return [refused(**sent) for _ in range(count)]


def waits() -> int:
    """The seconds for which a comment is refused; 0 if it is accepted."""
    try:
        admit(site="main", address="203.0.113.7", author="a")
        admit_to_site(site="main", unproven=False)
    except ThrottledError as error:
        return error.wait
    return 0


def held() -> list[bool]:
    """Which of the stored comments go to a moderator first, in their order."""
    return list(Comment.objects.values_list("looks_automated", flat=True).order_by("id"))


def refused(*, unproven: bool, **sender: str) -> bool:
    try:
        admit(site="main", **sender)
        admit_to_site(site="main", unproven=unproven)
    except ThrottledError as error:
        return 0 < error.wait <= 60
    return False
