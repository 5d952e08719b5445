from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Ask = Callable[..., Any]


@pytest.fixture
def ask(check_key: Callable[..., str], client: Client) -> Ask:
    """Sends fields to a path, by default with a key made with these options, and the required."""
    made: list[str] = []

    def send(path: str = "1.1/comment-check", **fields: str) -> Any:
        if not made and "api_key" not in fields:
            made.append(check_key())
        required = {"blog": "https://blog.example", "user_ip": "203.0.113.9"}
        own = {} if "api_key" in fields else {"api_key": made[0]}
        return client.post(f"/{path}", {**required, **own, **fields})

    return send
