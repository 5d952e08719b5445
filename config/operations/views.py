"""/healthz, /readyz and /metrics."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST

from config.operations.health import readiness
from config.operations.prometheus import exposition


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
    """Return the metrics to a client with METRICS_TOKEN.

    The client's address is no protection: behind a proxy all requests come from loopback.
    """
    if not settings.METRICS_TOKEN:
        raise Http404
    credentials = request.headers.get("Authorization", "")
    if not constant_time_compare(credentials, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            "Send METRICS_TOKEN as a bearer token.",
            status=401,
            headers={"WWW-Authenticate": "Bearer"},
            content_type="text/plain",
        )
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
