"""Read the fields of an Akismet request: from a form, JSON or the address, in any client's way."""

import json
from collections.abc import Mapping
from html import unescape
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from comments.protocols.akismet.plain_text import plain_text
from comments.protocols.judging import Check

_GUARANTEED = {"viagra-test-123", "akismet-guaranteed-spam"}
_GUARANTEED_EMAIL = "akismet-guaranteed-spam@example.com"
_YES = {"1", "true", "yes"}

Fields = Mapping[str, str]

# In characters. Systems that ask allow less; reading more would keep others waiting.
_LONGEST = {
    "comment_content": 65_535,
    "comment_author": 300,
    "comment_author_email": 400,
    "comment_author_url": 2000,
}


class UnreadableError(Exception):
    """The body is neither a form nor JSON, or too large."""


def fields_of(request: HttpRequest) -> dict[str, str]:
    """Return the fields; a list has its items at `name[0]`... Raises UnreadableError."""
    if request.method == "GET":
        return _strings(request.GET.items())
    kind = request.content_type or ""
    try:
        # Read first, because this refuses what is too large.
        body = request.body
        if kind.endswith("json"):
            return _of_json(json.loads(body))
        if kind == "multipart/form-data":
            return _strings(request.POST.items())
        # Some clients name no type, or a wrong one. WordPress passes on all fields of the form, so
        # its reader decides how many there are.
        form = body.decode("utf-8", "replace")
        return _strings(parse_qsl(form, keep_blank_values=True, errors="replace"))
    except (ValueError, RecursionError, SuspiciousOperation) as error:
        raise UnreadableError from error


def key_candidates(request: HttpRequest, fields: Fields) -> list[str]:
    """Return where the key may be, in order: the body's fields, then the first part of the host."""
    named = [fields.get(name, "").strip() for name in ("api_key", "key")]
    host, dot, _rest = request.get_host().partition(".")
    return [each for each in [*named, host if dot else ""] if each]


def first_missing(fields: Fields) -> str:
    """Return the name of the first required field that lacks, or ""."""
    return next((name for name in ("blog", "user_ip") if not fields.get(name, "").strip()), "")


def is_too_long(fields: Fields) -> bool:
    """Whether a field is longer than anybody writes, so that a person should look."""
    return any(len(fields.get(name, "")) > most for name, most in _LONGEST.items())


def check_of(fields: Fields) -> Check:
    """Return the text to judge, with what is said about its author."""
    return Check(
        text=plain_text(fields.get("comment_content", "")),
        author_name=unescape(fields.get("comment_author", "")),
        author_email=fields.get("comment_author_email", ""),
        author_url=fields.get("comment_author_url", ""),
        address=_address(fields.get("user_ip", "")),
        looks_automated=bool(fields.get(fields.get("honeypot_field_name", ""), "").strip()),
    )


def is_test(fields: Fields) -> bool:
    """Whether nothing may be learned from the request."""
    return fields.get("is_test", "").strip().lower() in _YES


def is_guaranteed_spam(fields: Fields) -> bool:
    """Whether the author is one of those with which clients are tried out."""
    author = fields.get("comment_author", "").strip()
    email = fields.get("comment_author_email", "").strip().lower()
    return author in _GUARANTEED or email == _GUARANTEED_EMAIL


def is_by_administrator(fields: Fields) -> bool:
    names = ("user_role", "user_role[]", "user_role[0]", "user_role[1]", "user_role[2]")
    roles = ",".join(fields.get(name, "") for name in names).split(",")
    return "administrator" in map(str.strip, roles)


def _of_json(body: Any) -> dict[str, str]:
    if not isinstance(body, dict):
        return {}
    pairs: list[tuple[str, Any]] = []
    for name, value in body.items():
        if isinstance(value, list):
            pairs += [(f"{name}[{number}]", each) for number, each in enumerate(value)]
        else:
            pairs.append((name, value))
    return _strings((name, each) for name, each in pairs if isinstance(each, str | int | float))


def _strings(pairs: Any) -> dict[str, str]:
    """Return text that any database can store: without NUL and halves of characters."""
    return {
        str(name): str(value).replace("\0", "").encode("utf-8", "replace").decode("utf-8")
        for name, value in pairs
    }


def _address(written: str) -> str:
    try:
        return str(ip_address(written.strip()))
    except ValueError:
        return ""
