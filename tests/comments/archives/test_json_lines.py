"""Our own JSON Lines come in, whoever wrote them."""

import json

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation.policy.verdict import Reason
from tests.comments.archives.conftest import Import
from tests.makers import make_article

pytestmark = pytest.mark.django_db


def test_the_least_that_a_comment_needs_is_a_number_an_address_and_a_text(bring: Import) -> None:
    bring('{"number": 1, "url": "http://testserver/a", "text": "Добре."}\n', "jsonl")
    comment = Comment.objects.get()
    assert (comment.text, comment.status) == ("Добре.", Status.PUBLISHED)
    assert (comment.article.key, comment.article.url) == ("a", "http://testserver/a")
    assert comment.author_name == "Без імені"


def test_a_comment_may_name_an_article_of_the_site_by_its_key(bring: Import) -> None:
    article = make_article(key="mist")
    bring('{"number": 1, "article": "mist", "text": "Добре.", "votes": 3}\n', "jsonl")
    assert article.comments.get().vote_count.votes == 3
    assert Article.objects.count() == 1


def test_broken_lines_are_named_and_skipped(bring: Import) -> None:
    good = '{"number": 1, "article": "a", "text": "Добре."}\n'
    broken = [
        "{",
        "[1]",
        '{"number": 2}',
        '{"number": 3, "article": "a", "text": "x", "status": "lost"}',
        '{"number": 4, "article": "a", "text": " \\u200b "}',
        '{"n": ' + "[" * 100_000 + "}",
        '{"number": 5, "article": "a", "text": "' + "x" * (9 << 20) + '"}',
        '{"number": "' + "6" * 101 + '", "article": "a", "text": "x"}',
    ]
    said = bring(good + "\n".join(broken) + "\n" + good.replace("1", "9"), "jsonl")
    assert Comment.objects.count() == 2
    named = [f"line {number}: " for number in range(2, 10)]
    assert [each in said for each in named] == [True] * 8
    assert "8 broken records" in said


def test_hostile_content_is_mended_not_kept(bring: Import) -> None:
    bring(
        '{"number": 1, "article": "a", "text": "z\\u0000a\\u0301'
        + "\\u0301" * 50
        + '\\u202e", "name": "\\u202eОля\\n", "website": "javascript:alert(1)",'
        ' "email": "none", "submitted": "9999-01-01T00:00:00Z", "votes": -4}\n',
        "jsonl",
    )
    comment = Comment.objects.get()
    assert comment.text == "zа".replace("а", "a") + "\u0301" * 8
    assert (comment.author_name, comment.author_url) == ("Оля", "")
    assert comment.created_at.year < 9999
    assert not hasattr(comment, "contact")
    assert not hasattr(comment, "vote_count")
    comment.full_clean(exclude=["article", "duplicate_key", "author_key", "text"])


@pytest.mark.parametrize("status", ["pending", "held"])
def test_what_is_erased_does_not_come_into_the_queue(bring: Import, status: str) -> None:
    line = f'{{"number": 1, "article": "a", "text": "x", "status": "{status}", "erased": true}}'
    bring(f"{line}\n", "jsonl")
    comment = Comment.objects.get()
    assert (comment.text, comment.status, comment.reason) == ("", Status.REJECTED, Reason.ERASED)


def test_a_deleted_comment_is_of_no_later_time_than_now(bring: Import) -> None:
    far = '"submitted": "2999-01-01T00:00:00Z", "edited": "2999-01-01T00:00:00Z"'
    bring(f'{{"number": 1, "url": "http://testserver/a", "erased": true, {far}}}\n', "jsonl")
    comment = Comment.objects.get()
    assert comment.created_at <= timezone.now()
    assert comment.edited_at
    assert comment.edited_at <= timezone.now()
    assert comment.article.published_at <= timezone.now()


@pytest.mark.parametrize(
    ("closes", "year"), [("9999-12-31T23:59:59-12:00", 9999), ("0001-01-01T00:00:00+14:00", 1970)]
)
def test_a_discussion_that_closes_at_no_time_that_can_be_stored_closes_at_the_nearest(
    closes: str, year: int, bring: Import
) -> None:
    article = {"type": "article", "key": "a", "url": "http://testserver/a", "closes": closes}
    bring(f'{json.dumps(article)}\n{{"number": 1, "article": "a", "text": "Так."}}\n', "jsonl")
    closing = Article.objects.get().closes_at
    assert closing
    assert closing.year == year


def test_an_address_that_is_none_is_refused_as_none_of_the_site(bring: Import) -> None:
    with pytest.raises(CommandError, match=r"not addresses of the site: http://\[x/a"):
        bring('{"number": 1, "url": "http://[x/a", "text": "Так."}\n', "jsonl")


def test_a_status_in_a_message_cannot_command_the_terminal(bring: Import) -> None:
    row = {"number": 1, "url": "http://testserver/a", "text": "Так.", "status": "\x1b[2J"}
    assert "unknown status '\\x1b[2J'" in bring(json.dumps(row), "jsonl")


def test_another_format_is_refused(bring: Import) -> None:
    with pytest.raises(CommandError, match="not in JSON Lines"):
        bring("<rss></rss>\n", "jsonl")
    with pytest.raises(CommandError, match="no XML"):
        bring('{"number": 1}\n', "wxr")
