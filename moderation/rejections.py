"""The reasons for rejection that a site offers: its own, or else the built-in ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from comments.models import DEFAULT_KEY, Article, Comment
from moderation.labels import REASON_LABELS
from moderation.models import RejectionReason
from moderation.policy.verdict import REJECTION_REASONS, Outcome, Verdict

# What a button sends, and its label.
Offer = tuple[str, Any]

BUILT_IN: Sequence[Offer] = tuple(
    (reason.value, REASON_LABELS[reason]) for reason in REJECTION_REASONS
)
_OWN = "own-"
_MAX_DIGITS = 18


def value_of(own_reason: int) -> str:
    """Return what the button of a site's own reason sends."""
    return f"{_OWN}{own_reason}"


def offers_by_site() -> Mapping[str, Sequence[Offer]]:
    """Return what each site with reasons of its own offers, in its order."""
    found: dict[str, list[Offer]] = defaultdict(list)
    for reason in RejectionReason.objects.filter(active=True):
        found[reason.site_id].append((value_of(reason.pk), reason.name))
    return found


def offers_of_default_site() -> Sequence[Offer]:
    """Return what a decision on comments of several sites offers."""
    return offers_by_site().get(DEFAULT_KEY, BUILT_IN)


def offers_of(site: str) -> Sequence[Offer]:
    """Return what a site offers."""
    return offers_by_site().get(site, BUILT_IN)


def own_reason_of(value: str) -> int | None:
    """Return the number of the own reason that the button sends; None if it is another one."""
    number = value.removeprefix(_OWN)
    is_own = number != value and number.isdecimal() and len(number) <= _MAX_DIGITS
    return int(number) if is_own else None


def verdict_of(value: str) -> Verdict | None:
    """Return the verdict of a button for a site's own reason, even if no longer offered."""
    number = own_reason_of(value)
    own = None if number is None else RejectionReason.objects.filter(pk=number).first()
    return Verdict(Outcome.REJECT, own.code, own.pk) if own else None


def verdicts_for(verdict: Verdict, comments: Sequence[Comment]) -> list[Verdict]:
    """Return the verdict for each comment: another site's own reason is what it counts as."""
    if verdict.own_reason is None:
        return [verdict] * len(comments)
    site = RejectionReason.objects.values_list("site", flat=True).get(pk=verdict.own_reason)
    sites = Article.objects.sites_of(comment.article_id for comment in comments)
    built_in = replace(verdict, own_reason=None)
    return [verdict if sites[each.article_id] == site else built_in for each in comments]
