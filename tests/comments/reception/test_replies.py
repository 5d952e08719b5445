"""Replies: whom they answer, three levels, and a page of their own if there are many."""

import pytest
from django.test import Client

from comments.models import Article, Comment, Status
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.pages import make_old, page, post
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("parent", ["x", "9" * 5000, "0", "-1", "٣"])
def test_a_reply_to_a_missing_comment_is_refused_with_a_message(
    client: Client, article: Article, parent: str
) -> None:
    response = post(client, article, parent=parent)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Коментаря, на який ви відповідаєте" in shown
    assert "Надішліть ще раз, і ваш коментар стоятиме окремо." in shown
    assert 'name="parent"' not in shown


@pytest.mark.parametrize("query", ["?reply_to=x", "?reply_to=999", "?thread=999"])
def test_a_url_that_replies_to_a_missing_comment_shows_an_ordinary_form(
    client: Client, article: Article, query: str
) -> None:
    shown = page(client, article, query)
    assert "Залишити відповідь" in shown
    assert 'name="parent" id="id_parent"' in shown


def test_the_form_on_a_thread_page_replies_to_the_thread(client: Client, article: Article) -> None:
    root = make_comment(article, author_name="Ганна")
    shown = page(client, article, f"?thread={root.pk}")
    assert "Відповідь на коментар (Ганна)" in shown
    assert f'name="parent" value="{root.pk}"' in shown
    assert '<a href="?#respond">Скасувати' in shown


def test_a_reply_joins_the_thread_and_is_shown_there(client: Client, article: Article) -> None:
    root = make_comment(article, author_name="Ганна")
    reply = make_comment(article, parent=root, author_name="Лесь")
    asked = page(client, article, f"?reply_to={reply.pk}")
    assert "Відповідь на коментар (Лесь)" in asked
    assert "Скасувати" in asked
    assert f'name="parent" value="{reply.pk}"' in asked
    response = post(client, article, parent=str(reply.pk))
    mine = Comment.objects.latest("pk")
    assert mine.parent == root
    assert mine.reply_to == reply
    assert response["Location"] == f"/uk/articles/mist/?comment={mine.pk}#comment-{mine.pk}"
    decide(mine, Outcome.PUBLISH, Reason.CLEAN)
    shown = page(Client(), article)
    assert shown.index("Ганна</h3>") < shown.index("Лесь</h4>") < shown.index("Оксана</a></h5>")
    assert f'<a href="#comment-{reply.pk}">Лесь</a>' in shown


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_only_a_published_comment_can_be_replied_to(
    client: Client, article: Article, status: Status
) -> None:
    hidden = make_comment(article, status, author_name="Прихований")
    assert "Прихований" not in page(client, article, f"?reply_to={hidden.pk}")
    assert post(client, article, parent=str(hidden.pk)).status_code == 422


def test_a_long_thread_has_its_own_page(client: Client, article: Article) -> None:
    root = make_comment(article, author_name="Ганна", text="Перша думка.")
    make_old(article, 21, parent=root)
    shown = page(client, article)
    assert shown.count("<p>Думка №") == 20
    assert "Ще 18 відповідей" in shown
    link = f"?thread={root.pk}#comments"
    assert f'href="{link}">Усі відповіді (21)' in shown
    thread = page(client, article, link)
    assert "Перша думка." in thread
    assert thread.count("<p>Думка №") == 20
    assert "Усі коментарі" in thread
    last = root.replies.order_by("pk")[19].pk
    assert f'href="?thread={root.pk}&after={last}#comments"' in thread
    assert "Думка №20." in page(client, article, f"?thread={root.pk}&after={last}")


def test_a_thread_of_another_article_is_not_shown(client: Client, article: Article) -> None:
    other = make_comment(text="Чужа думка.")
    assert "Чужа думка." not in page(client, article, f"?thread={other.pk}")
