"""Print where the service is and how to sign in, once it answers."""

import time
from http.client import HTTPConnection

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from comments.models import Article
from config.operations.launch.first_moderator import how_to_sign_in

TIMEOUT = 60.0


class WebSilentError(Exception):
    """The web server did not answer in time."""


def wait_for_web() -> None:
    """Return once the web server answers anything; raise WebSilentError after the time-out."""
    end = time.monotonic() + TIMEOUT
    while not _answers():
        if time.monotonic() > end:
            raise WebSilentError(
                f"The web server did not answer within {TIMEOUT:.0f} s: see its log lines above."
            )
        time.sleep(0.1)


def addresses(*, on_terminal: bool, demo_site: bool = False) -> str:
    """Return what to open and how to sign in. The first password is shown only on a terminal."""
    with override("uk"):
        lines = [
            ("Article page", _at(_article_path())),
            ("Moderators' queue", _at(reverse("admin:queue"))),
            ("API docs", _at(reverse("docs"))),
            ("Moderator", how_to_sign_in(show_password=on_terminal)),
        ]
    if demo_site:
        lines.insert(1, ("On another site", f"http://127.0.0.1:{settings.DEMO_SITE_PORT}/"))
    listed = "\n".join(f"  {name:<18} {value}" for name, value in lines)
    return f"\nThe service is running; Ctrl-C stops it.\n{listed}\n"


def _article_path() -> str:
    """Return the path of the most commented article, or of the front page if there is none."""
    article = (
        Article.objects.annotate(comment_count=Count("comments"))
        .order_by("-comment_count", "pk")
        .first()
    )
    return article.get_absolute_url() if article else reverse("comments:front")


def _at(path: str) -> str:
    """Return the URL of a path: in production the service only answers to its public name."""
    if settings.PRODUCTION:
        return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}{path}"
    return f"http://127.0.0.1:{settings.PORT}{path}"


def _answers() -> bool:
    link = HTTPConnection("127.0.0.1", settings.PORT, timeout=2)
    try:
        link.request("GET", "/healthz")
        return link.getresponse().status > 0
    except OSError:
        return False
    finally:
        link.close()
