"""What balancers and Prometheus ask, what a moderator sees of an author, a door that is shut."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from prometheus_client import CONTENT_TYPE_LATEST

from comments.models import Comment
from comments.sealing import WrongKeyError
from moderation.health import readiness
from moderation.privacy import look
from moderation.scrape import exposition


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    parts = readiness()
    ready = set(parts.values()) == {"ok"}
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For who shows METRICS_TOKEN; behind a proxy every reader would seem to come from loopback."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "")
    if not constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            "Show METRICS_TOKEN.",
            status=401,
            headers={"WWW-Authenticate": "Bearer"},
            content_type="text/plain",
        )
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


MAY_LOOK = "comments.view_contact"


@require_POST
def contact(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The author's e-mail, asked for with a button, so that no page shows one by itself."""
    moderator: Any = request.user
    if not moderator.has_perm(MAY_LOOK):
        raise PermissionDenied
    comment = get_object_or_404(Comment, pk=comment_id)
    context = {**admin.site.each_context(request), "title": _("E-mail"), "comment": comment}
    try:
        context["reach"] = look(comment=comment, moderator=moderator)
    except WrongKeyError:
        context["unreadable"] = True
    return render(request, "moderation/contact.html", context)


def locked(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """What whoever guesses at passwords is told instead of whether this one was right."""
    context = {**admin.site.each_context(request), "title": _("Try again later")}
    answer = render(request, "moderation/locked.html", context, status=429)
    answer["Retry-After"] = f"{settings.AXES_COOLOFF_TIME.total_seconds():.0f}"
    return answer
