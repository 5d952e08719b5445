"""The security headers of every response: pages, REST, errors and files."""

from http import HTTPStatus
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import path

from comments.models import Article
from config.urls import urlpatterns as served

pytestmark = pytest.mark.django_db


def broken(request: object) -> NoReturn:
    raise RuntimeError


urlpatterns = [path("broken/", broken), *served]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/uk/articles/mist/", HTTPStatus.OK),
        ("/uk/admin/login/", HTTPStatus.OK),
        ("/api/docs/", HTTPStatus.OK),
        ("/api/docs/?script=", HTTPStatus.OK),
        ("/api/schema/", HTTPStatus.OK),
        ("/api/v1/articles/mist/comments/", HTTPStatus.OK),
        ("/api/v1/articles/none/", HTTPStatus.NOT_FOUND),
        ("/uk/articles/none/", HTTPStatus.NOT_FOUND),
        ("/healthz", HTTPStatus.OK),
        ("/broken/", HTTPStatus.INTERNAL_SERVER_ERROR),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_every_answer_has_the_security_headers(
    article: Article, address: str, status: HTTPStatus
) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]


def test_cookies_are_hidden_from_scripts_and_other_sites(client: Client, article: Article) -> None:
    client.get("/uk/articles/mist/")
    cookie = client.cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_form_without_its_cookie_gets_the_sites_own_error_page(
    article: Article,
) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/uk/articles/mist/", {"text": "Дякую"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    page = answer.content.decode()
    assert settings.SITE_NAME in page
    assert "<style" not in page


def test_no_template_has_inline_scripts_styles_or_handlers() -> None:
    for app in ("comments", "moderation"):
        for template in (Path(settings.BASE_DIR) / app).rglob("templates/**/*.html"):
            text = template.read_text(encoding="utf-8").lower()
            for inline in ("<style", "style=", "<script>", " onclick", " onload", "javascript:"):
                assert inline not in text, template
