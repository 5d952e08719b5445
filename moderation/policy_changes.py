"""Changes of a site's policy as acts: which settings, from which value to which, and back."""

import copy
import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry

from moderation import model_registry
from moderation.accounts.models import User
from moderation.models import LIMITS, Act, ActKind, SitePolicy, lines_of

# Everything but the thresholds, which are compared one by one.
_FIELDS = (
    *("max_links", "trusted_after", "banned_words", "reserved_names", "own_numbers"),
    "show_words",
)
Values = Mapping[str, Any]


def settings_of(policy: SitePolicy) -> dict[str, Any]:
    """Return every setting by its name in the form: "max_links", "spam_hold_at"; None if unset."""
    limits = {
        f"{attribute}_{limit}": at
        for attribute, set_here in policy.thresholds.items()
        for limit, at in set_here.items()
    }
    return {**{name: getattr(policy, name) for name in _FIELDS}, **limits}


def record(*, policy: SitePolicy, before: Values, user: User) -> Act | None:
    """Record a saved change as an act; None if no setting has changed.

    `before` are the settings before it.
    """
    now = settings_of(policy)
    names = sorted({*before, *now})
    values = {
        name: [before.get(name), now.get(name)]
        for name in names
        if before.get(name) != now.get(name)
    }
    if not values:
        return None
    facts = {"policy": policy.pk, "values": values}
    return Act.objects.create(kind=ActKind.POLICY, user=user, before=facts)


def undoable(policy: SitePolicy) -> set[int]:
    """Return the ids of the acts that can still be undone: see `undo`."""
    rows = Act.objects.filter(kind=ActKind.POLICY, undoes=None, undone_by=None)
    of_policy = (act for act in rows if act.before["policy"] == policy.pk)
    return {act.pk for act in of_policy if _before(act, policy)}


def banned_phrases_at(
    policy: SitePolicy, moments: Collection[dt.datetime]
) -> dict[dt.datetime, tuple[str, ...]]:
    """Return the list of banned words as it was at each of these moments, in one query."""
    since = Act.objects.filter(kind=ActKind.POLICY, created_at__gt=min(moments))
    acts = since.select_related("undoes").order_by("created_at", "pk")
    changes = [(act.created_at, words) for act in acts for words in _words_before(act, policy)]
    return {
        moment: next(
            (tuple(lines_of(words)) for at, words in changes if at > moment), policy.banned_phrases
        )
        for moment in moments
    }


def _words_before(act: Act, policy: SitePolicy) -> list[str]:
    """Return the banned words before the act, if it changed those of this policy."""
    facts = (act.undoes or act).before
    if facts.get("policy") != policy.pk or "banned_words" not in facts["values"]:
        return []
    before, after = facts["values"]["banned_words"]
    return [(after if act.undoes else before) or ""]


def undo(act: Act, undoing: Act) -> tuple[list[int], list[int]]:
    """Set the changed settings back, unless one of them has been changed again.

    That includes a threshold that the form would now refuse, because the other one has been changed
    since. Returns nothing as done, or the policy's id as changed. The undo is in the policy's
    history.
    """
    policy = SitePolicy.objects.select_for_update().get(pk=act.before["policy"])
    undone = _before(act, policy)
    if undone is None:
        return [], [policy.pk]
    undone.save()
    values: Mapping[str, Any] = act.before["values"]
    _log(undone, undoing, {name: [after, before] for name, (before, after) in values.items()})
    return [], []


def _before(act: Act, policy: SitePolicy) -> SitePolicy | None:
    """Return the policy without the change, not saved; None if that cannot be undone any more."""
    values, now = act.before["values"], settings_of(policy)
    if any(now.get(name) != after for name, (_was, after) in values.items()):
        return None
    undone = copy.copy(policy)
    for name, (before, _after) in values.items():
        _set(undone, name, before)
    attributes = {_parsed(name)[0] for name in values if name not in _FIELDS}
    return None if any(_holds_over_reject(undone, each) for each in attributes) else undone


def _holds_over_reject(policy: SitePolicy, attribute: str) -> bool:
    """Whether no comment would reach a moderator, which the form refuses."""
    known = model_registry.recommended().get(attribute, {})
    hold_at, reject_at = (
        known.get(limit) if (set_here := policy.threshold(attribute, limit)) is None else set_here
        for limit in ("hold_at", "reject_at")
    )
    return hold_at is not None and reject_at is not None and hold_at > reject_at


def _set(policy: SitePolicy, name: str, value: Any) -> None:
    if name in _FIELDS:
        # A policy that did not exist had the defaults.
        setattr(policy, name, getattr(SitePolicy(), name) if value is None else value)
        return
    attribute, limit = _parsed(name)
    limits = {**policy.thresholds.get(attribute, {}), limit: value}
    limits = {each: at for each, at in limits.items() if at is not None}
    thresholds = {**policy.thresholds, attribute: limits}
    policy.thresholds = {each: at for each, at in thresholds.items() if at}


def _parsed(name: str) -> tuple[str, str]:
    """Return the attribute and the limit of a threshold's name."""
    return next(
        (name.removesuffix(f"_{limit}"), limit) for limit in LIMITS if name.endswith(f"_{limit}")
    )


def _log(policy: SitePolicy, undoing: Act, values: Values) -> None:
    message = {"changed": {"fields": list(values), "values": values, "undoing": undoing.pk}}
    LogEntry.objects.log_actions(
        user_id=undoing.user_id,
        queryset=[policy],
        action_flag=CHANGE,
        change_message=[message],
        single_object=True,
    )
