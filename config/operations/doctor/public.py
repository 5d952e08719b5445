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

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import DEFAULT_KEY, Article, Comment, Status
from config.operations.doctor.diagnosis import MendError
from moderation import transitions
from moderation.actors import SYSTEM
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import site_policy
from moderation.transitions import Evidence, Seen

PATIENCE = 20.0
# Of links, in one comment's text.
LINKS_MOST = 150
AUTHOR = "manage.py doctor"
WORDS = "Їжак із ґанку перевіряє зв’язок: цей коментар служба надіслала собі сама й сама відкличе."
PROBE = Verdict(Outcome.REJECT, Reason.PROBE)


def through_the_public_address(url: str) -> str:
    """Posts the probe to `url`, follows it to its decision and withdraws it.

    Raises MendError at the first thing that a reader would stumble over; by then nothing of the
    probe is public.
    """
    site = _parsed(url)
    _is_there(site)
    text = _text()
    answer = _post(site, text)
    comment = Comment.objects.filter(pk=answer["id"], author_name=AUTHOR).first()
    if comment is None:
        raise MendError(
            _(
                "the address leads to a service with another database: run this command with the "
                "settings of the service behind it."
            )
        )
    try:
        _came_whole(comment, text)
        _told_its_address(site, answer["status_url"])
        seconds = _decided(site, answer["status_url"])
    finally:
        withdraw(comment)
    _is_not_public(site, comment)
    return _("a Ukrainian comment was decided in %(seconds).1f s and withdrawn") % {
        "seconds": seconds
    }


def withdraw(comment: Comment) -> None:
    """Rejects the probe from whatever status it has by now; someone may be first, once."""
    for _try in range(3):
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
        raise MendError(_("name the address with its scheme, like https://comments.example.org."))
    return site


def _is_there(site: SplitResult) -> None:
    status, answer = _ask(site, reverse("healthz"))
    if (status, answer) != (200, "ok"):
        raise MendError(
            _("%(path)s answers %(status)d: something else stands at this address.")
            % {"path": reverse("healthz"), "status": status}
        )
    # Which answers under any name; this does not.
    if _ask(site, reverse("stamp"))[0] == 400:
        raise MendError(
            _("the service refuses the name %(host)s: add it to ALLOWED_HOSTS.")
            % {"host": site.hostname}
        )


def _text() -> str:
    links = site_policy(DEFAULT_KEY).max_links + 1
    if links > LINKS_MOST:
        raise MendError(
            _("the site's policy lets any number of links through, so no probe can be sent that "
              "surely stays unpublished: set fewer links there.")
        )  # fmt: skip
    mark = secrets.token_hex(4)
    return " ".join([WORDS, mark, *(f"https://example.org/{mark}/{n}" for n in range(links))])


def _post(site: SplitResult, text: str) -> dict[str, Any]:
    closed = Q(closes_at__lte=timezone.now())
    article = Article.objects.filter(site=DEFAULT_KEY).exclude(closed).first()
    if article is None:
        raise MendError(_("there is no article yet to comment on: add one in the admin."))
    path = reverse("article-comments", kwargs={"key": article.key})
    body = {"author_name": AUTHOR, "author_email": "doctor@example.org", "text": text}
    status, answer = _ask(site, path, body)
    if status == 429:
        raise MendError(_("this machine has reached the limit of comments: try again later."))
    if status != 202 or not isinstance(answer, dict):
        raise MendError(
            _("a comment was answered with %(status)d instead of 202: see the log of the web.")
            % {"status": status}
        )
    return answer


def _came_whole(comment: Comment, text: str) -> None:
    if comment.text != text:
        raise MendError(_("Ukrainian letters arrive changed: the proxy must not touch the body."))


def _told_its_address(site: SplitResult, status_url: str) -> None:
    """The links in answers are made of what the proxy tells: its scheme and its name."""
    told = urlsplit(status_url)
    if told.scheme != site.scheme:
        raise MendError(
            _(
                "readers get links with %(told)s:// where the address has %(real)s://: let the "
                "proxy set X-Forwarded-Proto, and FORWARDED_ALLOW_IPS to the proxy's address."
            )
            % {"told": told.scheme, "real": site.scheme}
        )
    if told.netloc != site.netloc:
        raise MendError(
            _("readers get links to %(told)s instead of %(real)s: let the proxy pass Host on.")
            % {"told": told.netloc, "real": site.netloc}
        )


def _decided(site: SplitResult, status_url: str) -> float:
    """Seconds to the decision, as the author's own link tells it."""
    path, begun = urlsplit(status_url).path, time.monotonic()
    site = site._replace(path="")
    while (spent := time.monotonic() - begun) < PATIENCE:
        status, answer = _ask(site, path)
        if status != 200 or not isinstance(answer, dict):
            raise MendError(_("the author's status link answers %(status)d.") % {"status": status})
        if answer["status"] != Status.PENDING:
            return spent
        time.sleep(0.1)
    raise MendError(
        _("no decision within %(seconds)d s: are worker and broker running?")
        % {"seconds": PATIENCE}
    )


def _is_not_public(site: SplitResult, comment: Comment) -> None:
    comment.refresh_from_db()
    path = reverse("article-comments", kwargs={"key": comment.article.key})
    status, answer = _ask(site, path)
    if status != 200 or not isinstance(answer, dict):
        raise MendError(_("the list of comments answers %(status)d.") % {"status": status})
    if comment.pk in [row["id"] for row in answer["results"]]:
        raise MendError(_("a withdrawn comment is still shown: does the proxy keep old answers?"))


def _ask(site: SplitResult, path: str, body: Any = None) -> tuple[int, Any]:
    """The status and the answer, JSON where it is; raises MendError where nobody answers."""
    kind = HTTPSConnection if site.scheme == "https" else HTTPConnection
    link = kind(site.hostname or "", site.port, timeout=10)
    sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    try:
        link.request(
            "GET" if sent is None else "POST",
            site.path + path,
            sent,
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        answer = link.getresponse()
        status, words = answer.status, answer.read().decode(errors="replace")
    except (OSError, HTTPException) as error:
        raise MendError(
            _("%(url)s cannot be reached (%(error)s): check the name, proxy and certificate.")
            % {"url": site.geturl(), "error": error_kind(error)}
        ) from None
    finally:
        link.close()
    try:
        return status, json.loads(words)
    except ValueError:
        return status, words


def error_kind(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
