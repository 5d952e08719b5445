"""A reader reports a comment on a page of its own, and is told what became of it."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from comments.identity import COOKIE_AGE
from comments.models import Article, Comment, Status
from moderation.accounts.roles import Role, make_member
from moderation.erasure import erase
from moderation.models import Report
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.comments.reception.pages import browser, page, post
from tests.comments.reception.throttling import limit
from tests.makers import decide, make_article, make_comment
from tests.moderation.reporting import report_it, report_often

pytestmark = pytest.mark.django_db

REJECT = Verdict(Outcome.REJECT, Reason.TOXICITY)
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)


def form_of(comment: Comment) -> str:
    return f"{comment.article.get_absolute_url()}comments/{comment.pk}/report/"


def send(client: Client, comment: Comment, **over: Any) -> Any:
    return client.post(form_of(comment), {"reason": "insult", "sentence": "", **over})


def read(client: Client, comment: Comment) -> str:
    return html.unescape(client.get(form_of(comment)).content.decode())


def review(comment: Comment, verdict: Verdict) -> None:
    comment.refresh_from_db()
    marta, _ = make_member("marta", Role.MODERATOR)
    review_all(moderator=marta, verdict=verdict, seen={comment.pk: Seen.of(comment)})


def test_each_published_comment_links_to_its_form(article: Article) -> None:
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    gone = make_comment(article)
    erase(comment=gone, remove=False)
    links = re.findall(r'href="([^"]*/report/)"', page(Client(), article))
    assert sorted(links) == sorted([form_of(root), form_of(reply)])


def test_the_form_shows_the_comment_and_takes_a_report(article: Article) -> None:
    comment, reader = make_comment(article, text="Ви всі дурні!"), browser(article)
    shown = read(reader, comment)
    assert "Ви всі дурні!" in shown
    assert "Що з ним не так?" in shown
    answer = send(reader, comment, sentence=" Ображає\r\n нас. ")
    report = Report.objects.get()
    assert (report.comment, report.reason, report.sentence) == (comment, "insult", "Ображає нас.")
    assert answer.status_code == 302
    assert answer["Location"] == f"/uk/articles/mist/?comment={comment.pk}#comment-{comment.pk}"
    assert reader.cookies["my_reports"]["max-age"] == COOKIE_AGE
    shown = page(reader, article)
    assert "Модератор ще не ухвалив рішення" in shown
    assert form_of(comment) not in shown
    assert "Модератор ще не ухвалив рішення" in read(reader, comment)
    assert form_of(comment) in page(Client(), article)


def test_a_reply_is_reported_in_its_thread(article: Article) -> None:
    root = make_comment(article)
    reply, reader = make_comment(article, parent=root), browser(article)
    answer = send(reader, reply)
    assert answer["Location"].endswith(f"?comment={reply.pk}#comment-{reply.pk}")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": ""}, "Виберіть, що не так із коментарем."),
        ({"reason": "ugly"}, "Виберіть, що не так із коментарем."),
        ({"sentence": "я" * 201}, "201"),
        ({"sentence": "\u202eнавпаки"}, "приховані знаки"),
    ],
)
def test_an_error_keeps_what_was_typed(
    article: Article, sent: dict[str, str], sentence: str
) -> None:
    comment = make_comment(article)
    answer = send(browser(article), comment, **{"sentence": "Це про мене.", **sent})
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert sentence in shown
    assert sent.get("sentence", "Це про мене.") in shown
    assert not Report.objects.exists()


def test_one_browser_reports_a_comment_once(article: Article) -> None:
    comment, reader = make_comment(article), browser(article)
    send(reader, comment)
    assert send(reader, comment, reason="spam").status_code == 302
    assert Report.objects.get().reason == "insult"


def test_the_author_cannot_report_their_own_comment(article: Article) -> None:
    author = browser(article)
    post(author, article)
    comment = Comment.objects.get()
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    assert form_of(comment) not in page(author, article)
    assert "власний коментар" in read(author, comment)
    assert send(author, comment).status_code == 403
    assert not Report.objects.exists()
    assert send(browser(article), comment).status_code == 302


def test_without_the_token_of_the_form_nothing_is_reported(article: Article) -> None:
    comment = make_comment(article)
    assert send(Client(enforce_csrf_checks=True), comment).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_an_unpublished_comment_is_neither_shown_nor_reported(
    article: Article, status: Status
) -> None:
    comment = make_comment(article, status, text="Таємний текст.")
    answer = browser(article).get(form_of(comment))
    assert answer.status_code == 404
    assert "Таємний текст." not in answer.content.decode()
    refused = send(browser(article), comment, reason="")
    assert "Таємний текст." not in refused.content.decode()
    assert send(browser(article), comment).status_code == 404
    assert not Report.objects.exists()


def test_a_comment_is_reported_under_its_own_article_only(article: Article) -> None:
    comment, other = make_comment(article), make_article()
    wrong = f"{other.get_absolute_url()}comments/{comment.pk}/report/"
    assert browser(article).post(wrong, {"reason": "spam"}).status_code == 404
    huge = f"{article.get_absolute_url()}comments/{'9' * 40}/report/"
    assert Client().get(huge).status_code == 404


def test_the_reporter_is_told_that_the_comment_is_hidden_kept_or_removed(article: Article) -> None:
    comment, reader = make_comment(article, text="Ви всі дурні!"), browser(article)
    report_often(comment, 2)
    answer = send(reader, comment)
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    report_it(comment)
    assert comment.status == Status.HELD
    shown = page(reader, article)
    assert "Його приховано, доки модератор не ухвалить рішення" in shown
    assert "Ви всі дурні!" not in shown
    assert "Його приховано" not in page(Client(), article)
    review(comment, PUBLISH)
    assert "прочитав його й залишив" in page(reader, article)
    review(comment, REJECT)
    shown = page(reader, article)
    assert "Модератор його прибрав" in shown
    assert "Ви всі дурні!" not in shown
    assert "Модератор його прибрав" in read(reader, comment)
    assert answer.status_code == 302


def test_a_forged_cookie_tells_nothing(article: Article) -> None:
    comment, reader = make_comment(article), browser(article)
    send(reader, comment)
    forger = Client()
    forger.cookies["my_reports"] = reader.cookies["my_reports"].value[:-2] + "xx"
    assert "Ви поскаржилися" not in page(forger, article)


def test_reports_are_limited_apart_from_comments(
    throttles_on: None, settings: Any, article: Article
) -> None:
    limit(settings, ADDRESS="2/minute")
    comments, reader = [make_comment(article) for _ in range(3)], browser(article)
    answers = [send(reader, comment) for comment in comments]
    assert [each.status_code for each in answers] == [302, 302, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert "швидше, ніж їх устигають читати" in answers[-1].content.decode()
    assert Report.objects.count() == 2
    assert post(reader, article).status_code == 302
