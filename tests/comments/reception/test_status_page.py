"""An author's private page: what became of a comment, and what can be done about it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from comments.identity import status_page_path
from comments.models import Comment, Status
from moderation import appeals, services
from moderation.accounts.models import User
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import SPAM, decide, make_article, make_comment, set_policy

pytestmark = pytest.mark.django_db
CHANGE = {"text": "Дякую міській раді за міст.", "author_name": "Ніна", "author_url": ""}


def address(comment: Comment, form: str = "") -> str:
    with override("en"):
        return f"{status_page_path(comment.pk)}{form and form + '/'}"


def page(client: Client, comment: Comment) -> str:
    response = client.get(address(comment))
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, comment: Comment, form: str, **sent: str) -> Any:
    return client.post(address(comment, form), sent)


def now(comment: Comment) -> tuple[str, str]:
    comment.refresh_from_db()
    return comment.status, comment.reason


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.PENDING, "Being checked"),
        (Status.PUBLISHED, "Published"),
        (Status.HELD, "Waiting for a moderator"),
        (Status.REJECTED, "Not published"),
        (Status.WITHDRAWN, "Withdrawn"),
    ],
)
def test_each_status_has_a_word_an_icon_and_a_sentence(
    client: Client, status: Status, word: str
) -> None:
    shown = page(client, make_comment(status=status))
    assert f'<b class="status-word">{word}</b>' in shown
    assert f"status-card status-{status}" in shown
    assert '<svg class="status-icon"' in shown


def test_nobody_finds_it_without_the_token(client: Client) -> None:
    comment = make_comment()
    assert client.get("/en/status/1:2:3/").status_code == 404
    other = address(comment).replace("/status/", "/status/x")
    assert client.post(f"{other}withdraw/").status_code == 404
    assert now(comment)[0] == Status.PUBLISHED


def test_no_search_engine_or_cache_keeps_it(client: Client) -> None:
    response = client.get(address(make_comment()))
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()


def test_a_published_comment_is_linked(client: Client) -> None:
    comment = make_comment()
    assert f"#{comment.anchor}" in page(client, comment)


def test_a_held_comment_has_its_place_and_the_usual_time(client: Client) -> None:
    article = make_article()
    marta = User.objects.create_superuser("marta")
    for _ in range(5):
        decided = make_comment(article, Status.HELD)
        publish = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
        review_all(moderator=marta, verdict=publish, seen={decided.pk: Seen.of(decided)})
    make_comment(article, Status.HELD)
    comment = make_comment(article, Status.HELD)
    shown = page(client, comment)
    assert "1 comment waits longer than yours." in shown
    assert "Usually a moderator decides in 1 minute now." in shown


def test_a_rejected_comment_is_mended_and_published(client: Client) -> None:
    comment = make_comment(status=Status.PENDING, text=SPAM)
    services.moderate(comment_id=comment.pk)
    assert now(comment)[0] == Status.REJECTED
    response = send(client, comment, "change", **CHANGE)
    assert response.status_code == 302
    assert now(comment) == (Status.PENDING, "")
    services.moderate(comment_id=comment.pk)
    assert now(comment)[0] == Status.PUBLISHED
    shown = page(client, comment)
    assert CHANGE["text"] in shown
    assert "changed" in shown


def test_what_was_typed_is_kept_when_it_is_wrong(client: Client) -> None:
    comment = make_comment(status=Status.HELD)
    response = send(client, comment, "change", text="", author_name="Ніна Г.", author_url="")
    shown = response.content.decode()
    assert response.status_code == 422
    assert 'value="Ніна Г."' in shown
    assert 'id="wrong"' in shown
    assert now(comment)[0] == Status.HELD
    assert comment.author_name in shown


def test_after_the_time_is_over_it_says_so(client: Client, settings: Any) -> None:
    settings.EDIT_MINUTES = 15
    comment = make_comment()
    assert "You can change it until" in page(client, comment)
    Comment.objects.update(created_at=timezone.now() - dt.timedelta(minutes=15))
    assert "/change/" not in page(client, comment)
    response = send(client, comment, "change", **CHANGE)
    assert response.status_code == 409
    assert "for 15 minutes" in response.content.decode()


def test_a_comment_is_withdrawn(client: Client) -> None:
    comment = make_comment()
    send(client, comment, "withdraw")
    assert now(comment)[0] == Status.WITHDRAWN
    shown = page(client, comment)
    assert "You have withdrawn this comment" in shown
    assert "What you can do" not in shown


def test_an_appeal_and_its_answer(client: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    assert send(client, comment, "appeal", sentence=" ").status_code == 422
    send(client, comment, "appeal", sentence="Це цитата\n з пісні.")
    assert now(comment) == (Status.HELD, Reason.APPEALED)
    assert "Це цитата з пісні." in page(client, comment)
    assert send(client, comment, "appeal", sentence="Ще раз!").status_code == 409
    marta = User.objects.create_superuser("marta")
    reject = Verdict(Outcome.REJECT, Reason.SPAM)
    seen = {comment.pk: Seen.of(comment)}
    review_all(moderator=marta, verdict=reject, seen=seen, answer="Адреса веде до крамниці.")
    shown = page(client, comment)
    assert "it stays unpublished" in shown
    assert "Адреса веде до крамниці." in shown
    assert "/appeal/" not in shown


def test_the_words_that_led_to_it_are_marked_if_the_site_wants(client: Client) -> None:
    comment = make_comment(status=Status.PENDING, text="Купіть диплом <b>недорого</b> сьогодні")
    decide(comment, Outcome.HOLD, Reason.BANNED_WORD)
    policy = set_policy(banned_words="диплом")
    assert "<mark>" not in page(client, comment)
    policy.show_words = True
    policy.save()
    shown = page(client, comment)
    assert "<mark>диплом</mark>" in shown
    assert "&lt;b&gt;" in shown


def test_what_a_person_decided_has_no_marks(client: Client) -> None:
    comment = make_comment(status=Status.PENDING, text="Купіть диплом")
    decide(comment, Outcome.HOLD, Reason.BANNED_WORD)
    set_policy(banned_words="диплом", show_words=True)
    marta = User.objects.create_superuser("marta")
    comment.refresh_from_db()
    reject = Verdict(Outcome.REJECT, Reason.SPAM)
    review_all(moderator=marta, verdict=reject, seen={comment.pk: Seen.of(comment)})
    assert "<mark>" not in page(client, comment)


def test_it_says_nothing_before_a_moderators_undo_is_over(client: Client, settings: Any) -> None:
    settings.UNDO_MINUTES = 10
    comment = make_comment(status=Status.HELD)
    marta = User.objects.create_superuser("marta")
    reject = Verdict(Outcome.REJECT, Reason.SPAM)
    review_all(moderator=marta, verdict=reject, seen={comment.pk: Seen.of(comment)})
    shown = page(client, comment)
    assert "Waiting for a moderator" in shown
    assert "/appeal/" not in shown


def test_an_erased_comment_offers_nothing(client: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    Comment.objects.update(text="", author_name="")
    shown = page(client, comment)
    assert "What you can do" not in shown
    assert not appeals.appeal_about(comment)


@pytest.mark.parametrize("form", ["change", "appeal", "withdraw"])
def test_changes_have_limits_of_their_own(client: Client, settings: Any, form: str) -> None:
    settings.THROTTLES = True
    comment = make_comment(status=Status.PUBLISHED)
    answers = [send(client, comment, form, **CHANGE, sentence="Прошу ще раз.") for _ in range(30)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
