"""Read the fields of a request: under Perspective's names in camelCase or snake_case, and typed."""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from comments.protocols.perspective.errors import invalid, unreadable

Found = TypeVar("Found")
_HUMP = re.compile(r"(?<=[a-z])([A-Z])")
# The names that Google's errors give the types of JSON.
_TYPES = {str: "TYPE_STRING", bool: "TYPE_BOOL", dict: "TYPE_MESSAGE", list: "TYPE_ARRAY"}


def read_body(body: bytes) -> Mapping[str, Any]:
    """Return the JSON object of a request's body; raises ApiError for anything else."""
    try:
        found = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise unreadable("Invalid JSON payload received.") from None
    if not isinstance(found, dict):
        raise unreadable("Invalid JSON payload received. An object is expected.")
    return found


def field(owner: Mapping[str, Any], name: str, kind: type[Found], empty: Found) -> Found:
    """Return the field of an object, or `empty` if it is absent or null; raises ApiError."""
    value = owner.get(name)
    if value is None:
        value = owner.get(_snake_case(name))
    if value is None:
        return empty
    if not isinstance(value, kind):
        raise invalid(f"Invalid value at '{_snake_case(name)}' ({_TYPES[kind]})")
    return value


def number(owner: Mapping[str, Any], name: str) -> float | None:
    """Return a number of an object, or None if it is absent or null; raises ApiError."""
    value = owner.get(name, owner.get(_snake_case(name)))
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise invalid(f"Invalid value at '{_snake_case(name)}' (TYPE_FLOAT)")
    return float(value) if abs(value) < 1e300 else float("inf")


def texts(owner: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of strings; raises ApiError."""
    found = field(owner, name, list, [])
    if not all(isinstance(each, str) for each in found):
        raise invalid(f"Invalid value at '{_snake_case(name)}' (TYPE_STRING)")
    return tuple(found)


def objects(owner: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    """Return a map from names to objects, with {} for null; raises ApiError."""
    found = {key: value or {} for key, value in field(owner, name, dict, {}).items()}
    for key, value in found.items():
        if not isinstance(value, dict):
            raise invalid(f"Invalid value at '{_snake_case(name)}[{key}]' (TYPE_MESSAGE)")
    return found


def _snake_case(name: str) -> str:
    return _HUMP.sub(r"_\1", name).lower()


def _no_constant(name: str) -> None:
    raise ValueError
