"""The parameters of a list of comments, checked before anything is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions

from comments.identity import is_id

MAX_LIMIT = 100
MAX_ID = 10**18 - 1
NEWEST, OLDEST, USEFUL = ORDERS = ("newest", "oldest", "useful")


@dataclass(frozen=True)
class ListQuery:
    """What a frontend asks of the list; `limit` is None for the usual size."""

    order: str = NEWEST
    limit: int | None = None
    parent: int | None = None

    @classmethod
    def of(cls, sent: Mapping[str, Any], orders: Sequence[str] = ORDERS) -> "ListQuery":
        """Read the parameters; raises ValidationError with an entry for each that is wrong."""
        order, limit, parent = sent.get("order", NEWEST), sent.get("limit"), sent.get("parent")
        wrong = {}
        if order not in orders:
            known = ", ".join(orders)
            wrong["order"] = _error(_("Choose one of these: %(known)s.") % {"known": known})
        if limit is not None and whole_number(sent, "limit", least=1, most=MAX_LIMIT) is None:
            wrong["limit"] = number_error(1, MAX_LIMIT)
        if parent is not None and not is_id(parent):
            wrong["parent"] = number_error()
        if wrong:
            raise exceptions.ValidationError(wrong)
        return cls(order, int(limit) if limit else None, int(parent) if parent else None)


def whole_number(
    sent: Mapping[str, Any], name: str, *, least: int = 0, most: int = MAX_ID
) -> int | None:
    """Return the parameter if it is a number from `least` to `most`, else None."""
    text = str(sent.get(name, ""))
    return int(text) if is_id(text) and least <= int(text) <= most else None


def number_error(least: int = 0, most: int = MAX_ID) -> list[exceptions.ErrorDetail]:
    """Return the error of a parameter that is no such number."""
    if most == MAX_ID:
        return _error(_("This must be a number."))
    between = {"first": least, "last": most}
    return _error(_("Send a whole number from %(first)d to %(last)d.") % between)


def _error(sentence: str) -> list[exceptions.ErrorDetail]:
    return [exceptions.ErrorDetail(sentence, "invalid")]
