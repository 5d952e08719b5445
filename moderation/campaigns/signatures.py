"""The stored signatures of recent texts: find earlier comments that may be near duplicates."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.db import connection
from django.utils import timezone

from moderation.campaigns import near_duplicates
from moderation.campaigns.near_duplicates import Stems
from moderation.models import TextSignature

# SQL instead of the ORM: with eight values per comment, model instances would take a third of the
# time of a decision.
_TABLE = TextSignature._meta.db_table
_FIND = f"SELECT value, comment_id FROM {_TABLE} WHERE seen_at >= %s AND value IN "  # noqa: S608
_STORE = f"""
    INSERT INTO {_TABLE} (value, comment_id, seen_at) VALUES (%s, %s, %s)
    ON CONFLICT (value) DO UPDATE SET comment_id = excluded.comment_id, seen_at = excluded.seen_at
"""  # noqa: S608


def signatures_of(stems: Stems, site: str) -> list[int]:
    """Return the signatures of a text, which differ by site: texts of two sites never match."""
    return for_site(near_duplicates.signatures(stems), site)


def for_site(values: Sequence[int], site: str) -> list[int]:
    return [value ^ _mask(site) for value in values]


def find_similar(signatures: Mapping[int, list[int]]) -> dict[int, set[int]]:
    """Return, for each comment, the earlier ones that have a signature in common with it.

    The earlier ones may be in the database or in the batch itself, whose order counts.
    """
    latest = _stored([value for each in signatures.values() for value in each])
    similar = {}
    for pk, each in signatures.items():
        similar[pk] = {latest[value] for value in each if value in latest} - {pk}
        latest.update(dict.fromkeys(each, pk))
    return similar


def store(signatures: Mapping[int, list[int]]) -> None:
    """Store the signatures of these comments. The caller must open the transaction."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    latest = {value: pk for pk, each in signatures.items() for value in each}
    # Sorted, so that two workers that write the same rows wait for each other without a deadlock.
    rows = [(value, pk, now) for value, pk in sorted(latest.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_STORE, rows)


def window_start() -> dt.datetime:
    """Return the time since when comments count as recent."""
    return timezone.now() - dt.timedelta(hours=settings.CAMPAIGN_HOURS)


def _stored(values: Sequence[int]) -> dict[int, int]:
    """Return the latest comment that has each of these signatures, if it is recent."""
    if not values:
        return {}
    since = connection.ops.adapt_datetimefield_value(window_start())
    with connection.cursor() as cursor:
        cursor.execute(f"{_FIND} ({', '.join(['%s'] * len(values))})", [since, *values])
        return dict(cursor.fetchall())


@cache
def _mask(site: str) -> int:
    """Return 63 bits: without the highest one the result of XOR stays a signed 64-bit number."""
    return int.from_bytes(blake2b(site.encode(), digest_size=8).digest(), "little") >> 1
