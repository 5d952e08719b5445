"""What is asked: the requests of the two methods, checked before anything is scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comments.protocols.perspective.attributes import KNOWN, is_supported, ours
from comments.protocols.perspective.errors import (
    ApiError,
    invalid,
    refused,
    unknown_attribute,
    unsupported_language,
)
from comments.protocols.perspective.fields import field, number, objects, texts

MAX_TEXT_BYTES = 20 * 1024
_PROBABILITY = {"", "SCORE_TYPE_UNSPECIFIED", "PROBABILITY"}
_PLAIN = {"", "TEXT_TYPE_UNSPECIFIED", "PLAIN_TEXT"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What both methods ask about: a text and the caller's marks, which are given back."""

    text: str
    # As the caller states them; empty if the text's language is to be detected.
    languages: tuple[str, ...] = ()
    client_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class Analysis(Question):
    """A request for scores: below its threshold an attribute is left out of the answer."""

    thresholds: Mapping[str, float | None]
    marks_places: bool = False
    keeps_nothing: bool = False


@dataclass(frozen=True, kw_only=True)
class Suggestion(Question):
    """What a person says about a text, by attribute: 0 to 1."""

    scores: Mapping[str, float]


def read_analysis(body: Mapping[str, Any]) -> Analysis:
    """Return the request for scores; raises ApiError if it cannot be answered."""
    common = _common(body)
    requested = objects(body, "requestedAttributes")
    if not requested:
        raise refused("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes")
    drop = field(body, "dropUnsupportedAttributes", bool, False)
    names = _answered(requested, common["languages"], drop=drop)
    return Analysis(
        **common,
        thresholds={name: _threshold(name, requested[name]) for name in names},
        marks_places=field(body, "spanAnnotations", bool, False),
        keeps_nothing=field(body, "doNotStore", bool, False),
    )


def read_suggestion(body: Mapping[str, Any]) -> Suggestion:
    """Return the suggestion; raises ApiError if it cannot be stored."""
    common, given = _common(body), objects(body, "attributeScores")
    if not given:
        raise invalid("Missing attribute_scores")
    scores = {}
    for name, score in given.items():
        if name not in ours():
            raise unknown_attribute(name)
        value = number(field(score, "summaryScore", dict, {}), "value")
        if value is None or not 0 <= value <= 1:
            raise invalid(f"Invalid score of {name}: a number from 0 to 1 is needed")
        scores[name] = value
    return Suggestion(**common, scores=scores)


def _common(body: Mapping[str, Any]) -> dict[str, Any]:
    comment: Mapping[str, Any] = field(body, "comment", dict, {})
    field(body, "context", dict, {})
    for opaque in ("sessionId", "communityId"):
        field(body, opaque, str, "")
    return {
        "text": _text(comment),
        "languages": texts(body, "languages"),
        "client_token": field(body, "clientToken", str, "") or None,
    }


def _text(comment: Mapping[str, Any]) -> str:
    if field(comment, "type", str, "") not in _PLAIN:
        raise invalid("Currently, only 'PLAIN_TEXT' comments are supported")
    # No database stores a NUL or half of a pair of surrogates. Replaced, both keep their length.
    text = field(comment, "text", str, "").replace("\0", " ").encode(errors="replace")
    if not text.strip():
        raise refused("COMMENT_EMPTY", "Comment must be non-empty.")
    if len(text) > MAX_TEXT_BYTES:
        raise refused("COMMENT_TOO_LONG", "Comment text too long.")
    return text.decode()


def _answered(requested: Mapping[str, Any], languages: tuple[str, ...], *, drop: bool) -> list[str]:
    """Return the requested attributes that can be answered in the stated languages.

    Raises ApiError for the others, which are only left out if the request allows it: a caller takes
    a missing score for 0. For the same reason one must be left.
    """
    answered, first = [], None
    for name in requested:
        error = _obstacle(name, languages)
        if error is None:
            answered.append(name)
        elif not drop or name not in KNOWN:
            raise error
        first = first or error
    if not answered and first:
        raise first
    return answered


def _obstacle(name: str, languages: tuple[str, ...]) -> ApiError | None:
    if name not in ours():
        return unknown_attribute(name)
    foreign = [each for each in languages if not is_supported(each)]
    return unsupported_language(name, foreign) if foreign else None


def _threshold(name: str, requested: Mapping[str, Any]) -> float | None:
    kind = field(requested, "scoreType", str, "")
    if kind not in _PROBABILITY:
        raise invalid(f"Requested score type {kind} is not supported by attribute {name}")
    return number(requested, "scoreThreshold")
