"""The dashboard: who sees which numbers, and how they are shown."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.policy.verdict import Outcome, Reason
from tests.makers import make_article
from tests.moderation.decided import decided, submitted
from tests.moderation.desk.desks import signed_in_as, signed_in_with
from tests.moderation.desk.test_own_reasons import make_reason

pytestmark = pytest.mark.django_db
BOARD = "/en/admin/dashboard/"
PUBLISH, HOLD, REJECT = Outcome.PUBLISH, Outcome.HOLD, Outcome.REJECT


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """Noon in Kyiv, so that some hours before are the same day."""
    noon = dt.datetime(2026, 2, 10, 10, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    return noon


@pytest.fixture
def worked(now: dt.datetime) -> tuple[Client, Client]:
    """Olena has decided three comments and Petro one; their browsers."""
    clients = signed_in_as(Role.MODERATOR, "olena"), signed_in_as(Role.MODERATOR, "petro")
    olena, petro = (User.objects.get(username=name) for name in ("olena", "petro"))
    for user in (olena, olena, olena, petro):
        comment = submitted(now - dt.timedelta(hours=2))
        decided(comment, HOLD, Reason.LINKS, now - dt.timedelta(hours=2))
        decided(comment, REJECT, Reason.SPAM, now - dt.timedelta(hours=1), user=user)
    return clients


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition('id="content-main"')[2]).split())


def test_a_lead_and_an_auditor_see_everybody(worked: tuple[Client, Client]) -> None:
    for role in (Role.LEAD, Role.AUDITOR):
        page = signed_in_as(role).get(BOARD).content.decode()
        assert "New comments 4 held: 4" in text(page)
        assert "Until a person decides 1 h" in text(page)
        assert "olena 3 0 0 0%" in text(page)
        assert "petro 1 0 0 0%" in text(page)
        assert "many links 4 0 4 0 0%" in text(page)


def test_a_moderator_sees_only_what_they_decided(worked: tuple[Client, Client]) -> None:
    olena, petro = worked
    for client, name, other, number in ((olena, "olena", "petro", 3), (petro, "petro", "olena", 1)):
        page = client.get(BOARD).content.decode()
        assert f"Your decisions {number} published 0, rejected {number}" in text(page)
        assert "These are your own decisions" in page
        assert other not in page
        assert name in page.lower()
        assert "New comments" not in page


def test_without_the_permission_to_see_decisions_the_dashboard_is_closed() -> None:
    assert signed_in_with("view_heldcomment").get(BOARD).status_code == 403


def test_a_longer_period_counts_earlier_days(now: dt.datetime) -> None:
    lead = signed_in_as(Role.LEAD)
    for days in (0, 3, 20, 40):
        at = now - dt.timedelta(days=days)
        decided(submitted(at), PUBLISH, Reason.CLEAN, at)
    for query, number in (("", 1), ("?days=7", 2), ("?days=30", 3), ("?days=x", 1), ("?days=0", 1)):
        assert f"New comments {number} held" in text(lead.get(BOARD + query).content.decode())


def test_an_article_leads_to_its_part_of_the_queue(now: dt.datetime) -> None:
    article = make_article(key="mist & voda", title="Міст <і> вода")
    decided(submitted(now, article), HOLD, Reason.LINKS, now)
    page = signed_in_as(Role.LEAD).get(BOARD).content.decode()
    assert 'href="/en/admin/queue/?article=mist%20%26%20voda"' in page
    assert "Міст &lt;і&gt; вода 1 1 1 in the queue" in text(page)


def test_each_chart_has_a_title_a_description_and_its_numbers_in_a_table(
    worked: tuple[Client, Client],
) -> None:
    page = signed_in_as(Role.LEAD).get(BOARD).content.decode()
    figures = re.findall(r'<figure class="chart".*?</figure>', page, re.DOTALL)
    assert len(figures) == 3
    for figure in figures:
        drawn = ET.fromstring(re.findall(r"<svg.*?</svg>", figure, re.DOTALL)[0])
        title, description = (drawn.find(name) for name in ("title", "desc"))
        assert title is not None
        assert description is not None
        assert drawn.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert len(description.text or "") > 10
        assert "<table>" in figure
    assert "held for a moderator: 4" in figures[0]
    assert '<th scope="row">10:00</th><td>0</td><td>4</td><td>0</td>' in figures[0]
    assert "style=" not in page.partition('id="content-main"')[2].partition("<footer")[0]


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_day_without_any_comment_is_shown_too(days: int, now: dt.datetime) -> None:
    for role in (Role.LEAD, Role.MODERATOR):
        answer = signed_in_as(role).get(f"{BOARD}?days={days}")
        assert answer.status_code == 200
        assert "Nothing in this period." in answer.content.decode()


def test_the_number_of_queries_is_constant(worked: tuple[Client, Client], now: dt.datetime) -> None:
    lead = signed_in_as(Role.LEAD)
    lead.get(BOARD)

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            lead.get(BOARD)
        return len(made)

    before = queries()
    for number in range(12):
        user, _ = make_member(f"m{number}")
        comment = submitted(now)
        decided(comment, HOLD, Reason.SPAM, now)
        decided(comment, REJECT, Reason.SPAM, now, user=user)
    assert queries() == before


@pytest.mark.usefixtures("worked")
def test_the_reasons_have_a_sites_own_ones_by_their_names(now: dt.datetime) -> None:
    comment, olena = submitted(now), User.objects.get(username="olena")
    decided(comment, HOLD, Reason.LINKS, now)
    decided(comment, REJECT, Reason.SPAM, now, user=olena, own_reason=make_reason())
    page = text(signed_in_as(Role.LEAD).get(BOARD).content.decode())
    assert "advertising 0 0 1" in page
    assert "spam 0 0 4" in page


def test_each_hot_article_has_its_dial(now: dt.datetime) -> None:
    article = make_article()
    decided(submitted(now, article), HOLD, Reason.LINKS, now)
    lead, dial = signed_in_as(Role.LEAD), f"/en/admin/articles/{article.pk}/hold/"
    page = f"{BOARD}?days=30"
    assert f'action="{dial}"' in lead.get(page).content.decode()
    answer = lead.post(dial, {"hours": "6", "next": page}, follow=True)
    assert "everything is held until" in text(answer.content.decode())
