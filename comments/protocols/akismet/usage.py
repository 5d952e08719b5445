"""The usage of a key in Akismet's words: of the month, by site, and of a longer time."""

import calendar
import csv
import datetime as dt
import io
import re
from typing import Any

from django.utils import timezone

from comments import checks
from comments.models import SiteKey

_COLUMNS = ("site", "api_calls", "spam", "ham", "missed_spam", "false_positives", "is_revoked")
_MOST = 500


def usage_limit(site_key: SiteKey) -> dict[str, Any]:
    """Return the checks of this month; there is no limit but that of a minute."""
    used = checks.usage(site_key, since=timezone.localdate().replace(day=1))
    return {"limit": "none", "usage": used.checks, "percentage": "0.00", "throttled": False}


def sites(site_key: SiteKey, fields: Any) -> dict[str, Any]:
    """Return the counts of a month, for the one site that a key belongs to."""
    month = _month(fields.get("month", ""))
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    used = checks.usage(site_key, since=month, until=last)
    row: dict[str, Any] = {
        "site": site_key.site.origins.split()[0] if site_key.site.origins else site_key.site.name,
        "api_calls": str(used.checks),
        "spam": str(used.spam),
        "ham": str(used.checks - used.spam),
        "missed_spam": str(used.missed),
        "false_positives": str(used.false_alarms),
        "is_revoked": False,
    }
    limit, offset = _number(fields.get("limit"), _MOST), _number(fields.get("offset"), 0)
    rows = [row] if fields.get("filter", "") in row["site"] else []
    shown = rows[offset : offset + limit]
    return {f"{month:%Y-%m}": shown, "limit": limit, "offset": offset, "total": len(rows)}


def as_csv(found: dict[str, Any]) -> str:
    """Return the rows of `sites` as a table with a heading."""
    written = io.StringIO()
    table = csv.DictWriter(written, _COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(next(iter(found.values())))
    return written.getvalue()


def statistics(site_key: SiteKey, period: str) -> dict[str, Any]:
    """Return the figures that the WordPress plugin shows: of six months, or of all time."""
    today = timezone.localdate()
    since = today - dt.timedelta(days=183) if period == "6-months" else dt.date.min
    used = checks.usage(site_key, since=since)
    wrong = used.missed + used.false_alarms
    accuracy = 100 * (1 - wrong / used.checks) if used.checks > wrong else 0.0
    return {
        "spam": used.spam,
        "ham": used.checks - used.spam,
        "missed_spam": used.missed,
        "false_positives": used.false_alarms,
        "accuracy": f"{accuracy:.2f}",
        "time_saved": 0,
        "breakdown": {},
    }


def _month(written: str) -> dt.date:
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", written):
        return dt.date(int(written[:4]), int(written[5:]), 1)
    return timezone.localdate().replace(day=1)


def _number(written: str | None, default: int) -> int:
    return min(int(written), _MOST) if written and re.fullmatch(r"\d{1,6}", written) else default
