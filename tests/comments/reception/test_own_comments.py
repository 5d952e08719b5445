"""What only the author sees of their comment."""

import time

import pytest
from django.core import mail
from django.test import Client

from comments.identity import COOKIE_AGE
from comments.models import Article, Comment, Contact, Status
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.pages import FORM, page, post
from tests.makers import decide, make_article

pytestmark = pytest.mark.django_db


def test_after_posting_the_author_is_redirected_to_the_waiting_comment(
    client: Client, article: Article
) -> None:
    response = post(client, article)
    comment = Comment.objects.get()
    assert comment.status == Status.PENDING
    assert Contact.objects.get().email == FORM["author_email"]
    assert (response.status_code, response["Location"]) == (
        302,
        f"/uk/articles/mist/?comment={comment.pk}#comment-{comment.pk}",
    )
    shown = page(client, article)
    assert f'id="comment-{comment.pk}"' in shown
    assert "Це бачите лише ви" in shown
    assert comment.text in shown


def test_nobody_else_sees_a_waiting_comment(client: Client, article: Article) -> None:
    post(client, article)
    shown = page(Client(), article)
    for trace in (FORM["text"], FORM["author_name"], "comment-", "Це бачите лише ви"):
        assert trace not in shown
    forger = Client()
    forger.cookies["my_comments"] = client.cookies["my_comments"].value[:-2] + "xx"
    assert FORM["text"] not in page(forger, article)


def test_the_cookie_for_own_comments_is_valid_for_a_month(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(client, article)
    assert client.cookies["my_comments"]["max-age"] == COOKIE_AGE
    now = time.time()
    with monkeypatch.context() as patched:
        patched.setattr("django.core.signing.time.time", lambda: now + COOKIE_AGE - 60)
        assert "Це бачите лише ви" in page(client, article)
        patched.setattr("django.core.signing.time.time", lambda: now + COOKIE_AGE + 60)
        assert "Це бачите лише ви" not in page(client, article)


def test_a_waiting_comment_is_not_shown_under_another_article(
    client: Client, article: Article
) -> None:
    post(client, article)
    assert FORM["text"] not in page(client, make_article())


def test_a_published_comment_is_marked_for_its_author_only(
    client: Client, article: Article
) -> None:
    post(client, article)
    comment = Comment.objects.get()
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    shown = page(client, article)
    assert "Це бачите лише ви" not in shown
    assert "Ваш коментар" in shown
    assert f'id="comment-{comment.pk}"' in shown
    others = page(Client(), article)
    assert FORM["text"] in others
    assert "Ваш коментар" not in others


@pytest.mark.parametrize(
    ("outcome", "reason", "sentence"),
    [
        (Outcome.HOLD, Reason.TOXICITY, "may offend someone, so a moderator will read it first"),
        (Outcome.REJECT, Reason.SPAM, "it looks like advertising or spam"),
    ],
)
def test_the_author_sees_why_a_comment_is_not_published(
    client: Client, article: Article, outcome: Outcome, reason: Reason, sentence: str
) -> None:
    post(client, article)
    decide(Comment.objects.get(), outcome, reason)
    assert sentence in page(client, article, language="en")
    assert FORM["text"] not in page(Client(), article)


def test_other_readers_never_see_the_e_mail(client: Client, article: Article) -> None:
    post(client, article, remember="on")
    decide(Comment.objects.get(), Outcome.PUBLISH, Reason.CLEAN)
    assert "oksana@example.org" not in page(Client(), article)
    assert "oksana@example.org" in page(client, article)
    assert not mail.outbox


def test_the_page_is_never_cached_by_a_proxy(client: Client, article: Article) -> None:
    answer = client.get("/uk/articles/mist/")
    assert "private" in answer["Cache-Control"]
