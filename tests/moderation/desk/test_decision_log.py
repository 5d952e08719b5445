"""The log of decisions: what was decided, by whom, searchable by number and name."""

import re

import pytest
from django.test import Client

from comments.models import Status
from moderation.accounts.roles import Role
from moderation.models import Decision
from tests.makers import make_comment
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
    assert len(row) < 220


def test_the_log_can_be_searched_by_comment_number(marta: Client) -> None:
    one, other = make_comment(), make_comment()
    for asked in (f"%23{one.pk}", str(one.pk)):
        found = rows(marta, f"?q={asked}")
        assert len(found) == 1
        assert f"#{one.pk} " in found[0]
    assert f"#{other.pk} " in rows(marta, f"?q={other.pk}")[0]
    assert rows(marta, "?q=" + "9" * 30) == []


def test_the_log_can_be_searched_by_moderator_in_any_case(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    press(marta, QUEUE, "spam", comment)
    assert len(rows(marta)) == 2
    assert len(rows(marta, "?q=марта")) == 1
    assert len(rows(marta, "?q=МАР")) == 1
    assert rows(marta, "?q=larysa") == []


def test_the_filter_lists_everybody_who_has_decided_and_the_service(marta: Client) -> None:
    signed_in_as(Role.AUDITOR, "auditor")
    comment = make_comment(status=Status.HELD)
    press(marta, QUEUE, "spam", comment)
    page = marta.get(LOG).content.decode().partition('data-filter-title="decided by"')[2]
    offered = re.findall(r'<a href="\?([^"]*)">([^<]*)</a>', page.partition("</details>")[0])
    assert [name for _query, name in offered] == ["All", "automatically", "system", "Марта"]
    by_name = {name: rows(marta, f"?{query}") for query, name in offered}
    assert "automatically" in by_name["automatically"][0]
    assert [len(by_name[name]) for name in ("automatically", "system", "Марта")] == [1, 0, 1]
    assert "Марта" in by_name["Марта"][0]


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
    assert re.search(r'<div role="status">\s*<ul class="messagelist">', page)
