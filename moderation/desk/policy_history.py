"""The history of the policy: old and new values of each change."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from moderation.desk.thresholds import label, parsed
from moderation.labels import exact_percent
from moderation.models import SitePolicy


@dataclass(frozen=True)
class Change:
    """One changed setting as text: its label, its old value and its new one."""

    label: str
    before: str
    after: str


def changes(entry: LogEntry) -> list[Change]:
    """Return the changes in an entry of the admin's log; none if it has no values."""
    return [change for each in _facts(entry) for change in in_words(each.get("values", {}))]


def in_words(values: Mapping[str, Sequence[Any]]) -> list[Change]:
    """Return the changes of these settings, given as [before, after] by their names in the form."""
    return [change for name, pair in values.items() for change in _described(name, *pair)]


def act_number(entry: LogEntry) -> int | None:
    """Return the id of the act that the entry is about; None if it was not recorded as one."""
    return next((each["act"] for each in _facts(entry) if each.get("act")), None)


def is_undo(entry: LogEntry) -> bool:
    return any("undoing" in each for each in _facts(entry))


def _facts(entry: LogEntry) -> list[dict[str, Any]]:
    try:
        messages = json.loads(entry.change_message)
    except ValueError:
        return []
    found = [
        message.get(what)
        for message in (messages if isinstance(messages, list) else [])
        for what in ("added", "changed")
    ]
    return [each for each in found if each]


def _described(name: str, before: Any, after: Any) -> Iterator[Change]:
    if threshold := parsed(name):
        yield Change(capfirst(label(*threshold)), _threshold(before), _threshold(after))
        return
    try:
        field = SitePolicy._meta.get_field(name)
    except FieldDoesNotExist:
        return
    field_label = capfirst(str(getattr(field, "verbose_name", name)))
    if isinstance(field, models.TextField):
        old, new = _lines(before), _lines(after)
        removed, added = (
            [line for line in one if line not in two] for one, two in ((old, new), (new, old))
        )
        yield Change(field_label, ", ".join(removed) or "—", ", ".join(added) or "—")
    else:
        yield Change(field_label, *("—" if each is None else str(each) for each in (before, after)))


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _threshold(value: float | None) -> str:
    return _("as the model recommends") if value is None else exact_percent(value)
