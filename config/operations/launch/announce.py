"""Print where the service is and how to sign in, once it answers."""

import time
from http.client import HTTPConnection

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from comments.models import Article
from config.operations.launch.first_moderator import how_to_sign_in

PATIENCE = 60.0


class WebSilentError(Exception):
    """The web server did not answer in time."""


def wait_for_web() -> None:
    """Returns at the web server's first answer of any kind; raises WebSilentError in the end."""
    end = time.monotonic() + PATIENCE
    while not _answers():
        if time.monotonic() > end:
            raise WebSilentError(
                f"The web server did not answer within {PATIENCE:.0f} s: see its lines above."
            )
        time.sleep(0.1)


def addresses(*, on_terminal: bool) -> str:
    """What to open and how to sign in; the first password is shown on a terminal only."""
    with override("uk"):
        lines = [
            ("Article page", _at(_article_path())),
            ("Moderators' queue", _at(reverse("admin:queue"))),
            ("API docs", _at(reverse("docs"))),
            ("Moderator", how_to_sign_in(show_password=on_terminal)),
        ]
    listed = "\n".join(f"  {name:<18} {value}" for name, value in lines)
    return f"\nThe service is running; Ctrl-C stops it.\n{listed}\n"


def _article_path() -> str:
    """The article most talked about, or the front page where there is none yet."""
    article = Article.objects.annotate(talk=Count("comments")).order_by("-talk", "pk").first()
    return article.get_absolute_url() if article else reverse("comments:front")


def _at(path: str) -> str:
    """In production the service answers to its public name only."""
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
