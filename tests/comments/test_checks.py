"""The constraints of the database, and the single level of replies that it cannot check."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from comments.models import Comment
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


def test_a_reply_to_a_reply_joins_the_same_thread() -> None:
    article = make_article()
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    deeper = make_comment(article, parent=make_comment(article, parent=reply))
    assert deeper.parent == reply.parent == root
    assert not Comment.objects.filter(parent__parent__isnull=False).exists()
