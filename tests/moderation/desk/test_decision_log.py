"""The log of decisions: what was decided, by whom, with search and filters."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Status
from moderation import search
from moderation.accounts.roles import Role
from moderation.desk import log_export
from moderation.desk.decision_log import DecisionLog
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason
from tests.makers import make_article, make_comment
from tests.moderation.decided import decided, submitted
from tests.moderation.desk.desks import ALL, LOG, QUEUE, press, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "Марта")


def rows(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{LOG}{query}").content.decode()
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    lines = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [" ".join(re.sub(r"<[^>]*>", " ", line).split()) for line in lines]


def test_a_row_shows_the_beginning_of_the_comment(marta: Client) -> None:
    long = make_comment(status=Status.HELD, text="Перший\nрядок <b>і</b> далі " + "слово " * 60)
    (row,) = rows(marta)
    assert f"#{long.pk} Перший рядок &lt;b&gt;і&lt;/b&gt; далі слово" in row
    assert "…" in row
    assert len(row) < 320


def test_the_log_can_be_searched_by_comment_number(marta: Client) -> None:
    one, other = make_comment(), make_comment()
    for asked in (f"%23{one.pk}", str(one.pk)):
        found = rows(marta, f"?q={asked}")
        assert len(found) == 1
        assert f"#{one.pk} " in found[0]
    assert f"#{other.pk} " in rows(marta, f"?q={other.pk}")[0]
    assert rows(marta, "?q=" + "9" * 30) == []


def test_the_log_can_be_searched_by_words_of_the_comment(marta: Client) -> None:
    make_comment(text="Міст відкриють навесні")
    found = make_comment(text="А хто за це заплатить?", author_name="Орися")
    for asked in ("заплатить", "ЗАПЛАТ", "орися"):
        (row,) = rows(marta, f"?q={asked}")
        assert f"#{found.pk} " in row
    assert rows(marta, "?q=осінь") == []


def test_the_log_is_filtered_by_outcome_reason_and_article(marta: Client) -> None:
    article = make_article(key="mist", title="Міст через Тиху")
    make_comment(article)
    held = make_comment(status=Status.HELD)
    press(marta, QUEUE, "spam", held)
    assert [len(rows(marta, f"?outcome={each}")) for each in ("publish", "hold", "reject")] == [
        1
    ] * 3
    assert len(rows(marta, "?reason=spam")) == 1
    for asked in ("mist", "Міст через"):
        assert len(rows(marta, f"?article={asked}")) == 1
    assert rows(marta, "?article=nowhere") == []


def test_the_log_is_filtered_by_period(marta: Client) -> None:
    now = timezone.localtime()
    for days in (0, 3, 40):
        at = now - dt.timedelta(days=days)
        decided(submitted(at), Outcome.PUBLISH, Reason.CLEAN, at)
    found = [len(rows(marta, f"?days={days}")) for days in ("1", "7", "30", "")]
    assert found == [1, 2, 2, 3]


def test_the_log_lists_everybody_who_has_decided_and_the_service(marta: Client) -> None:
    signed_in_as(Role.AUDITOR, "auditor")
    comment = make_comment(status=Status.HELD)
    press(marta, QUEUE, "spam", comment)
    page = marta.get(LOG).content.decode().partition('name="who"')[2].partition("</select>")[0]
    offered = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', page)
    programs = ["connected program", "readers", "author", "system", "earlier comment system"]
    names = ["all", "automatically", *programs, "Марта"]
    assert [name for _value, name in offered] == names
    by_name = {name: rows(marta, f"?who={value}") for value, name in offered}
    assert [len(by_name[name]) for name in names] == [2, 1, 0, 0, 0, 0, 0, 1]
    assert "automatically" in by_name["automatically"][0]
    assert "Марта" in by_name["Марта"][0]


def test_a_word_of_very_many_comments_is_found_too(
    marta: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW", 1)
    for text in ("Міст відкрито", "Мости зведено", "Парк закрито"):
        make_comment(text=text)
    assert len(rows(marta, "?q=мост")) == 1
    assert len(rows(marta, "?q=м")) == 2


def test_no_more_are_counted_than_a_file_has(
    marta: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_comment()
    assert "Total: 3<" in marta.get(LOG).content.decode()
    monkeypatch.setattr(log_export, "LIMIT", 2)
    assert "Total: 2 or more<" in marta.get(LOG).content.decode()


def test_filters_are_kept_on_the_next_page(marta: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DecisionLog, "paginate_by", 2)
    for _ in range(3):
        make_comment()
    page = marta.get(f"{LOG}?outcome=publish").content.decode()
    assert 'href="?outcome=publish&amp;page=2"' in page
    assert len(rows(marta, "?outcome=publish&page=2")) == 1
    assert len(rows(marta, "?outcome=publish&page=9")) == 1


@pytest.mark.parametrize(
    "query", ["?outcome=x", "?reason=x", "?days=5", "?act=x", "?act=" + "9" * 30]
)
def test_an_invalid_filter_shows_no_decisions(marta: Client, query: str) -> None:
    make_comment()
    assert rows(marta, query) == []


def test_the_page_takes_a_constant_number_of_queries(marta: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            rows(marta)
        return len(made)

    make_comment()
    queries()
    before = queries()
    for _ in range(5):
        make_comment()
    assert queries() == before


@pytest.mark.parametrize("who", ["abc", "9" * 30, "\0"])
def test_an_invalid_filter_is_ignored(marta: Client, who: str) -> None:
    make_comment()
    assert marta.get(LOG, {"who": who}).status_code == 200


@pytest.mark.parametrize("number", ["abc", "9" * 30, "1;2"])
def test_a_missing_decision_is_not_found(marta: Client, number: str) -> None:
    assert marta.get(f"{LOG}{number}/change/").status_code == 404


def test_codes_of_a_newer_version_are_shown_as_they_are(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    type(comment).objects.filter(pk=comment.pk).update(reason="of_tomorrow")
    decision = Decision(
        comment=comment,
        outcome="ask",
        reason="of_tomorrow",
        revision=comment.revisions.get(),
        actor_kind="policy",
    )
    decision.scores, decision.language = {"spam": 0.5, "of_tomorrow": 0.5}, "xx"
    decision.save()
    for page in (QUEUE, ALL, f"{ALL}{comment.pk}/", LOG):
        answer = marta.get(page)
        assert answer.status_code == 200
        assert "of_tomorrow" in answer.content.decode()
    status = marta.get(f"{QUEUE}?reason=of_tomorrow")
    assert status.status_code == 200


def test_screen_readers_announce_the_result_of_an_action(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    page = press(marta, QUEUE, "publish", comment)
    assert re.search(r'<div role="status"[^>]*>\s*<ul class="messagelist">', page)
