"""Unpublished texts are deleted after a set time; rows and decisions stay."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import call_command
from django.utils import timezone

from comments.models import Article, Comment, Contact, Status
from moderation import erasure
from moderation.accounts.roles import Role
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason
from moderation.retention import drop_texts
from tests.makers import decide, make_article, make_comment
from tests.moderation.desk.desks import ALL, QUEUE, signed_in_as

pytestmark = pytest.mark.django_db
SECRET = "Слова, яких більше не зберігають"


@pytest.fixture(autouse=True)
def _terms(settings: Any) -> None:
    settings.REJECTED_KEPT_DAYS, settings.HELD_KEPT_DAYS = 30, 60


def old(status: Status, days: int, article: Article | None = None) -> Comment:
    comment = make_comment(article, status, text=f"{SECRET} {days}", author_url="https://a.example")
    moment = timezone.now() - dt.timedelta(days=days)
    Comment.objects.filter(pk=comment.pk).update(decided_at=moment)
    comment.refresh_from_db()
    return comment


@pytest.mark.parametrize(
    ("status", "days", "goes"),
    [
        (Status.REJECTED, 31, True),
        (Status.REJECTED, 29, False),
        (Status.HELD, 61, True),
        (Status.HELD, 59, False),
        (Status.PUBLISHED, 4000, False),
    ],
)
def test_expired_data_is_deleted_and_the_rest_stays(status: Status, days: int, goes: bool) -> None:
    comment = old(status, days)
    before = comment.author_key
    assert drop_texts() == goes
    comment.refresh_from_db()
    gone = (comment.text, comment.author_name, comment.author_url, comment.request_id)
    assert (gone == ("", "", "", "")) is goes
    assert (comment.author_key != before) is goes
    assert Contact.objects.filter(comment=comment).exists() is not goes
    assert drop_texts() == 0


@pytest.mark.parametrize("status", [Status.REJECTED, Status.HELD])
def test_zero_days_keep_the_texts(status: Status, settings: Any) -> None:
    settings.REJECTED_KEPT_DAYS = settings.HELD_KEPT_DAYS = 0
    comment = old(status, 4000)
    assert drop_texts() == 0
    comment.refresh_from_db()
    assert SECRET in comment.text


def test_a_rejected_comment_keeps_its_reason_and_its_decisions() -> None:
    comment = old(Status.REJECTED, 31)
    drop_texts()
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REJECTED, Reason.SPAM)
    assert Decision.objects.filter(comment=comment).count() == 1


def test_an_undecided_comment_is_rejected_and_that_is_logged() -> None:
    article = make_article()
    make_comment(article)
    comment = old(Status.HELD, 61, article)
    drop_texts()
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REJECTED, Reason.EXPIRED)
    latest = Decision.objects.filter(comment=comment).latest("id")
    assert (latest.outcome, latest.reason, latest.actor_kind) == (
        "reject",
        Reason.EXPIRED,
        "system",
    )
    article.refresh_from_db()
    assert article.published_count == Comment.objects.visible().count() == 1


def test_a_comment_published_meanwhile_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = old(Status.HELD, 61)
    expire = erasure.expire

    def published_first(*, comment: Comment) -> bool:
        decide(Comment.objects.get(pk=comment.pk), Outcome.PUBLISH, Reason.REVIEWED)
        return expire(comment=comment)

    monkeypatch.setattr(erasure, "expire", published_first)
    assert drop_texts() == 0
    comment.refresh_from_db()
    assert SECRET in comment.text
    assert Contact.objects.filter(comment=comment).exists()


def test_the_desk_says_so_and_does_not_offer_to_publish() -> None:
    comment = old(Status.REJECTED, 31)
    drop_texts()
    page = signed_in_as(Role.MODERATOR).get(f"{ALL}{comment.pk}/").content.decode()
    assert "no longer stored" in page
    assert "at its author" not in page
    assert f"{comment.pk}:publish:" not in page
    assert signed_in_as(Role.MODERATOR).get(QUEUE).status_code == 200


def test_the_command_prints_the_number() -> None:
    old(Status.REJECTED, 31)
    out = StringIO()
    call_command("drop_texts", stdout=out)
    assert out.getvalue() == "Texts deleted: 1.\n"


def test_deleted_texts_leave_the_disk_even_if_the_task_runs_out_of_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comments = [old(Status.REJECTED, 31 + number) for number in range(2)]
    purged: list[int] = []
    monkeypatch.setattr("moderation.search.purge", lambda: purged.append(1))
    expire = erasure.expire

    def stopped(*, comment: Comment) -> bool:
        if comment == comments[1]:
            raise SoftTimeLimitExceeded
        return expire(comment=comment)

    monkeypatch.setattr("moderation.erasure.expire", stopped)
    with pytest.raises(SoftTimeLimitExceeded):
        drop_texts()
    assert [Comment.objects.get(pk=c.pk).text == "" for c in comments] == [True, False]
    assert purged == [1]
