"""Durations in words, in two units at most: "40 s", "12 min", "3 h 5 min", "2 d 4 h"."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86_400


def duration(seconds: float | None) -> str:
    if seconds is None:
        return "—"
    if seconds < 10:
        return _("%(number)s s") % {"number": number_format(f"{seconds:.1f}")}
    if seconds < 2 * MINUTE:
        return _("%(number)s s") % {"number": round(seconds)}
    if seconds < HOUR:
        return _minutes(seconds / MINUTE)
    return _long(seconds)


def _long(seconds: float) -> str:
    if seconds < DAY:
        hours, rest = divmod(round(seconds / MINUTE), 60)
        first, second = _hours(hours), _minutes(rest)
    else:
        days, rest = divmod(round(seconds / HOUR), 24)
        first, second = _("%(number)s d") % {"number": days}, _hours(rest)
    return f"{first} {second}" if rest else first


def _minutes(number: float) -> str:
    return _("%(number)s min") % {"number": round(number)}


def _hours(number: int) -> str:
    return _("%(number)s h") % {"number": number}
