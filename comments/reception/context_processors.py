"""The variables that every template has."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {"site_name": settings.SITE_NAME, "content_language": settings.LANGUAGE_CODE}
