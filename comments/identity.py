"""Identify authors without accounts: keyed hashes, signed tokens and cookies.

Every hash includes the site, so one site's data about a reader cannot be joined with another's.
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
from config.client_ip import network_of, networks_of

COOKIE = "my_comments"
REPORTS_COOKIE = "my_reports"
AUTHOR_COOKIE = "comment_author"
PUT_AWAY_COOKIE = "put_away"
COOKIE_AGE = 60 * 60 * 24 * 30
REMEMBERED = 30
_SALT = "comments.submission"
_REPORT_SALT = "comments.report"


def author_key(email: str, site: str) -> str:
    """Return a keyed hash that is the same for every spelling of one e-mail on one site.

    It links the comments sent under one e-mail, for the desk, exports and erasures. Anyone can type
    an e-mail, so everything that benefits or harms its owner uses `writer_key` instead.
    """
    return _author_key(_normalized_email(email), site)


def author_keys(email: str, sites: Iterable[str]) -> set[str]:
    """Return the keys of an e-mail on these sites, including those of other domain spellings."""
    one = _normalized_email(email)
    name, at, domain = one.rpartition("@")
    spellings = {one, email.strip().lower()}
    with suppress(UnicodeError):
        spellings.add(f"{name}{at}{domain.encode().decode('idna')}")
    return {_author_key(spelling, site) for spelling in spellings for site in sites}


def writer_key(author: str, secret: str) -> str:
    """Link what the holder of a secret wrote under one e-mail; without a secret, unique."""
    held = f"{author} {secret or secrets.token_hex(32)}"
    return salted_hmac("comments.writer", held, algorithm="sha256").hexdigest()


def browser_secret(request: HttpRequest) -> str:
    """Return a secret that only this browser has, or "" if it has no cookies.

    It is Django's CSRF cookie, which is set with the form and required when it is sent.
    """
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")


def address_key(address: str, site: str) -> str:
    """Return a keyed hash of the network of an address (see client_ip.network_of), or ""."""
    if not address:
        return ""
    sent_from = f"{site} {network_of(address)}"
    return salted_hmac("comments.address", sent_from, algorithm="sha256").hexdigest()


def reporter_key(secret: str, site: str) -> str:
    """Link the reports of the holder of a secret on one site."""
    return salted_hmac("comments.reporter", f"{site} {secret}", algorithm="sha256").hexdigest()


def voter_key(secret: str, site: str) -> str:
    """Link the votes of the holder of a secret on one site."""
    return salted_hmac("comments.voter", f"{site} {secret}", algorithm="sha256").hexdigest()


def wide_network_key(address: str, site: str) -> str:
    """Return the `address_key` of the widest network that one client may have, an IPv6 /48.

    Readers of one network count as one where each counts, so nobody gains by changing addresses.
    """
    return address_key(networks_of(address)[-1].partition("/")[0], site)


def is_id(text: str) -> bool:
    """Whether the text is a number that fits an id column."""
    return text.isdecimal() and len(text) < 19


def status_token(comment_id: int) -> str:
    """Return a signed token that gives access to the status of the comment."""
    return signing.dumps(comment_id, salt=_SALT)


def status_path(comment_id: int) -> str:
    """Return the path of the status, including the token."""
    return reverse("submission", kwargs={"token": status_token(comment_id)})


def status_page_path(comment_id: int) -> str:
    """Return the path of the author's page about the comment, including the token."""
    return reverse("comments:status", kwargs={"token": status_token(comment_id)})


def comment_id(token: str) -> int:
    """Return the id in a status token; raises signing.BadSignature if the token is invalid."""
    return int(signing.loads(token, salt=_SALT))


def report_token(report: int) -> str:
    """Return a signed token that gives access to what became of the report."""
    return signing.dumps(report, salt=_REPORT_SALT)


def report_id(token: str) -> int:
    """Return the id in a report token; raises signing.BadSignature if the token is invalid."""
    return int(signing.loads(token, salt=_REPORT_SALT))


def own_comment_ids(request: HttpRequest) -> list[int]:
    """Return the ids of the latest comments sent from this browser, newest first."""
    return _remembered_ids(request, COOKIE)


def own_report_ids(request: HttpRequest) -> list[int]:
    """Return the ids of the latest reports sent from this browser, newest first."""
    return _remembered_ids(request, REPORTS_COOKIE)


def remembered_author(request: HttpRequest) -> dict[str, str]:
    """Return the name, e-mail and website saved in this browser, if any."""
    try:
        return dict(signing.loads(request.COOKIES[AUTHOR_COOKIE], salt=AUTHOR_COOKIE))
    except (KeyError, TypeError, ValueError, signing.BadSignature):
        return {}


def remember_author(
    request: HttpRequest, response: HttpResponse, author: dict[str, str] | None
) -> None:
    """Save the author's details in their own browser, or delete them if None."""
    if author is None:
        response.delete_cookie(AUTHOR_COOKIE, samesite="Lax")
    else:
        _set_cookie(request, response, AUTHOR_COOKIE, author)


def remember_comment(request: HttpRequest, response: HttpResponse, comment: Comment) -> None:
    """Let this browser see the comment before it is published."""
    _remember_id(request, response, COOKIE, comment.pk)


def put_away(request: HttpRequest, response: HttpResponse, comment: Comment) -> None:
    """Let this browser's pages no longer show the note on the comment, until it changes."""
    known = {**put_away_versions(request), comment.pk: comment.version}
    latest = sorted(known.items(), reverse=True)[:REMEMBERED]
    _set_cookie(request, response, PUT_AWAY_COOKIE, latest)


def put_away_versions(request: HttpRequest) -> dict[int, int]:
    """Return the comments whose notes were put away in this browser, with their versions."""
    try:
        kept = signing.loads(request.COOKIES[PUT_AWAY_COOKIE], salt=PUT_AWAY_COOKIE)
        return {int(number): int(version) for number, version in kept}
    except (KeyError, TypeError, ValueError, signing.BadSignature):
        return {}


def remember_report(request: HttpRequest, response: HttpResponse, report_id: int) -> None:
    """Let this browser see what becomes of its report."""
    _remember_id(request, response, REPORTS_COOKIE, report_id)


def _author_key(spelling: str, site: str) -> str:
    return salted_hmac("comments.author", f"{site} {spelling}", algorithm="sha256").hexdigest()


def _normalized_email(email: str) -> str:
    """Return the e-mail in lower case, with the domain in ASCII form."""
    name, at, domain = email.strip().lower().rpartition("@")
    with suppress(UnicodeError):
        domain = punycode(domain)
    return f"{name}{at}{domain}"


def _remembered_ids(request: HttpRequest, cookie: str) -> list[int]:
    try:
        return list(signing.loads(request.COOKIES[cookie], salt=cookie, max_age=COOKIE_AGE))
    except (KeyError, TypeError, signing.BadSignature):
        return []


def _remember_id(request: HttpRequest, response: HttpResponse, cookie: str, number: int) -> None:
    ids = dict.fromkeys([number, *_remembered_ids(request, cookie)])
    _set_cookie(request, response, cookie, list(ids)[:REMEMBERED])


def _set_cookie(request: HttpRequest, response: HttpResponse, cookie: str, value: Any) -> None:
    response.set_cookie(
        cookie,
        signing.dumps(value, salt=cookie),
        max_age=COOKIE_AGE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
