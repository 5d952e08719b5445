"""A thread on the article page: its levels, its fold, and the reader's own waiting replies."""

import re

import pytest
from django.test import Client

from comments.models import Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.pages import make_old, page, post
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db
ONLY_YOU = "Це бачите лише ви"


def headings(text: str) -> list[tuple[str, str]]:
    found = re.findall(r'<h(\d) class="comment-author"[^>]*>(?:<a [^>]*>)?([^<]+)', text)
    return [(level, name) for level, name in found]


def test_comments_are_headings_of_three_levels_with_their_addressee(
    client: Client, article: Article
) -> None:
    root = make_comment(article, author_name="Ганна")
    second = make_comment(article, parent=root, author_name="Лесь")
    third = make_comment(article, parent=second, author_name="Марта")
    make_comment(article, parent=third, author_name="Остап")
    make_comment(article, parent=root, author_name="Юрій")
    text = page(client, article)
    assert headings(text) == [
        *[("3", "Ганна"), ("4", "Лесь"), ("5", "Марта"), ("5", "Остап"), ("4", "Юрій")]
    ]
    named = re.findall(r'У відповідь на:</span> <a href="#comment-(\d+)">([^<]+)</a>', text)
    assert named == [(str(second.pk), "Лесь"), (str(third.pk), "Марта")]


def test_a_reply_whose_addressee_was_taken_down_stays_without_the_name(
    client: Client, article: Article
) -> None:
    second = make_comment(article, parent=make_comment(article), author_name="Лесь")
    third = make_comment(article, parent=second)
    decide(second, Outcome.REJECT, Reason.SPAM)
    text = page(client, article)
    assert f'id="comment-{third.pk}"' in text
    assert "вилучений коментар" in text
    assert "Лесь" not in text


@pytest.mark.parametrize(("replies", "folded"), [(3, 0), (4, 0), (5, 2), (20, 17), (30, 27)])
def test_long_threads_are_folded_after_three_replies(
    client: Client, article: Article, replies: int, folded: int
) -> None:
    make_old(article, replies, parent=make_comment(article))
    text = page(client, article)
    before, fold, inside = text.partition('<details class="fold"')
    if not folded:
        assert not fold
        return
    assert before.count("<p>Думка №") == 3
    assert re.search(rf"Ще {folded} відповід[іейь]+<", inside)
    assert inside.count("<p>Думка №") == min(replies, 20) - 3
    assert ("Усі відповіді" in inside) == (replies > 20)


def test_a_fold_in_a_branch_continues_it(client: Client, article: Article) -> None:
    second = make_comment(article, parent=make_comment(article))
    answers = [make_comment(article, parent=second) for _ in range(6)]
    before, _, inside = page(client, article).partition('<details class="fold"')
    assert f'id="comment-{answers[1].pk}"' in before
    assert f'id="comment-{answers[2].pk}"' in inside
    assert [level for level, _name in headings(inside)] == ["5"] * 4


def test_an_own_waiting_reply_stands_where_it_will_stand(client: Client, article: Article) -> None:
    root = make_comment(article, author_name="Ганна")
    first = make_comment(article, parent=root, author_name="Лесь")
    make_comment(article, parent=root, author_name="Юрій")
    post(client, article, parent=str(first.pk))
    text = page(client, article)
    assert [name for _level, name in headings(text)] == ["Ганна", "Лесь", "Оксана", "Юрій"]
    assert text.count(ONLY_YOU) == 1
    assert 'id="own-title"' not in text
    decide(Comment.objects.latest("pk"), Outcome.PUBLISH, Reason.CLEAN)
    again = page(client, article)
    assert headings(again) == headings(text)
    assert ONLY_YOU not in again


def test_an_own_waiting_reply_is_never_folded(client: Client, article: Article) -> None:
    root = make_comment(article)
    replies = make_old(article, 10, parent=root)
    post(client, article, parent=str(root.pk))
    closed = page(client, article)
    assert ONLY_YOU in closed.partition("</details>")[2]
    assert "Ще 7 відповідей" in closed
    post(client, article, parent=str(replies[5].pk), text="А я так не думаю.")
    opened = page(client, article)
    assert f'data-thread="{root.pk}" open>' in opened


def test_an_own_reply_on_another_page_is_shown_with_whom_it_answers(
    client: Client, article: Article
) -> None:
    old = make_comment(article, author_name="Ганна")
    make_old(article, 20)
    Comment.objects.filter(pk=old.pk).update(created_at="2020-01-01T00:00Z")
    post(client, article, parent=str(old.pk))
    text = page(client, article)
    assert text.count(ONLY_YOU) == 1
    assert f'?comment={old.pk}#comment-{old.pk}">Ганна</a>' in text


@pytest.mark.parametrize(
    ("stored", "lang"), [("en", "en"), ("ru", "ru"), ("other", ""), ("", "uk")]
)
def test_each_comment_has_its_own_language(
    client: Client, article: Article, stored: str, lang: str
) -> None:
    make_comment(article, text="Так!")
    Comment.objects.update(language=stored)
    assert f'<div class="comment-text" lang="{lang}"><p>Так!</p>' in page(client, article)
