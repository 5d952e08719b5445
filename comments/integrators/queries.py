"""The parameters of the lists for programs, checked before anything is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework import exceptions

from comments.reception.keys import validated_key
from comments.reception.list_query import NEWEST, OLDEST, ListQuery, number_error, whole_number

EVENTS_SHOWN = 500
MAX_EVENTS = 1000


@dataclass(frozen=True)
class QueueQuery:
    article: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> "QueueQuery":
        """Read the parameters; raises ValidationError."""
        asked = {name: sent[name] for name in ("order", "limit") if name in sent}
        ListQuery.of(asked, orders=(NEWEST, OLDEST))
        return cls(validated_key(sent["article"]) if "article" in sent else "")


@dataclass(frozen=True)
class DecisionQuery:
    comment: int | None = None

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> "DecisionQuery":
        """Read the parameters; raises ValidationError."""
        ListQuery.of({name: sent[name] for name in ("limit",) if name in sent})
        comment = whole_number(sent, "comment", least=1)
        if comment is None and "comment" in sent:
            raise exceptions.ValidationError({"comment": number_error()})
        return cls(comment)


@dataclass(frozen=True)
class EventQuery:
    after: int = 0
    limit: int = EVENTS_SHOWN

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> "EventQuery":
        """Read the parameters; raises ValidationError with an entry for each that is wrong."""
        after = whole_number(sent, "after") if "after" in sent else 0
        limit = EVENTS_SHOWN
        wrong = {}
        if after is None:
            wrong["after"] = number_error()
        if "limit" in sent:
            asked = whole_number(sent, "limit", least=1, most=MAX_EVENTS)
            limit = asked or limit
            if asked is None:
                wrong["limit"] = number_error(1, MAX_EVENTS)
        if wrong:
            raise exceptions.ValidationError(wrong)
        return cls(after or 0, limit)
