"""Comments on what WordPress shows to few readers do not become public."""

import pytest

from comments.models import Article, Comment
from tests.comments.archives.conftest import Import
from tests.comments.archives.files import comment, item, wxr

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["private", "draft", "pending", "future", "trash", "own-status"])
def test_comments_on_an_article_that_is_not_published_are_left_out(
    status: str, bring: Import
) -> None:
    hidden = item(comment(1), comment(2, parent="1"), status=status)
    said = bring(wxr(hidden, item(comment(3), number=2)))
    assert "2 left out: on an article that is not public" in said
    assert Comment.objects.count() == 1
    assert Article.objects.get().url == "http://testserver/news/2/"


def test_comments_on_an_article_with_a_password_are_left_out(bring: Import) -> None:
    said = bring(wxr(item(comment(1), post_password="0"), item(comment(3), number=2)))
    assert "1 left out: on an article that is not public" in said
    assert Article.objects.get().url == "http://testserver/news/2/"


@pytest.mark.parametrize("status", ["publish", "inherit", ""])
def test_comments_on_an_article_that_all_readers_see_come_in(status: str, bring: Import) -> None:
    bring(wxr(item(comment(1), status=status)))
    assert Comment.objects.count() == 1


def test_comments_after_damage_in_a_private_article_are_left_out_too(bring: Import) -> None:
    broken = "<wp:comment></b>"
    said = bring(wxr(item(comment(1), broken, comment(2), status="private")))
    assert "2 left out: on an article that is not public" in said
    assert not Comment.objects.exists()
