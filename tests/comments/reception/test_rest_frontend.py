"""Other origins, the OpenAPI schema and its page."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Article
from tests.comments.reception.rest import post
from tests.openapi import committed

pytestmark = pytest.mark.django_db


def test_a_frontend_on_another_origin_needs_a_setting(
    client: Client, article: Article, settings: Any
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]
    url = "/api/v1/articles/mist/comments/"
    allowed = client.get(url, headers={"Origin": "https://news.example"})
    assert allowed["Access-Control-Allow-Origin"] == "https://news.example"
    other = client.get(url, headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in other


def test_a_frontend_on_another_origin_may_use_the_documented_headers(
    client: Client, article: Article, settings: Any
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]
    asked = {
        "Origin": "https://news.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,idempotency-key,if-none-match,x-request-id",
    }
    preflight = client.options("/api/v1/articles/mist/comments/", headers=asked)
    allowed = set(preflight["Access-Control-Allow-Headers"].split(", "))
    assert {"content-type", "idempotency-key", "if-none-match", "x-request-id"} <= allowed
    assert preflight["Access-Control-Allow-Methods"] == "DELETE, GET, OPTIONS, PATCH, POST, PUT"
    answer = client.get("/api/v1/articles/mist/comments/", headers=asked)
    readable = answer["Access-Control-Expose-Headers"].split(", ")
    assert readable == ["ETag", "Idempotency-Replayed", "Retry-After", "X-Request-ID"]


def test_the_schema_describes_each_answer_and_its_example_is_accepted(
    client: Client, article: Article
) -> None:
    paths = client.get("/api/schema/", headers={"Accept": "application/json"}).json()["paths"]
    operations = [each for path in paths.values() for each in path.values()]
    assert all(a["description"] for each in operations for a in each["responses"].values())
    submit = paths["/api/v1/articles/{key}/comments/"]["post"]
    assert set(submit["responses"]["429"]["headers"]) == {"Retry-After"}
    [example] = submit["requestBody"]["content"]["application/json"]["examples"].values()
    assert post(client, example["value"]).status_code == 202


def test_the_schema_and_its_docs_are_served_locally(client: Client) -> None:
    schema = client.get("/api/schema/", headers={"Accept": "application/json"})
    assert schema.status_code == 200
    assert set(schema.json()["paths"]) == set(committed()["paths"])
    docs = client.get("/api/docs/").content.decode()
    assert "//cdn" not in docs
    assert "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in docs
