"""The orders of the desk's lists: by age, risk or doubt, or by all that makes a comment urgent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Order:
    """A label and the columns of `Comment`."""

    label: Any
    columns: tuple[str, ...]


# See moderation.standing for what the columns hold. "urgent" weighs the risk, the time of waiting
# and the article's published comments: twice the risk counts as much as two hours of waiting, twice
# the comments as much as one hour.
ORDERS: Mapping[str, Order] = {
    "oldest": Order(_("oldest first"), ("created_at", "id")),
    "newest": Order(_("newest first"), ("-created_at", "-id")),
    "risk": Order(_("highest score first"), ("-risk", "id")),
    "doubt": Order(_("most doubtful first"), ("-doubt", "id")),
    "urgent": Order(_("by risk, waiting and readership"), ("due", "id")),
}
# The others would sort every comment that there is.
OF_ALL_COMMENTS = ("oldest", "newest")


def choices(*, first: str, of_all: bool) -> list[tuple[str, Any]]:
    """Return the orders of a list with their labels, beginning with its own, which has no value.

    Those of a list with comments of any status are fewer.
    """
    names = OF_ALL_COMMENTS if of_all else ORDERS
    others = [(name, ORDERS[name].label) for name in names if name != first]
    return [("", ORDERS[first].label), *others]


def ordered(comments: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Return the comments in this order."""
    return comments.order_by(*ORDERS[name].columns)
