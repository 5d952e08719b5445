"""The numbers at the top of the dashboard."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from moderation.decision_statistics import Period, QueueNow, Waits
from moderation.desk.charts import whole
from moderation.desk.durations import duration
from moderation.desk.figures import Firsts, Work
from moderation.labels import percent
from moderation.policy.verdict import Outcome


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    note: str = ""
    # Where it leads, as the name of a URL of the desk.
    page: str = ""


def queue_tile(now: QueueNow, period: Period) -> Tile:
    note = _("nothing is waiting")
    if now.oldest:
        age = duration((period.now - now.oldest).total_seconds())
        note = _("the oldest for %(age)s") % {"age": age}
    return Tile(_("Waiting now"), whole(now.waiting), note, "admin:queue")


def service_tiles(
    firsts: Firsts, changed: Counter[str], by_service: Waits, by_people: Waits
) -> list[Tile]:
    later = whole(sum(changed.values()))
    taken_down, brought_back = changed[Outcome.REJECT], changed[Outcome.PUBLISH]
    counts = {"down": whole(taken_down), "back": whole(brought_back)}
    return [
        Tile(
            _("New comments"),
            whole(firsts.all),
            _("held: %(number)s") % {"number": whole(firsts.held)},
        ),
        Tile(
            _("Decided without a person"),
            percent(firsts.by_service),
            _("published %(published)s, rejected %(rejected)s")
            % {"published": whole(firsts.published), "rejected": whole(firsts.rejected)},
        ),
        Tile(_("Until the service decides"), duration(by_service.median), _waits(by_service)),
        Tile(_("Until a person decides"), duration(by_people.median), _waits(by_people)),
        Tile(
            _("The service's decisions changed by people"),
            later,
            _("taken down: %(down)s, published: %(back)s") % counts,
        ),
    ]


def own_tiles(own: Work | None, waits: Waits) -> list[Tile]:
    if own is None:
        return [Tile(_("Your decisions"), "0")]
    rejected = own.decisions - own.published
    decided = {"published": whole(own.published), "rejected": whole(rejected)}
    changed = {"undone": whole(own.undone), "overturned": whole(own.overturned)}
    return [
        Tile(
            _("Your decisions"),
            whole(own.decisions),
            _("published %(published)s, rejected %(rejected)s") % decided,
        ),
        Tile(
            _("Changed later"),
            percent(own.changed),
            _("undone: %(undone)s, decided otherwise: %(overturned)s") % changed,
        ),
        Tile(_("Until you decide"), duration(waits.median), _waits(waits)),
    ]


def _waits(waits: Waits) -> str:
    """Return the slow end of the times, and on how many decisions they were measured."""
    if not waits.measured:
        return _("no decisions")
    slow = _("95 of 100 within %(slow)s") % {"slow": duration(waits.p95)}
    if waits.measured == waits.decisions:
        return slow
    numbers = {"measured": whole(waits.measured), "all": whole(waits.decisions)}
    return slow + " " + _("(measured on %(measured)s of %(all)s)") % numbers
