"""Helpers that post to REST and read it."""

from typing import Any

from django.test import Client

GOOD = {"author_name": "Олена", "author_email": "olena@example.org", "text": "Дякую за новину."}


def post(client: Client, data: Any, key: str = "mist", **extra: Any) -> Any:
    url = f"/api/v1/articles/{key}/comments/"
    return client.post(url, data, content_type="application/json", **extra)


def errors(response: Any) -> dict[str, str]:
    return {entry["pointer"]: entry["code"] for entry in response.json()["errors"]}
