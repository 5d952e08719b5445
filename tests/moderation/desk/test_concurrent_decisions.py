"""The second moderator sees which comment it was, who decided it, how and when."""

import re

import pytest

from comments.models import Status
from moderation.accounts.roles import Role
from tests.makers import edit, make_comment
from tests.moderation.desk.desks import (
    ALL,
    QUEUE,
    card_page,
    decision,
    decisions,
    press,
    signed_in_as,
)

pytestmark = pytest.mark.django_db


def test_the_second_moderator_sees_who_was_first_what_they_decided_and_when() -> None:
    comment = make_comment(status=Status.HELD)
    press(signed_in_as(Role.LEAD, "larysa"), QUEUE, "off_topic", comment)
    page = press(signed_in_as(Role.MODERATOR, "marta"), QUEUE, "publish", comment)
    link = f'<a href="{card_page(comment)}">#{comment.pk}</a>'
    message = re.search(rf"Already decided: {link} — rejected, off topic; larysa, ([^<]*)\.", page)
    assert message
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d", message[1])
    comment.refresh_from_db()
    assert comment.status == Status.REJECTED


def test_the_second_of_two_who_chose_many_sees_before_deciding_who_was_first() -> None:
    comments = [make_comment(status=Status.HELD) for _ in range(3)]
    press(signed_in_as(Role.LEAD, "larysa"), QUEUE, "spam", *comments[:2])
    marta = signed_in_as(Role.MODERATOR, "marta")
    shown = marta.post(QUEUE, decisions("publish", comments, comments), follow=True)
    page = shown.content.decode()
    assert "<h1>Publish 1 comment?</h1>" in page
    assert page.count("larysa: rejected (spam), ") == 2
    assert f'<a href="{card_page(comments[0])}">#{comments[0].pk}</a>' in page


def test_what_its_author_has_changed_is_to_be_read_again_on_the_list_too() -> None:
    comment, other = (make_comment(status=Status.HELD) for _ in range(2))
    stale, many = decision(comment, "publish"), decisions("publish", pair := (comment, other), pair)
    edit(comment)
    marta = signed_in_as(Role.MODERATOR, "marta")
    page = marta.post(QUEUE, stale, follow=True).content.decode()
    assert f"Comment #{comment.pk} has changed since you opened it. Read it again." in page
    assert f'<a href="{card_page(comment)}">Review again</a>' in page
    assert "Already decided" not in page
    preview = marta.post(QUEUE, many, follow=True).content.decode()
    assert "It has changed since you chose it." in preview
    assert "automatically" not in preview


def test_comments_already_in_that_status_are_left_out() -> None:
    published, rejected = make_comment(), make_comment(status=Status.REJECTED)
    page = press(signed_in_as(Role.MODERATOR), ALL, "publish", published, rejected)
    assert "1 comment published. 1 comment left out." in page
