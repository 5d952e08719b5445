"""Read JSON Lines from any file: one object a line, a broken line by itself."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from comments.archives.records import Broken, RefusedError

MAX_LINE = 1 << 23

Line = tuple[str, dict[str, Any]]


def lines(file: BinaryIO, *, longest_first: int = MAX_LINE) -> Iterator[Line | Broken]:
    """Yield each object with its place. Raises RefusedError if the first line is none.

    A line that is longer than 8 MB, or the first one than `longest_first`, is skipped without being
    held in memory.
    """
    number, longest = 0, longest_first
    while data := file.readline(longest):
        number += 1
        place = f"line {number}"
        is_whole = data.endswith(b"\n") or len(data) < longest
        while not is_whole and not data.endswith(b"\n") and data:
            data = file.readline(MAX_LINE)
        if not is_whole:
            yield Broken(place, f"longer than {longest >> 20} MB")
        elif data.strip():
            yield _parsed(place, data, is_first=number == 1)
        longest = MAX_LINE


def _parsed(place: str, data: bytes, *, is_first: bool) -> Line | Broken:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        if is_first:
            raise RefusedError("the file is not in JSON Lines") from error
        return Broken(place, "not JSON")
    return (place, found) if isinstance(found, dict) else Broken(place, "no JSON object")


def word(row: dict[str, Any], name: str) -> str:
    """Return a field as text; one that is missing, or neither a text nor a number, is empty."""
    value = row.get(name)
    if isinstance(value, str):
        return value
    return str(value) if type(value) in (int, float) else ""
