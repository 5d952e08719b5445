"""The second moderator sees which comment it was, who decided it, how and when."""

import re

import pytest

from comments.models import Status
from moderation.accounts.roles import Role
from tests.makers import make_comment
from tests.moderation.desk.desks import ALL, QUEUE, card_page, press, signed_in_as

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


def test_the_first_of_many_are_named_and_the_rest_are_linked_together() -> None:
    comments = [make_comment(status=Status.HELD) for _ in range(7)]
    press(signed_in_as(Role.LEAD), QUEUE, "spam", *comments)
    page = press(signed_in_as(Role.MODERATOR), QUEUE, "publish", *comments)
    assert page.count("Already decided:") == 5
    assert "2 more comments had already been decided on" in page
    assert f"?ids={comments[5].pk},{comments[6].pk}" in page


def test_comments_already_in_that_status_are_reported_separately() -> None:
    published, rejected = make_comment(), make_comment(status=Status.REJECTED)
    page = press(signed_in_as(Role.MODERATOR), ALL, "publish", published, rejected)
    assert "1 comment published." in page
    assert "1 comment was already decided that way." in page
    assert "Already decided" not in page
