"""Authors who asked for it are told by e-mail what was decided, and of replies, each once."""

import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from comments.models import Comment, Status
from moderation import acts, appeals
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.actors import READERS
from moderation.delivery.models import Mail, MailKind, MailState
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import decide, make_comment
from tests.moderation.delivery.mailbox import Mailbox, links, post, send, text_of
from tests.moderation.delivery.receiver import minutes_pass

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
REJECT = Verdict(Outcome.REJECT, Reason.HATE)


@pytest.fixture
def olha() -> User:
    return make_member("olha")[0]


def publish(comment: Comment) -> Comment:
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    return comment


def review(user: User, comment: Comment, verdict: Verdict) -> Any:
    comment.refresh_from_db()
    return review_all(moderator=user, verdict=verdict, seen={comment.pk: Seen.of(comment)}).act


def test_a_decision_is_told_once_with_its_reason_and_a_link(mailbox: Mailbox) -> None:
    comment = post()
    decide(comment, Outcome.REJECT, Reason.SPAM)
    send()
    send()
    assert mailbox.subjects == ["Ваш коментар не опубліковано: Міст відремонтують"]
    assert "реклам" in mailbox.last
    assert "> Дякую за новину про міст." in mailbox.last
    status, _stop = links(mailbox.last)
    assert "Не опубліковано" in Client().get(status).content.decode()


def test_a_published_comment_is_told_with_its_place(mailbox: Mailbox) -> None:
    comment = publish(post())
    send()
    place, _status, _stop = links(mailbox.last)
    assert place == f"/uk/articles/{comment.article.key}/?thread={comment.pk}#comment-{comment.pk}"
    assert f'id="comment-{comment.pk}"' in Client().get(place).content.decode()


def test_it_is_in_the_language_in_which_the_comment_was_sent(mailbox: Mailbox) -> None:
    with override("en"):
        comment = post()
    publish(comment)
    send()
    assert mailbox.subjects == ["Your comment is published: Міст відремонтують"]
    assert "/en/articles/" in mailbox.last
    assert mailbox.letters[0]["Content-Language"] == "en"


def test_the_sender_is_the_sites_address(mailbox: Mailbox) -> None:
    publish(post())
    send()
    letter = mailbox.letters[0]
    assert letter["From"] == "Вісті <comments@example.org>"
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"


def test_mail_programs_can_read_how_to_unsubscribe(mailbox: Mailbox, settings: Any) -> None:
    """A long link must be neither encoded nor broken."""
    settings.PUBLIC_URL = "https://comments.a-very-long-name-of-a-newspaper.example.org"
    publish(post())
    send()
    lines = mailbox.raw[0].split(b"\r\n\r\n")[0].split(b"\r\n")
    (line,) = [each for each in lines if each.startswith(b"List-Unsubscribe:")]
    link = rb"List-Unsubscribe: <https://[a-z.-]+/uk/mail/stop/[\w:-]+/>"
    assert re.fullmatch(link, line)
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert all(len(each) < 998 and each.isascii() for each in lines)


def test_a_held_comment_is_not_told_of_until_it_is_decided(mailbox: Mailbox, olha: User) -> None:
    comment = post()
    decide(comment, Outcome.HOLD, Reason.TOXICITY)
    send()
    assert mailbox.letters == []
    review(olha, comment, PUBLISH)
    send()
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("verdict", [PUBLISH, REJECT])
def test_a_moderators_decision_is_told_after_its_undo_has_expired(
    mailbox: Mailbox, olha: User, settings: Any, verdict: Verdict
) -> None:
    settings.UNDO_MINUTES = 10
    comment = post()
    decide(comment, Outcome.HOLD, Reason.TOXICITY)
    review(olha, comment, verdict)
    send()
    minutes_pass(10)
    send()
    assert mailbox.letters == []
    minutes_pass(2)
    send()
    send()
    assert len(mailbox.letters) == 1


def test_an_undone_decision_is_never_told(mailbox: Mailbox, olha: User, settings: Any) -> None:
    settings.UNDO_MINUTES = 10
    comment = publish(post())
    send()
    act = review(olha, comment, REJECT)
    send()
    acts.undo(act=act, user=olha)
    minutes_pass(30)
    send()
    assert mailbox.subjects == ["Ваш коментар опубліковано: Міст відремонтують"]


def test_a_comment_that_readers_hide_for_a_time_is_told_of_once(
    mailbox: Mailbox, olha: User
) -> None:
    comment = publish(post())
    send()
    decide(comment, Outcome.HOLD, Reason.REPORTED, READERS)
    send()
    review(olha, comment, PUBLISH)
    send()
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("verdict", [PUBLISH, Verdict(Outcome.REJECT, Reason.SPAM)])
def test_the_answer_to_an_appeal_is_told_even_if_it_is_the_same_again(
    mailbox: Mailbox, olha: User, settings: Any, verdict: Verdict
) -> None:
    settings.UNDO_MINUTES = 10
    comment = post()
    decide(comment, Outcome.REJECT, Reason.SPAM)
    send()
    comment.refresh_from_db()
    appeals.appeal(comment=comment, sentence="Це не реклама.")
    send()
    comment.refresh_from_db()
    seen = {comment.pk: Seen.of(comment)}
    review_all(moderator=olha, verdict=verdict, seen=seen, answer="Перечитали уважно.")
    send()
    assert len(mailbox.letters) == 1
    minutes_pass(12)
    send()
    send()
    assert len(mailbox.letters) == 2
    assert "Модератор пише: Перечитали уважно." in mailbox.last
    assert "ще раз" in mailbox.last


def test_a_published_reply_is_told_to_whom_it_answers(mailbox: Mailbox) -> None:
    comment = publish(post())
    send()
    publish(make_comment(comment.article, Status.PENDING, parent=comment, author_name="Іван"))
    send()
    send()
    assert mailbox.subjects[1:] == ["Іван відповідає на ваш коментар"]
    reply = Comment.objects.latest("pk")
    assert f"> {reply.text}" in mailbox.last


def test_a_reply_to_a_reply_is_told_to_its_addressee_alone(mailbox: Mailbox) -> None:
    root = publish(post(author_email="ivan@example.org", secret="i" * 32))
    reply = publish(post(article=root.article, parent=root, text="Не згодна з вами."))
    send()
    mailbox.letters.clear()
    mailbox.recipients.clear()
    make_comment(root.article, parent=reply)
    send()
    assert mailbox.recipients == ["olena@example.org"]


def test_many_replies_within_an_hour_are_told_together(mailbox: Mailbox) -> None:
    comment = publish(post())
    send()
    make_comment(comment.article, parent=comment, author_name="Перший")
    send()
    for name in ("Другий", "Третя"):
        make_comment(comment.article, parent=comment, author_name=name)
    send()
    assert len(mailbox.letters) == 2
    minutes_pass(61)
    send()
    send()
    assert mailbox.subjects[2] == "2 відповіді на ваш коментар"
    assert "Другий" in mailbox.last
    assert "Третя" in mailbox.last
    assert len(mailbox.letters) == 3


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED])
def test_a_reply_that_is_not_published_is_not_told(mailbox: Mailbox, status: Status) -> None:
    comment = publish(post())
    make_comment(comment.article, status, parent=comment)
    send()
    assert len(mailbox.letters) == 1


def test_a_reply_taken_down_before_it_was_told_is_told_if_it_comes_back(
    mailbox: Mailbox,
) -> None:
    comment = publish(post())
    send()
    reply = make_comment(comment.article, parent=comment)
    decide(reply, Outcome.HOLD, Reason.REPORTED, READERS)
    send()
    assert len(mailbox.letters) == 1
    decide(reply, Outcome.PUBLISH, Reason.REVIEWED)
    send()
    decide(reply, Outcome.HOLD, Reason.REPORTED, READERS)
    decide(reply, Outcome.PUBLISH, Reason.REVIEWED)
    minutes_pass(61)
    send()
    assert len(mailbox.letters) == 2


def test_a_reply_published_by_a_moderator_is_told_after_the_undo(
    mailbox: Mailbox, olha: User, settings: Any
) -> None:
    settings.UNDO_MINUTES = 10
    comment = publish(post())
    send()
    reply = make_comment(comment.article, Status.HELD, parent=comment)
    review(olha, reply, PUBLISH)
    send()
    assert len(mailbox.letters) == 1
    minutes_pass(12)
    send()
    assert len(mailbox.letters) == 2


def test_nobody_is_told_of_their_own_reply(mailbox: Mailbox) -> None:
    comment = publish(post())
    publish(post(article=comment.article, parent=comment, text="Додам ще дещо."))
    send()
    assert all("відповіда" not in subject for subject in mailbox.subjects)


def test_replies_from_before_the_confirmation_are_told_after_it(mailbox: Mailbox) -> None:
    comment = publish(post(confirmed=False))
    make_comment(comment.article, parent=comment, author_name="Іван")
    send()
    post(article=comment.article, text="Друга думка про міст.")
    send()
    told = [text_of(letter) for letter in mailbox.letters[1:]]
    assert len(told) == 2
    assert any("Іван" in each for each in told)


def test_no_log_line_has_an_address(mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    publish(post())
    mailbox.answer_to_recipient = "550 <olena@example.org>: no such user"
    send()
    mailbox.answer_to_recipient = "250 OK"
    mailbox.answer_to_content = "554 olena@example.org does not want this"
    publish(post(text="Ще одна думка."))
    send()
    ours = [r for r in caplog.records if not r.name.startswith("mail.log")]
    assert "olena" not in str([(r.getMessage(), r.exc_text) for r in ours])
    told = Mail.objects.filter(kind=MailKind.DECISION)
    assert set(told.values_list("state", "answer")) == {
        (MailState.FAILED, "550"),
        (MailState.FAILED, "554"),
    }
