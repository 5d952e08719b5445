import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

# Calls a method of the protocol, such as "analyze", with a body and a key; by default a good one.
Ask = Callable[..., Any]


@pytest.fixture
def ask(check_key: Callable[..., str], client: Client, _second_judge_has_time: None) -> Ask:
    made: list[str] = []

    def send(body: Any, *, method: str = "analyze", key: str | None = None) -> Any:
        if key is None and not made:
            made.append(check_key("perspective"))
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        address = f"/v1alpha1/comments:{method}?key={made[0] if key is None else key}"
        return client.post(address, sent, content_type="application/json;charset=utf-8")

    return send
