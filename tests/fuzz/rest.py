"""Requests that Schemathesis generates from the OpenAPI document, alone and in sequences."""

from collections.abc import Callable, Iterator
from typing import Any
from zlib import crc32

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from config.wsgi import application
from tests.fuzz.watch import Watch

Round = Callable[[int, int], None]
CHECKED = ("status_code_conformance", "content_type_conformance", "response_schema_conformance")


def rounds(watch: Watch, known: dict[str, str], site_key: str) -> Iterator[tuple[str, Round]]:
    """Return a function per operation that sends this many requests; `known` has parts of URLs."""
    shown = {"Authorization": f"Bearer {site_key}"}
    load_all_checks()
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    for operation in operations:
        yield operation.label, _round(watch, operation, known, shown)


def _round(watch: Watch, operation: Any, known: dict[str, str], headers: dict[str, str]) -> Round:
    there = {name: known[name] for name in known if f"{{{name}}}" in operation.path}
    cases = one_of(
        *[operation.as_strategy(mode, path_parameters=there) for mode in GenerationMode],
        operation.as_strategy(),
    )

    def run(count: int, number: int) -> None:
        @seed(number + crc32(operation.label.encode()))
        @of(count)
        @given(case=cases)
        def send(case: Any) -> None:
            response = case.call(headers=headers)
            watch.saw(operation.label, response.status_code, case, _complaint(case, response))

        send()

    return run


def _complaint(case: Any, response: Any) -> str:
    """Return how the answer deviates from the document."""
    try:
        case.validate_response(response, checks=CHECKS.get_by_names(list(CHECKED)))
    except AssertionError as error:
        return str(error)
    except BaseExceptionGroup as group:
        return " / ".join(str(error) for error in group.exceptions)
    return ""


def of(count: int) -> Any:
    """Generate this many examples; failures are stored without minimizing them."""
    return settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
