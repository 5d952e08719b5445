"""The constraints of the database, and the place of replies that it cannot check."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from comments.models import IN_THREAD, Comment
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong", [{"status": "unheard"}, {"status": ""}, {"version": 0}, {"revision": 0}]
)
def test_an_invalid_row_is_refused(wrong: dict[str, Any]) -> None:
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**wrong)


def test_a_comment_cannot_reply_to_itself() -> None:
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(parent=comment.pk)


def test_a_comment_that_answers_none_has_no_branch() -> None:
    comment = make_comment()
    other = make_comment(comment.article)
    for wrong in ("branch", "reply_to"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**{wrong: other.pk})


def test_a_reply_to_a_reply_joins_the_same_thread() -> None:
    article = make_article()
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    deeper = make_comment(article, parent=make_comment(article, parent=reply))
    assert deeper.parent == reply.parent == root
    assert not Comment.objects.filter(parent__parent__isnull=False).exists()


def test_a_reply_knows_whom_it_answers_and_stands_in_one_of_three_levels() -> None:
    article = make_article()
    root = make_comment(article)
    second = make_comment(article, parent=root)
    third = make_comment(article, parent=second)
    deeper = make_comment(article, parent=third)
    assert (root.branch, root.reply_to, root.answered_id) == (None, None, None)
    assert (second.branch, second.reply_to, second.answered_id) == (second, None, root.pk)
    assert (third.branch, third.reply_to, third.answered_id) == (second, second, second.pk)
    assert (deeper.branch, deeper.reply_to, deeper.answered_id) == (second, third, third.pk)


def test_a_thread_in_its_order_has_each_reply_before_its_answers() -> None:
    article = make_article()
    root = make_comment(article)
    first, other = (make_comment(article, parent=root) for _ in range(2))
    late = make_comment(article, parent=first)
    last = make_comment(article, parent=other)
    latest = make_comment(article, parent=late)
    in_order = root.replies.order_by(*IN_THREAD)
    assert [*in_order] == [first, late, latest, other, last]
