"""The dashboard: the service's and the moderators' work in a period; moderators see their own."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from comments.models import Article
from moderation import decision_statistics as statistics
from moderation.day_counts import Counted, counted
from moderation.decision_statistics import Cell, Period
from moderation.desk import dashboard_charts as charts
from moderation.desk import figures
from moderation.desk.page import MAY_SEE_DECISIONS, DeskPage
from moderation.desk.tiles import Tile, own_tiles, queue_tile, service_tiles
from moderation.models import RejectionReason

MAY_SEE_EVERYBODY = "moderation.view_statistics"
PERIODS = {
    1: gettext_lazy("Today"),
    7: gettext_lazy("7 days"),
    30: gettext_lazy("30 days"),
}
# A number of articles by each order, so at most twice as many.
MOST_HELD = statistics.HOT


class Dashboard(DeskPage, TemplateView):
    permission_required = MAY_SEE_DECISIONS
    template_name = "moderation/dashboard.html"
    title = gettext_lazy("Dashboard")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("days", "")
        period = Period.last(next((days for days in PERIODS if str(days) == asked), 1))
        user = self.request.user
        everybody = user.has_perm(MAY_SEE_EVERYBODY)
        return {
            **super().get_context_data(**kwargs),
            "periods": PERIODS.items(),
            "period": period,
            "since": date_format(period.start, "j E"),
            "everybody": everybody,
            **(_everything(period) if everybody else _own(period, user)),
        }


def _own(period: Period, user: Any) -> dict[str, Any]:
    """Return a moderator's own numbers, and the queue, which they see anyway."""
    cells = statistics.cells(period, user)
    changed = statistics.changes(period, user)
    waits = statistics.person_waits(period, _settled_from_queue(cells), user)
    own = next(
        (each for each in figures.work(period, cells, changed) if each.user == user.pk), None
    )
    return {
        "tiles": [queue_tile(statistics.queue_now(), period), *own_tiles(own, waits)],
        "charts": [charts.own_decisions(period, cells)],
    }


def _everything(period: Period) -> dict[str, Any]:
    found, now = counted(period), statistics.queue_now()
    own = {each.pk: str(each) for each in RejectionReason.objects.all()}
    return {
        "counted_at": period.now,
        "tiles": [queue_tile(now, period), *_service_tiles(found)],
        "charts": [
            charts.comments(period, found.flow),
            charts.queue_length(period, found.flow, now.waiting),
            charts.queue_age(period, found.left, now),
        ],
        "hours_of_day": range(24),
        "people": _people(period, found),
        "reasons": figures.reasons(found.reasons, own),
        "held": figures.held_by_reason(hold for hold in found.holds if hold.reason),
        "strict_from": figures.STRICT_FROM,
        "articles": _articles(found),
    }


def _service_tiles(found: Counted) -> list[Tile]:
    return service_tiles(
        figures.Firsts.of(found.flow),
        figures.changed_service(found.changes),
        found.service_waits,
        found.person_waits,
    )


def _settled_from_queue(cells: list[Cell]) -> int:
    return sum(cell.number for cell in cells if cell.settles and cell.leaves_queue)


def _people(period: Period, counted: Counted) -> list[dict[str, Any]]:
    found = figures.work(period, counted.people, counted.changes)
    names = get_user_model().objects.in_bulk([each.user for each in found])
    highest = max((number for each in found for number in each.by_hour), default=0)
    return [
        {
            "name": names[each.user].get_username(),
            "work": each,
            "bars": _spark(each.by_hour, max(highest, 1)),
        }
        for each in found
    ]


def _spark(by_hour: Any, highest: int) -> list[dict[str, str]]:
    """Return the bars of a small chart, 4 by 24 units an hour."""
    return [
        {
            "x": f"{4 * hour}",
            "y": f"{24 - 24 * number / highest:.1f}",
            "height": f"{24 * number / highest:.1f}",
        }
        for hour, number in enumerate(by_hour)
        if number > 0
    ]


def _articles(found: Counted) -> list[dict[str, Any]]:
    """Return the articles with most comments, then those with most held ones."""
    held = figures.held_by_article(hold for hold in found.holds if hold.article)
    chosen = list(dict.fromkeys([*statistics.busiest(found.articles), *list(held)[:MOST_HELD]]))
    articles = Article.objects.select_related("hold").defer("text").in_bulk(chosen)
    return [
        {
            "article": articles[pk],
            "comments": found.articles[pk],
            "held": held.get(pk, figures.HeldOnArticle()),
        }
        for pk in chosen
    ]
