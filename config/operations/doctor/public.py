"""Check the public address: post a comment that no reader sees, follow it, withdraw it.

It has one link more than the site lets through, so the policy holds or rejects it whatever its
scores; when its way is known, it is rejected as what it is, a probe.
"""

import json
import secrets
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from comments.models import DEFAULT_KEY, Article, Comment, Status
from config.operations.doctor.diagnosis import CheckError
from moderation import transitions
from moderation.actors import SYSTEM
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import site_policy
from moderation.transitions import Evidence, Seen

DECISION_TIMEOUT = 20.0
# The most links that fit in the text of the probe.
MAX_LINKS = 150
AUTHOR = "manage.py doctor"
SENTENCE = (
    "Їжак із ґанку перевіряє зв’язок: цей коментар служба надіслала собі сама й сама відкличе."
)
PROBE = Verdict(Outcome.REJECT, Reason.PROBE)


def check_public_address(url: str) -> str:
    """Post the probe to `url`, wait for its decision and withdraw it.

    Raises CheckError at the first fault that would affect a reader. The probe is withdrawn in
    any case.
    """
    site = _parsed(url)
    _check_service(site)
    text = _text()
    answer = _post(site, text)
    comment = Comment.objects.filter(pk=answer["id"], author_name=AUTHOR).first()
    if comment is None:
        raise CheckError(
            _(
                "the service at this address uses a different database: run this command with its "
                "settings."
            )
        )
    try:
        _check_text(comment, text)
        _check_links(site, answer["status_url"])
        seconds = _wait_for_decision(site, answer["status_url"])
    finally:
        withdraw(comment)
    _check_not_public(site, comment)
    return _("a Ukrainian comment was decided in %(seconds).1f s and withdrawn") % {
        "seconds": seconds
    }


def withdraw(comment: Comment) -> None:
    """Reject the probe; try again if its status changes at the same moment."""
    for _attempt in range(3):
        comment.refresh_from_db()
        if comment.status == Status.REJECTED:
            return
        transitions.apply(
            comment=comment,
            verdict=PROBE,
            expected=Seen.of(comment),
            evidence=Evidence(actor=SYSTEM),
        )


def _parsed(url: str) -> SplitResult:
    site = urlsplit(url.rstrip("/"))
    if site.scheme not in {"http", "https"} or not site.hostname:
        raise CheckError(
            _("the address must include its scheme, like https://comments.example.org.")
        )
    return site


def _check_service(site: SplitResult) -> None:
    status, answer = _ask(site, reverse("healthz"))
    if (status, answer) != (200, "ok"):
        raise CheckError(
            _("%(path)s answers %(status)d: a different service answers at this address.")
            % {"path": reverse("healthz"), "status": status}
        )
    # /healthz answers to any host name; this path only to those in ALLOWED_HOSTS.
    if _ask(site, reverse("challenge"))[0] == 400:
        raise CheckError(
            _("the service does not accept the name %(host)s: add it to ALLOWED_HOSTS.")
            % {"host": site.hostname}
        )


def _text() -> str:
    links = site_policy(DEFAULT_KEY).max_links + 1
    if links > MAX_LINKS:
        raise CheckError(
            _("the policy allows any number of links, so a probe might be published: lower the "
              "number of links there.")
        )  # fmt: skip
    token = secrets.token_hex(4)
    return " ".join([SENTENCE, token, *(f"https://example.org/{token}/{n}" for n in range(links))])


def _post(site: SplitResult, text: str) -> dict[str, Any]:
    article = Article.objects.open().filter(site=DEFAULT_KEY).first()
    if article is None:
        raise CheckError(_("there is no article open for comments: add one in the admin."))
    path = reverse("article-comments", kwargs={"key": article.key})
    body = {"author_name": AUTHOR, "author_email": "doctor@example.org", "text": text}
    status, answer = _ask(site, path, body)
    if status == 429:
        raise CheckError(_("this machine has sent too many comments: try again later."))
    if status != 202 or not isinstance(answer, dict):
        raise CheckError(
            _("a comment was answered with %(status)d, not 202: see the log of the web server.")
            % {"status": status}
        )
    return answer


def _check_text(comment: Comment, text: str) -> None:
    if comment.text != text:
        raise CheckError(_("Ukrainian letters arrive changed: the proxy must not alter the body."))


def _check_links(site: SplitResult, status_url: str) -> None:
    """Check that the proxy passes on scheme and host, of which links are made."""
    link = urlsplit(status_url)
    if link.scheme != site.scheme:
        raise CheckError(
            _(
                "readers get links with %(found)s:// instead of %(expected)s://: let the proxy set "
                "X-Forwarded-Proto, and add its address to FORWARDED_ALLOW_IPS."
            )
            % {"found": link.scheme, "expected": site.scheme}
        )
    if link.netloc != site.netloc:
        raise CheckError(
            _(
                "readers get links to %(found)s instead of %(expected)s: the proxy must pass on "
                "Host."
            )
            % {"found": link.netloc, "expected": site.netloc}
        )


def _wait_for_decision(site: SplitResult, status_url: str) -> float:
    """Poll the author's status link; return the number of seconds until the decision."""
    path, started = urlsplit(status_url).path, time.monotonic()
    site = site._replace(path="")
    while (spent := time.monotonic() - started) < DECISION_TIMEOUT:
        status, answer = _ask(site, path)
        if status != 200 or not isinstance(answer, dict):
            raise CheckError(_("the author's status link answers %(status)d.") % {"status": status})
        if answer["status"] != Status.PENDING:
            return spent
        time.sleep(0.1)
    raise CheckError(
        _("no decision within %(seconds)d s: are the worker and the broker running?")
        % {"seconds": DECISION_TIMEOUT}
    )


def _check_not_public(site: SplitResult, comment: Comment) -> None:
    comment.refresh_from_db()
    path = reverse("article-comments", kwargs={"key": comment.article.key})
    status, answer = _ask(site, path)
    if status != 200 or not isinstance(answer, dict):
        raise CheckError(_("the list of comments answers %(status)d.") % {"status": status})
    if comment.pk in [row["id"] for row in answer["results"]]:
        raise CheckError(_("a withdrawn comment is still shown: does the proxy cache old answers?"))


def _ask(site: SplitResult, path: str, body: Any = None) -> tuple[int, Any]:
    """Return the status and the body, decoded if it is JSON; raise CheckError if none comes."""
    connection_class = HTTPSConnection if site.scheme == "https" else HTTPConnection
    link = connection_class(site.hostname or "", site.port, timeout=10)
    sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    try:
        link.request(
            "GET" if sent is None else "POST",
            site.path + path,
            sent,
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        answer = link.getresponse()
        status, content = answer.status, answer.read().decode(errors="replace")
    except (OSError, HTTPException) as error:
        raise CheckError(
            _(
                "%(url)s cannot be reached (%(error)s): check the name, the proxy and "
                "the certificate."
            )
            % {"url": site.geturl(), "error": error_kind(error)}
        ) from None
    finally:
        link.close()
    try:
        return status, json.loads(content)
    except ValueError:
        return status, content


def error_kind(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
