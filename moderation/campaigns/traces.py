"""Which earlier comments of the site share a trace with a text, so that the like is found fast."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.db import connection
from django.utils import timezone

from moderation.campaigns import near_duplicates
from moderation.campaigns.near_duplicates import Stems
from moderation.models import Trace

# Not through the model: eight values a comment would cost a third of its decision.
_OWNERS = f"SELECT value, comment_id FROM {Trace._meta.db_table} WHERE seen_at >= %s AND value IN "  # noqa: S608
_KEEP_TRACE = f"""
    INSERT INTO {Trace._meta.db_table} (value, comment_id, seen_at) VALUES (%s, %s, %s)
    ON CONFLICT (value) DO UPDATE SET comment_id = excluded.comment_id, seen_at = excluded.seen_at
"""  # noqa: S608


def traces(stems: Stems, site: str) -> list[int]:
    """Those of a text: other numbers on every site, so that its comments meet no other site's."""
    return [value ^ _mask(site) for value in near_duplicates.traces(stems)]


def near(left: Mapping[int, list[int]]) -> dict[int, set[int]]:
    """Which earlier comments left a trace that each one leaves too."""
    owners = _owners([value for each in left.values() for value in each]) if left else {}
    found = {}
    for pk, each in left.items():
        found[pk] = {owners[value] for value in each if value in owners} - {pk}
        owners.update(dict.fromkeys(each, pk))
    return found


def keep(left: Mapping[int, list[int]]) -> None:
    """Remembers who left them, in the transaction of the caller."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    latest = {value: pk for pk, each in left.items() for value in each}
    # In one order, so that two workers that write the same rows wait and do not lock each other.
    kept = [(value, pk, now) for value, pk in sorted(latest.items())]
    if kept:
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP_TRACE, kept)


def since() -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=settings.CAMPAIGN_HOURS)


def _owners(values: Sequence[int]) -> dict[int, int]:
    """Which comment each of these traces was seen in last, for those that were seen lately."""
    moment = connection.ops.adapt_datetimefield_value(since())
    with connection.cursor() as cursor:
        cursor.execute(f"{_OWNERS} ({', '.join(['%s'] * len(values))})", [moment, *values])
        return dict(cursor.fetchall())


@cache
def _mask(site: str) -> int:
    """Without the highest bit, so that a signed number of 64 bits stays one."""
    return int.from_bytes(blake2b(site.encode(), digest_size=8).digest(), "little") >> 1
