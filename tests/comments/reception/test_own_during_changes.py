"""An author's comment is on the page exactly once, whenever it is decided during the request."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.models import Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.pages import make_old, page, post
from tests.makers import decide, make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover, pytest.mark.one_database]
Verdicts = Iterable[tuple[Outcome, Reason]]

PUBLISH = (Outcome.PUBLISH, Reason.CLEAN)
HOLD = (Outcome.HOLD, Reason.LINKS)
REJECT = (Outcome.REJECT, Reason.SPAM)
# What was decided before the request, and what is decided during it.
STORIES: dict[str, tuple[Verdicts, Verdicts]] = {
    "published": ([], [PUBLISH]),
    "held": ([], [HOLD]),
    "rejected": ([], [REJECT]),
    "published and taken down": ([], [PUBLISH, REJECT]),
    "let through by a moderator": ([HOLD], [PUBLISH]),
    "refused by a moderator": ([HOLD], [REJECT]),
    "taken down": ([PUBLISH], [HOLD]),
    "taken down for good": ([PUBLISH], [REJECT]),
}


@contextmanager
def after_statement(number: int, act: Callable[[], Any]) -> Iterator[list[int]]:
    """Run `act` after the given number of statements; yields the numbers of all statements."""
    made: list[int] = []

    def count(execute: Any, *statement: Any) -> Any:
        result = execute(*statement)
        made.append(len(made) + 1)
        if len(made) == number:
            act()
        return result

    with connection.execute_wrapper(count):
        yield made


def send(client: Client, article: Article, text: str, parent: Comment | None) -> Comment:
    post(client, article, text=text, parent=str(parent.pk) if parent else "")
    return Comment.objects.latest("id")


def decide_all(decisions: Iterable[tuple[Comment, Verdicts]]) -> None:
    for comment, verdicts in decisions:
        for verdict in verdicts:
            decide(comment, *verdict)


def look(client: Client, article: Article, query: str, own: list[Comment], when: object) -> None:
    shown = page(client, article, query)
    for comment in own:
        assert shown.count(f'id="comment-{comment.pk}"') == 1, (when, comment.text)
        assert shown.count(f"<p>{comment.text}</p>") == 1, (when, comment.text)


def check_every_order(
    client: Client,
    article: Article,
    query: str,
    stories: Iterable[str],
    *,
    parent: Comment | None = None,
    decided: dt.timedelta = dt.timedelta(0),
) -> None:
    """Run the changes after each statement in turn, and check the page then and again."""
    for number in range(1, 99):
        del client.cookies["my_comments"]
        sent = {name: send(client, article, f"{name} {number}", parent) for name in stories}
        decide_all((comment, STORIES[name][0]) for name, comment in sent.items())
        Comment.objects.filter(decided_at__gt=timezone.now() - decided).update(
            decided_at=timezone.now() - decided
        )
        then = [(comment, STORIES[name][1]) for name, comment in sent.items()]
        with after_statement(number, lambda then=then: decide_all(then)) as made:  # type: ignore[misc]
            look(client, article, query, list(sent.values()), (query, number))
        look(client, article, query, list(sent.values()), (query, number, "and again"))
        if number > len(made):
            assert number > 3
            return
    pytest.fail("the page makes too many statements")


@pytest.fixture
def client(client: Client) -> Client:
    client.cookies["my_comments"] = ""
    return client


@pytest.fixture
def discussion(article: Article) -> Article:
    """More than a page of comments, one of them with more replies than are shown below it."""
    make_old(article, 22)
    make_old(article, 21, parent=latest_root(article))
    return article


def latest_root(article: Article) -> Comment:
    return article.comments.roots().latest("created_at")


def second_page(article: Article) -> int:
    """The number after which the second page begins."""
    return article.comments.roots().order_by("-created_at")[19].pk


def test_the_author_finds_the_comment_whatever_changes_during_the_request(
    client: Client, article: Article
) -> None:
    check_every_order(client, article, "", STORIES)


@pytest.mark.parametrize("query", ["?order=oldest", "?after={0}", "?comment={0}"])
def test_the_same_holds_on_pages_without_the_comment(
    client: Client, discussion: Article, query: str
) -> None:
    check_every_order(client, discussion, query.format(second_page(discussion)), STORIES)


@pytest.mark.parametrize("query", ["?thread={0}", "?comment={0}", ""])
def test_the_same_holds_for_replies(client: Client, discussion: Article, query: str) -> None:
    root = latest_root(discussion)
    check_every_order(client, discussion, query.format(root.pk), STORIES, parent=root)


def test_the_same_holds_for_a_comment_published_long_ago(client: Client, article: Article) -> None:
    check_every_order(client, article, "", ["taken down"], decided=dt.timedelta(days=9))


@pytest.mark.parametrize("before", [HOLD, PUBLISH], ids=["comes back", "is taken down"])
def test_the_same_holds_for_a_reply_when_its_parent_appears_or_disappears(
    client: Client, article: Article, before: tuple[Outcome, Reason]
) -> None:
    for number in range(1, 99):
        root = make_comment(article)
        reply = send(client, article, f"Так, {number}.", root)
        decide_all([(reply, [PUBLISH]), (root, [before] if before == HOLD else [])])
        old = timezone.now() - dt.timedelta(days=9)
        Comment.objects.filter(pk=reply.pk).update(decided_at=old)
        then = [(root, [PUBLISH if before == HOLD else HOLD])]
        with after_statement(number, lambda then=then: decide_all(then)) as made:  # type: ignore[misc]
            look(client, article, "", [reply], number)
        look(client, article, "", [reply], (number, "and again"))
        if number > len(made):
            return
    pytest.fail("the page makes too many statements")


def test_a_comment_recently_published_on_another_page_is_shown_with_a_link(
    client: Client, discussion: Article
) -> None:
    root = latest_root(discussion)
    comments = [send(client, discussion, "Гарна новина.", None)]
    comments.append(send(client, discussion, "І справді гарна.", root))
    decide_all((comment, [PUBLISH]) for comment in comments)
    elsewhere = f"?after={second_page(discussion)}"
    shown = page(client, discussion, elsewhere)
    assert "На іншій сторінці обговорення" in shown
    for comment in comments:
        place = f"?comment={comment.pk}"
        assert f'href="/uk/articles/mist/{place}#{comment.anchor}"' in shown
        there = page(client, discussion, place)
        assert there.count(f'id="{comment.anchor}"') == 1
    Comment.objects.update(decided_at=timezone.now() - dt.timedelta(hours=25))
    assert "На іншій сторінці обговорення" not in page(client, discussion, elsewhere)


def test_nobody_else_sees_a_comment_above_the_list(client: Client, discussion: Article) -> None:
    decide(send(client, discussion, "Гарна новина.", None), *PUBLISH)
    elsewhere = f"?after={second_page(discussion)}"
    assert "Гарна новина." in page(client, discussion, elsewhere)
    assert "Гарна новина." not in page(Client(), discussion, elsewhere)
