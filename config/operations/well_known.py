"""What browsers and search engines ask every site for: an icon, and what they may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon that pages name themselves; only what is no page asks for this one."""
    return HttpResponseRedirect(static("comments/icon.svg"))


@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines out of the desk; what readers see they may read."""
    closed = "".join(f"Disallow: {_desk(language)}\n" for language, _name in settings.LANGUAGES)
    return HttpResponse(f"User-agent: *\n{closed}", content_type="text/plain; charset=utf-8")


def _desk(language: str) -> str:
    with override(language):
        return reverse("admin:index")
