"""Checks of other systems' texts: count them by day, keep what the key allows, store labels."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comments.models import (
    MAX_NAME_LENGTH,
    MAX_WEBSITE_LENGTH,
    CheckDay,
    CheckedText,
    Label,
    SiteKey,
)

# A label of which no text is kept serves only to count a text once.
LABEL_KEPT_DAYS = 30
_BATCH = 500
# Where an evaluation has another name for a label than for the attribute.
_LABEL_NAMES = {"toxicity": "toxic"}


@dataclass(frozen=True, kw_only=True)
class TextFacts:
    """A text and its sender, as they are kept: without e-mail and address."""

    text: str
    author_name: str = ""
    author_url: str = ""
    # See identity.author_key; empty without an e-mail.
    author_key: str = ""

    def key(self, site_key: SiteKey) -> str:
        """Return a hash by which the same text of the same sender is found again."""
        said = "\0".join([str(site_key.pk), self.author_name, self.author_key, self.text])
        return salted_hmac("comments.checked_text", said, algorithm="sha256").hexdigest()


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the service found in a text."""

    outcome: str = ""
    reason: str = ""
    language: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
    model_version: str = ""


@dataclass(frozen=True)
class Usage:
    """How much a key was used in a period, and what people said about the answers."""

    checks: int = 0
    spam: int = 0
    missed: int = 0
    false_alarms: int = 0
    last_at: dt.datetime | None = None


def count_check(site_key: SiteKey, *, spam: bool) -> None:
    """Count one check of today, in one statement unless it is the first."""
    _count(site_key, checks=1, spam=int(spam))


def keep(site_key: SiteKey, facts: TextFacts, findings: Findings) -> None:
    """Keep a checked text as long as the key allows; without such days, nothing is stored."""
    if not site_key.text_kept_days:
        return
    CheckedText.objects.update_or_create(
        site_key=site_key,
        text_key=facts.key(site_key),
        defaults=_row(site_key, facts)
        | {
            "outcome": findings.outcome,
            "reason": findings.reason,
            "language": findings.language,
            "scores": dict(findings.scores),
            "model_version": findings.model_version,
        },
    )


def label(site_key: SiteKey, facts: TextFacts, said: Label) -> bool:
    """Store what a person says about a text, and count it; return whether that is new.

    The text itself is stored only if the key keeps texts.
    """
    with transaction.atomic():
        found = _locked_row(site_key, facts)
        if found.label == said:
            return False
        found.label = said
        found.save(update_fields=["label"])
        _count_mistake(site_key, said)
    return True


def suggest(
    site_key: SiteKey, facts: TextFacts, scores: Mapping[str, float], mistake: Label | None
) -> bool:
    """Store which scores (0 to 1, by attribute) a person gives a text; return whether it is new.

    `mistake` is what the text is, if the answer about it was wrong. That is counted.
    """
    with transaction.atomic():
        found = _locked_row(site_key, facts)
        known = found.suggested
        if known | scores == known:
            return False
        found.suggested = known | scores
        found.save(update_fields=["suggested"])
        if mistake:
            _count_mistake(site_key, mistake)
    return True


def usage(site_key: SiteKey, *, since: dt.date, until: dt.date | None = None) -> Usage:
    """Return the usage of a key from a day on, up to and including another."""
    days = CheckDay.objects.filter(site_key=site_key, day__gte=since)
    if until:
        days = days.filter(day__lte=until)
    names = ("checks", "spam", "missed", "false_alarms")
    sums = {name: Sum(name, default=0) for name in names}
    return Usage(**days.aggregate(**sums, last_at=Max("last_at")))


def by_month(site_key: SiteKey, months: int = 12) -> list[tuple[dt.date, Usage]]:
    """Return the first day of each of the latest months with a check, and its usage."""
    days = CheckDay.objects.filter(site_key=site_key).annotate(month=TruncMonth("day"))
    sums = {name: Sum(name) for name in ("checks", "spam", "missed", "false_alarms")}
    found = days.values("month").annotate(**sums, last=Max("last_at")).order_by("-month")
    return [(row.pop("month"), Usage(last_at=row.pop("last"), **row)) for row in found[:months]]


def labelled() -> Iterator[dict[str, Any]]:
    """Yield the labelled texts that are kept, oldest first, as rows for an evaluation."""
    found = CheckedText.objects.exclude(label="", suggested={}).exclude(text="")
    for each in found.select_related("site_key").order_by("pk").iterator(chunk_size=500):
        said = _said(each)
        yield {
            "text": each.text,
            "want": "remove" if any(said.values()) else "publish",
            **said,
            "kind": each.site_key.name,
            "lang": each.language,
            "author_name": each.author_name,
            "author_url": each.author_url,
        }


def _said(row: CheckedText) -> dict[str, int]:
    """Return what people said about a text, as 0 or 1 by the label's name in an evaluation."""
    scores = {**row.suggested, **({"spam": row.label == Label.SPAM} if row.label else {})}
    return {_LABEL_NAMES.get(name, name): int(score >= 0.5) for name, score in scores.items()}


def drop_expired() -> int:
    """Delete the texts and labels whose time is over; return how many.

    Each batch has its own transaction, so that checks do not wait long.
    """
    expired = CheckedText.objects.filter(delete_after__lt=timezone.now())
    dropped = 0
    while batch := list(expired.values_list("pk", flat=True)[:_BATCH]):
        dropped += CheckedText.objects.filter(pk__in=batch).delete()[0]
    return dropped


def of_authors(author_keys: Collection[str]) -> list[dict[str, Any]]:
    """Return the kept texts of these authors, ready for JSON."""
    found = CheckedText.objects.filter(author_key__in=author_keys).order_by("pk")
    return [
        {
            "at": each.created_at.isoformat(),
            "name": each.author_name,
            "website": each.author_url,
            "text": each.text,
            "outcome": each.outcome or None,
            "scores": each.scores,
            "label": each.label or None,
            "suggested": each.suggested,
        }
        for each in found
    ]


def forget_authors(author_keys: Collection[str]) -> int:
    """Delete the kept texts of these authors; return how many there were."""
    return CheckedText.objects.filter(author_key__in=author_keys).delete()[0]


def _locked_row(site_key: SiteKey, facts: TextFacts) -> CheckedText:
    """Return the row of a text; a new one has the text only if the key keeps texts."""
    row: dict[str, Any] = {"delete_after": _after(LABEL_KEPT_DAYS)}
    if site_key.text_kept_days:
        row = _row(site_key, facts)
    return CheckedText.objects.select_for_update().get_or_create(
        site_key=site_key, text_key=facts.key(site_key), defaults=row
    )[0]


def _count_mistake(site_key: SiteKey, said: Label) -> None:
    _count(site_key, **{"missed" if said == Label.SPAM else "false_alarms": 1})


def _row(site_key: SiteKey, facts: TextFacts) -> dict[str, Any]:
    return {
        "text": facts.text,
        "author_name": facts.author_name[:MAX_NAME_LENGTH],
        "author_url": facts.author_url[:MAX_WEBSITE_LENGTH],
        "author_key": facts.author_key,
        "delete_after": _after(site_key.text_kept_days),
    }


def _after(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def _count(site_key: SiteKey, **more: int) -> None:
    today = CheckDay.objects.filter(site_key=site_key, day=timezone.localdate())
    raised = {name: F(name) + number for name, number in more.items() if number}
    if not today.update(last_at=timezone.now(), **raised):
        CheckDay.objects.get_or_create(site_key=site_key, day=timezone.localdate())
        today.update(last_at=timezone.now(), **raised)
