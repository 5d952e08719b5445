"""What the desk's first page shows: the queue, one's own day, one's latest acts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from moderation.acts import acts_of
from moderation.decision_statistics import Period, decided_since, queue_now
from moderation.desk.charts import whole
from moderation.desk.page import MAY_SEE_QUEUE
from moderation.desk.review import MAY_REVIEW
from moderation.desk.tiles import Tile, queue_tile
from moderation.labels import for_moderator, of_outcome
from moderation.models import Act, ActKind, AuthorMeasure, Decision, RejectionReason
from moderation.policy.verdict import Outcome
from moderation.reports import reported

SHOWN_ACTS = 10


@dataclass(frozen=True)
class RecentAct:
    """What was done, to how many comments, and where to look at it."""

    words: str
    comments: int
    url: str
    at: dt.datetime
    is_undone: bool


def of_today(user: Any) -> dict[str, Any]:
    """Return the context of the first page, in a constant number of queries."""
    period = Period.last(1)
    tiles = []
    if user.has_perm(MAY_SEE_QUEUE):
        tiles.append(queue_tile(queue_now(), period))
        if count := reported().count():
            tiles.append(Tile(_("Reported, still published"), whole(count), page="admin:reported"))
    if user.has_perm(MAY_REVIEW):
        own = whole(decided_since(period.start, user))
        tiles.append(Tile(_("Your decisions today"), own, page="admin:dashboard"))
    return {"tiles": tiles, "recent_acts": recent_acts(user)}


def recent_acts(user: Any) -> list[RecentAct]:
    """Return the user's latest acts, undone ones too."""
    acts = list(acts_of(user, SHOWN_ACTS))
    facts, own_reasons = _facts(acts), RejectionReason.objects.in_bulk()
    measured = dict(AuthorMeasure.objects.filter(act__in=acts).values_list("act", "comment"))
    return [
        _decisions(act, facts[act.pk], own_reasons) if act.pk in facts else _other(act, measured)
        for act in acts
    ]


def _facts(acts: Iterable[Act]) -> Mapping[int, Sequence[Any]]:
    """Return of each act: how many decisions, the first comment, and what was decided and why."""
    made = Decision.objects.filter(act__in=list(acts)).order_by().values_list("act")
    found = made.annotate(
        *(Count("pk"), Min("comment"), Min("outcome"), Min("reason"), Max("reason")),
        Min("own_reason"),
        with_own=Count("own_reason"),
        kinds=Count("own_reason", distinct=True),
    )
    return {act: rest for act, *rest in found}


def _decisions(
    act: Act, facts: Sequence[Any], own_reasons: Mapping[int, RejectionReason]
) -> RecentAct:
    number, comment, outcome, reason, other_reason, own, with_own, kinds = facts
    words = capfirst(of_outcome(outcome))
    if kinds == 1 and with_own == number:
        words = f"{words}: {own_reasons[own]}"
    elif not kinds and outcome == Outcome.REJECT and reason == other_reason:
        words = f"{words}: {for_moderator(reason)}"
    if number == 1:
        url = reverse("admin:comment", args=[comment])
    else:
        url = reverse("admin:moderation_decision_changelist", query={"act": act.pk})
    return RecentAct(words, number, url, act.created_at, _is_undone(act))


def _other(act: Act, comment_of: Mapping[int, int]) -> RecentAct:
    """A measure leads to the comment for which it was taken, a policy to its history."""
    url = ""
    if act.pk in comment_of:
        url = reverse("admin:comment", args=[comment_of[act.pk]])
    elif act.kind == ActKind.POLICY:
        url = reverse("admin:moderation_sitepolicy_changelist")
    elif act.kind == ActKind.PICK:
        url = reverse("admin:comment", args=[act.before["comment"]])
    words = capfirst(act.get_kind_display())
    return RecentAct(words, 0, url, act.created_at, _is_undone(act))


def _is_undone(act: Act) -> bool:
    return hasattr(act, "undone_by")
