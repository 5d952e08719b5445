"""The parameters of a list of comments, checked before anything is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions

from comments.identity import is_id

MAX_LIMIT = 100
NEWEST, OLDEST = ORDERS = ("newest", "oldest")


@dataclass(frozen=True)
class ListQuery:
    """What a frontend asks of the list; `limit` is None for the usual size."""

    order: str = NEWEST
    limit: int | None = None
    parent: int | None = None

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> "ListQuery":
        """Read the parameters; raises ValidationError with an entry for each that is wrong."""
        order, limit, parent = sent.get("order", NEWEST), sent.get("limit"), sent.get("parent")
        wrong = {}
        if order not in ORDERS:
            known = ", ".join(ORDERS)
            wrong["order"] = _error(_("Choose one of these: %(known)s.") % {"known": known})
        if limit is not None and not is_limit(limit):
            between = {"first": 1, "last": MAX_LIMIT}
            sentence = _("Send a whole number from %(first)d to %(last)d.") % between
            wrong["limit"] = _error(sentence)
        if parent is not None and not is_id(parent):
            wrong["parent"] = _error(_("This must be a number."))
        if wrong:
            raise exceptions.ValidationError(wrong)
        return cls(order, int(limit) if limit else None, int(parent) if parent else None)


def is_limit(text: str) -> bool:
    return is_id(text) and 1 <= int(text) <= MAX_LIMIT


def _error(sentence: str) -> list[exceptions.ErrorDetail]:
    return [exceptions.ErrorDetail(sentence, "invalid")]
