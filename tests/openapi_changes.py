"""Find what in a new OpenAPI document would break a program written against the old one."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
# A limit that becomes narrower refuses what was accepted: the sign of a change that does.
_LIMITS = {"maxLength": -1, "maximum": -1, "maxItems": -1}
_LEAST = {"minLength": 1, "minimum": 1, "minItems": 1}


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """Return a sentence for each breaking change.

    Breaking is: an operation, an answer, a parameter or a field that is gone or renamed; something
    newly required of the program; a narrower type, choice or limit of what it sends; a wider type
    of what it gets, or a field that may now be missing. New fields, new optional parameters and new
    values in answers are not: docs/frontend.md says that they may come.
    """
    return list(dict.fromkeys(_Comparison(old, new).operations()))


class _Comparison:
    def __init__(self, old: Schema, new: Schema) -> None:
        self.old, self.new = old, new

    def operations(self) -> Iterator[str]:
        for path, methods in self.old["paths"].items():
            for method, was in methods.items():
                name = f"{method.upper()} {path}"
                now = self.new["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{name} is gone"
                else:
                    yield from self._operation(name, was, now)

    def _operation(self, name: str, was: Schema, now: Schema) -> Iterator[str]:
        if was["operationId"] != now["operationId"]:
            yield f"{name}: generated clients call it {now['operationId']}"
        if now.get("security") and not was.get("security"):
            yield f"{name} now needs a key"
        yield from self._parameters(name, was, now)
        yield from self._body(name, was.get("requestBody"), now.get("requestBody"))
        yield from self._answers(name, was["responses"], now["responses"])

    def _parameters(self, name: str, was: Schema, now: Schema) -> Iterator[str]:
        before = {(each["in"], each["name"]): each for each in was.get("parameters", ())}
        after = {(each["in"], each["name"]): each for each in now.get("parameters", ())}
        for key, each in after.items():
            if each.get("required") and not before.get(key, {}).get("required"):
                yield f"{name}: the parameter {key[1]} is now required"
        for key, each in before.items():
            where = f"{name}: the parameter {key[1]}"
            if key not in after:
                yield f"{where} is gone"
            else:
                yield from self._sent(where, each["schema"], after[key]["schema"])

    def _body(self, name: str, was: Any, now: Any) -> Iterator[str]:
        if now and now.get("required") and not (was and was.get("required")):
            yield f"{name} now needs a body"
        for kind, each in (was or {}).get("content", {}).items():
            other = (now or {}).get("content", {}).get(kind)
            if other is None:
                yield f"{name} no longer takes {kind}"
            else:
                yield from self._sent(name, each["schema"], other["schema"])

    def _answers(self, name: str, was: Schema, now: Schema) -> Iterator[str]:
        for code, each in was.items():
            if code not in now:
                if code.startswith("2"):
                    yield f"{name} no longer answers {code}"
                continue
            for header in each.get("headers", {}).keys() - now[code].get("headers", {}).keys():
                yield f"{name}: the header {header} of {code} is gone"
            for kind, content in each.get("content", {}).items():
                other = now[code].get("content", {}).get(kind)
                if other is None:
                    yield f"{name} no longer answers {code} as {kind}"
                elif "schema" in content:
                    yield from self._received(f"{name}, {code}", content["schema"], other["schema"])

    def _sent(self, where: str, was: Schema, now: Schema) -> Iterator[str]:
        """Compare what a program sends."""
        was, now = _whole(was, self.old), _whole(now, self.new)
        if not _types(was) <= _types(now):
            yield f"{where} takes another type"
        if "enum" in now and not set(was.get("enum", ["other"])) <= set(now["enum"]):
            yield f"{where} takes fewer values"
        if now.get("pattern") != was.get("pattern") and "pattern" in now:
            yield f"{where} takes another pattern"
        for limit, sign in (_LIMITS | _LEAST).items():
            if limit in now and (now[limit] - was.get(limit, now[limit] - sign)) * sign > 0:
                yield f"{where} has a narrower {limit}"
        for field in set(now.get("required", ())) - set(was.get("required", ())):
            yield f"{where}: {field} is now required"
        yield from self._fields(where, was, now, self._sent)

    def _received(self, where: str, was: Schema, now: Schema) -> Iterator[str]:
        """Compare what a program gets."""
        was, now = _whole(was, self.old), _whole(now, self.new)
        if not _types(now) <= _types(was):
            yield f"{where} is another type"
        for field in set(was.get("required", ())) - set(now.get("required", ())):
            yield f"{where}: {field} may be missing"
        yield from self._fields(where, was, now, self._received)

    def _fields(self, where: str, was: Schema, now: Schema, compare: Any) -> Iterator[str]:
        for field, each in was.get("properties", {}).items():
            if field not in now.get("properties", {}):
                yield f"{where}: {field} is gone"
            else:
                yield from compare(f"{where}: {field}", each, now["properties"][field])
        for part in ("items", "additionalProperties"):
            if isinstance(was.get(part), dict) and isinstance(now.get(part), dict):
                yield from compare(f"{where}: each", was[part], now[part])


def _whole(schema: Schema, document: Schema) -> dict[str, Any]:
    """Return the schema with what it refers to; alternatives become one list of types."""
    found = dict(schema)
    if "$ref" in found:
        name = found.pop("$ref").rpartition("/")[2]
        found = {**_whole(document["components"]["schemas"][name], document), **found}
    for part in found.pop("allOf", ()):
        found = {**_whole(part, document), **found}
    for one in ("oneOf", "anyOf"):
        parts = [_whole(part, document) for part in found.pop(one, ())]
        if parts:
            types = {kind for part in parts for kind in _types(part)}
            merged: dict[str, Any] = {}
            for part in parts:
                merged.update(part)
            found = {**merged, **found, "type": sorted(types)}
    return found


def _types(schema: Schema) -> set[str]:
    """Return the JSON types; without any, all."""
    kinds = schema.get("type")
    if kinds is None:
        if "enum" in schema:
            return {"null" if each is None else "string" for each in schema["enum"]}
        return {"array", "boolean", "null", "number", "object", "string", "integer"}
    found = {kinds} if isinstance(kinds, str) else set(kinds)
    return found | {"integer"} if "number" in found else found
