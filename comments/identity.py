"""Identify authors without accounts: keyed hashes, signed tokens and cookies.

The site is in every hash, so what one site knows of a reader never joins what another knows.
"""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

from comments.models import Comment
from config.client_ip import network_of

COOKIE = "my_comments"
AUTHOR_COOKIE = "comment_author"
COOKIE_AGE = 60 * 60 * 24 * 30
REMEMBERED = 30
_SALT = "comments.submission"


def author_key(email: str, site: str) -> str:
    """64 hex digits, equal for every spelling of one e-mail on one site, that tell nothing of it.

    They join the comments that claim to be of one person, for the desk, an export and an erasure.
    Anyone can claim an e-mail: what its owner may lose or gain goes by `writer_key`.
    """
    return _author_key(_one_spelling(email), site)


def author_keys(email: str, sites: Iterable[str]) -> set[str]:
    """Its keys on these sites, and those from before every spelling of a domain had the same."""
    one = _one_spelling(email)
    name, at, domain = one.rpartition("@")
    spellings = {one, email.strip().lower()}
    with suppress(UnicodeError):
        spellings.add(f"{name}{at}{domain.encode().decode('idna')}")
    return {_author_key(spelling, site) for spelling in spellings for site in sites}


def writer_key(author: str, secret: str) -> str:
    """Joins what the holder of a secret wrote under one e-mail; without one it joins nothing."""
    held = f"{author} {secret or secrets.token_hex(32)}"
    return salted_hmac("comments.writer", held, algorithm="sha256").hexdigest()


def browser_secret(request: HttpRequest) -> str:
    """What this browser alone holds since it opened the form, "" where it has no cookies.

    Django gives every form such a secret to tell forged ones, and insists on it when one is sent.
    """
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")


def address_key(address: str, site: str) -> str:
    """The same for the network that a comment came from (see client_ip.network_of); "" for none."""
    if not address:
        return ""
    sent_from = f"{site} {network_of(address)}"
    return salted_hmac("comments.address", sent_from, algorithm="sha256").hexdigest()


def is_id(text: str) -> bool:
    """Whether a database can be asked for it: Python itself refuses numbers of 5,000 digits."""
    return text.isdecimal() and len(text) < 19


def status_token(comment_id: int) -> str:
    """What lets its holder, and nobody else, ask what became of the comment."""
    return signing.dumps(comment_id, salt=_SALT)


def status_path(comment_id: int) -> str:
    """Where the holder of the address may ask."""
    return reverse("submission", kwargs={"token": status_token(comment_id)})


def comment_id(token: str) -> int:
    """The comment a status token was made for; raises signing.BadSignature for any other text."""
    return int(signing.loads(token, salt=_SALT))


def own_comment_ids(request: HttpRequest) -> list[int]:
    """The latest comments left in this browser, the newest first."""
    try:
        return list(signing.loads(request.COOKIES[COOKIE], salt=COOKIE, max_age=COOKIE_AGE))
    except (KeyError, TypeError, signing.BadSignature):
        return []


def remembered_author(request: HttpRequest) -> dict[str, str]:
    """The name, e-mail and website kept in this browser, if its reader asked for that."""
    try:
        return dict(signing.loads(request.COOKIES[AUTHOR_COOKIE], salt=AUTHOR_COOKIE))
    except (KeyError, TypeError, ValueError, signing.BadSignature):
        return {}


def remember_author(
    request: HttpRequest, response: HttpResponse, author: dict[str, str] | None
) -> None:
    """Keeps the author's details in their own browser only, or forgets them where None."""
    if author is None:
        response.delete_cookie(AUTHOR_COOKIE, samesite="Lax")
    else:
        _keep(request, response, AUTHOR_COOKIE, author)


def remember_comment(request: HttpRequest, response: HttpResponse, comment: Comment) -> None:
    """Lets this browser see the comment while nobody else can."""
    ids = dict.fromkeys([comment.pk, *own_comment_ids(request)])
    _keep(request, response, COOKIE, list(ids)[:REMEMBERED])


def _author_key(spelling: str, site: str) -> str:
    return salted_hmac("comments.author", f"{site} {spelling}", algorithm="sha256").hexdigest()


def _one_spelling(email: str) -> str:
    """The same for capitals and small letters, and for each way of writing a domain."""
    name, at, domain = email.strip().lower().rpartition("@")
    with suppress(UnicodeError):
        domain = punycode(domain)
    return f"{name}{at}{domain}"


def _keep(request: HttpRequest, response: HttpResponse, cookie: str, value: Any) -> None:
    response.set_cookie(
        cookie,
        signing.dumps(value, salt=cookie),
        max_age=COOKIE_AGE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
