"""REST under the signed token of a comment: status, change, withdrawal, appeal."""

from typing import Any

import pytest
from django.test import Client

from comments.identity import status_path
from comments.models import Comment, Status
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_comment, set_policy

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def ask(client: Client, comment: Comment, method: str = "get", path: str = "", **sent: Any) -> Any:
    call = getattr(client, method)
    body = {"data": sent, "content_type": "application/json"} if sent else {}
    return call(f"{status_path(comment.pk)}{path}", headers=ENGLISH, **body)


def test_the_status_says_all_that_the_author_may_know(client: Client) -> None:
    comment = make_comment(text="Дякую за міст.")
    told = ask(client, comment).json()
    assert (told["status"], told["text"]) == ("published", "Дякую за міст.")
    assert told["url"].endswith(f"#{comment.anchor}")
    assert "/en/status/" in told["page_url"]
    assert (told["can_change"], told["can_withdraw"], told["can_appeal"]) == (True, True, False)
    assert told["change_until"]
    assert told["waiting"] is None
    assert comment.author_key not in str(told)
    assert client.get(told["page_url"]).status_code == 200


def test_a_held_one_has_its_place(client: Client) -> None:
    first = make_comment(status=Status.HELD)
    second = make_comment(first.article, Status.HELD)
    assert ask(client, second).json()["waiting"] == {"ahead": 1, "usual_seconds": None}


def test_the_words_are_there_if_the_site_wants(client: Client) -> None:
    comment = make_comment(status=Status.PENDING, text="🙂 Купіть диплом")
    decide(comment, Outcome.HOLD, Reason.BANNED_WORD)
    set_policy(banned_words="диплом", show_words=True)
    (word,) = ask(client, comment).json()["words"]
    assert word == {"field": "text", "start": 9, "end": 15, "text": "диплом"}


def test_a_comment_is_changed_field_by_field(client: Client) -> None:
    comment = make_comment(status=Status.HELD, author_name="Гість")
    answer = ask(client, comment, "patch", author_name="Ніна")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["edited_at"] is None) == ("pending", False)
    before = comment.text
    comment.refresh_from_db()
    assert (comment.author_name, comment.text, comment.revision) == ("Ніна", before, 2)


def test_a_wrong_change_is_a_problem_at_its_field(client: Client) -> None:
    answer = ask(client, make_comment(status=Status.HELD), "patch", text=" ")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/text"


def test_it_is_withdrawn_once_and_stays_so(client: Client) -> None:
    comment = make_comment()
    for _ in range(2):
        answer = ask(client, comment, "delete")
        assert (answer.status_code, answer.json()["status"]) == (200, "withdrawn")
    refused = ask(client, comment, "patch", text="Знову я.")
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["type"].endswith(":refused")


def test_an_appeal_is_sent_once(client: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    assert ask(client, comment).json()["can_appeal"]
    answer = ask(client, comment, "post", "appeal/", sentence="Це цитата.")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["reason"]) == ("held", Reason.APPEALED)
    assert told["appeal"]["sentence"] == "Це цитата."
    assert ask(client, comment, "post", "appeal/", sentence="Це цитата.").status_code == 200
    assert ask(client, comment, "post", "appeal/", sentence="Ще раз.").status_code == 409
    assert ask(client, comment, "post", "appeal/", sentence="").status_code == 400


def test_a_wrong_token_opens_nothing(client: Client) -> None:
    make_comment()
    for method in ("get", "patch", "delete"):
        answer = getattr(client, method)("/api/v1/submissions/1:2:3/")
        assert (answer.status_code, answer.json()["type"][-14:]) == (404, ":no-submission")


def test_pages_of_other_origins_may_change_and_withdraw(client: Client, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://www.example.org"]
    asked = {"Origin": "https://www.example.org", "Access-Control-Request-Method": "DELETE"}
    answer = client.options(status_path(make_comment().pk), headers=asked)
    allowed = answer["Access-Control-Allow-Methods"]
    assert "DELETE" in allowed
    assert "PATCH" in allowed
