"""The OpenAPI document: complete, committed, and with an example of each call."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from comments.models import SiteKey
from tests.makers import make_article, make_comment
from tests.openapi import FILE, committed, generated, text

DOCUMENT = committed()
OPERATIONS = [
    pytest.param(path, method, id=operation["operationId"])
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]


def test_the_committed_document_is_that_of_the_code() -> None:
    message = "run python -m tests.openapi, which refuses what would break a program"
    assert FILE.read_text(encoding="utf-8") == text(generated()), message


def test_it_is_openapi_31_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "x.yaml"))
    assert DOCUMENT["openapi"].startswith("3.1")
    assert DOCUMENT["servers"]
    assert DOCUMENT["info"]["license"] == {"name": "MIT", "identifier": "MIT"}


def test_the_service_serves_the_same_document(client: Client) -> None:
    served = client.get("/api/schema/?format=json").json()
    assert {**served, "info": 0} == {**DOCUMENT, "info": 0}


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_each_call_has_words_and_examples_that_fit(path: str, method: str) -> None:
    operation = DOCUMENT["paths"][path][method]
    assert operation["summary"]
    contents = [operation["requestBody"]["content"]] if "requestBody" in operation else []
    for code, answer in operation["responses"].items():
        assert answer["description"], code
        if code.startswith("2"):
            contents.append(answer["content"])
    for content in contents:
        given = content["application/json"]
        assert given["examples"], path
        schema = {**given["schema"], "components": DOCUMENT["components"]}
        for example in given["examples"].values():
            Draft202012Validator(schema).validate(example["value"])


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_each_error_is_a_problem_document(path: str, method: str) -> None:
    for code, answer in DOCUMENT["paths"][path][method]["responses"].items():
        if code.startswith(("4", "5")):
            assert list(answer["content"]) == ["application/problem+json"]


@pytest.mark.django_db
def test_what_the_examples_send_is_accepted(client: Client, settings: Any) -> None:
    settings.HINTS = True
    article = make_article(key="mist-cherez-tykhu")
    comment = make_comment(article)
    key = SiteKey.objects.add(article.site, "app", "decide")  # type: ignore[arg-type]
    names = {"key": article.key, "number": comment.pk}
    sent = 0
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            if "requestBody" not in operation or "{token}" in path:
                continue
            for example in operation["requestBody"]["content"]["application/json"][
                "examples"
            ].values():
                body = dict(example["value"])
                if "version" in body:
                    comment.refresh_from_db()
                    body["version"] = comment.version
                answer = client.generic(
                    method.upper(),
                    path.format(**names),
                    json.dumps(body),
                    "application/json",
                    headers={"Authorization": f"Bearer {key}"},
                )
                assert 200 <= answer.status_code < 300, (path, answer.content.decode())
                sent += 1
    assert sent >= 4
