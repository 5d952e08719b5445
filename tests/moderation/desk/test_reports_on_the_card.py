"""A moderator sees on the card what readers reported, and the queue has the reason."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.models import ReportReason
from tests.makers import make_comment
from tests.moderation.desk.desks import QUEUE, card_page, decide_one, signed_in_as
from tests.moderation.reporting import report_it, report_often

pytestmark = pytest.mark.django_db


def read(page: str, language: str = "en") -> str:
    client = signed_in_as(Role.MODERATOR, language=language)
    return html.unescape(client.get(page).content.decode())


def reported() -> Comment:
    comment = make_comment()
    report_it(comment, reason=ReportReason.SPAM, sentence="Це <b>реклама</b>.")
    report_it(comment, sentence="Ображає авторку.")
    report_it(comment)
    return comment


def test_the_card_counts_the_reports_by_reason_and_has_their_sentences() -> None:
    comment = reported()
    assert comment.status == Status.HELD
    for page in (QUEUE, card_page(comment)):
        client = signed_in_as(Role.MODERATOR)
        raw = client.get(page).content.decode()
        shown = html.unescape(raw)
        assert "Reports: 3 (insult 2, spam 1)" in shown
        assert "insult: <q>Ображає авторку.</q>" in shown
        assert "spam: <q>Це <b>реклама</b>.</q>" in shown
        assert "<b>реклама" not in raw
        assert "reported by readers" in shown
        assert "readers" in shown


def test_the_card_is_in_ukrainian_too() -> None:
    comment = reported()
    shown = read(card_page(comment).replace("/en/", "/uk/"), "uk")
    assert "Скарги: 3 (образа 2, спам 1)" in shown
    assert "спам: <q>Це <b>реклама</b>.</q>" in shown


def test_a_card_without_reports_says_nothing_of_them() -> None:
    assert "Reports:" not in read(card_page(make_comment(status=Status.HELD)))


def test_reports_that_a_moderator_dismissed_are_counted_apart() -> None:
    comment = reported()
    decide_one(signed_in_as(Role.MODERATOR), comment, "publish")
    comment.refresh_from_db()
    report_it(comment)
    shown = read(card_page(comment))
    assert "Reports: 4 (insult 3, spam 1)" in shown
    assert "dismissed before: 3" in shown


def test_a_page_of_reported_comments_takes_as_many_queries_as_one() -> None:
    client = signed_in_as(Role.MODERATOR)
    client.get(QUEUE)
    counts = []
    for _ in range(2):
        report_often(make_comment(), 3)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
