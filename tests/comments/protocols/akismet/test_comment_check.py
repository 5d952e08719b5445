"""Checks are answered in Akismet's exact words, and nothing doubtful passes as clean."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from limits import parse_many

from comments import checks
from comments.models import CheckDay, CheckedText, Comment, Doubt, SiteKey
from comments.protocols.akismet import views
from moderation import model_registry
from tests.comments.protocols.akismet.conftest import Ask
from tests.comments.protocols.texts import CLEAN, DOUBTFUL, INSULT, SPAM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_second_judge_has_time")]
CheckKey = Callable[..., str]


def told(answer: Any) -> tuple[str, dict[str, str]]:
    """Return the body and Akismet's headers of an answer to a check, which always has a guid."""
    found = {name.lower(): value for name, value in answer.headers.items()}
    assert answer.status_code == 200
    assert re.fullmatch(r"[0-9a-f]{32}", found.pop("x-akismet-guid"))
    ours = {name: value for name, value in found.items() if name.startswith("x-akismet")}
    return answer.content.decode(), ours


def test_clean_text_is_no_spam_and_certain_spam_may_be_discarded(ask: Ask) -> None:
    assert told(ask(comment_content=CLEAN)) == ("false", {})
    body, headers = told(ask(comment_content=SPAM))
    assert body == "true"
    assert headers.keys() <= {"x-akismet-pro-tip"}
    assert not Comment.objects.exists()


def test_only_what_the_policy_rejects_may_be_discarded(ask: Ask) -> None:
    rejected = "Купи дипломи та ліцензії недорого! " + SPAM + " " + SPAM
    assert told(ask(comment_content=rejected)) == ("true", {"x-akismet-pro-tip": "discard"})


def test_a_doubtful_text_is_held_and_nobody_publishes_it(ask: Ask) -> None:
    assert told(ask(comment_content=DOUBTFUL)) == ("true", {"x-akismet-error": "doubtful"})


def test_a_key_can_let_doubtful_texts_be_checked_again(ask: Ask, check_key: CheckKey) -> None:
    key = check_key(doubt=Doubt.LATER)
    found = told(ask(api_key=key, comment_content=DOUBTFUL))
    assert found == ("false", {"x-akismet-recheck-after": "120"})


def test_insults_are_spam_only_if_the_key_says_so(ask: Ask, check_key: CheckKey) -> None:
    assert told(ask(comment_content=INSULT)) == ("false", {})
    strict = check_key("strict", toxicity_is_spam=True)
    body, headers = told(ask(api_key=strict, comment_content=INSULT))
    assert body == "true"
    assert "x-akismet-pro-tip" not in headers


def test_the_answer_is_a_page_for_programs(ask: Ask) -> None:
    answer = ask(comment_content=CLEAN)
    assert not answer.cookies
    assert answer["Content-Type"].startswith("text/plain")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("lacking", ["blog", "user_ip"])
def test_a_missing_field_is_named(ask: Ask, lacking: str) -> None:
    body, headers = told(ask(comment_content=CLEAN, **{lacking: " "}))
    assert body == f"Missing required field: {lacking}."
    assert headers == {"x-akismet-debug-help": f'Empty "{lacking}" value'}


def test_an_unknown_key_is_invalid_and_still_has_a_guid(ask: Ask) -> None:
    body, headers = told(ask(api_key="000000000000", comment_content=CLEAN))
    assert (body, list(headers)) == ("invalid", ["x-akismet-debug-help"])


def test_the_key_may_be_in_the_host_name_whose_capitals_are_lost(
    client: Client, check_key: CheckKey, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = [".comments.example"]
    sent = {"blog": "https://b.example", "user_ip": "203.0.113.9", "comment_content": CLEAN}
    host = f"{check_key()}.comments.example"
    for written in (host, host.upper()):
        answer = client.post("/1.1/comment-check", sent, headers={"host": written})
        assert told(answer) == ("false", {})
    wrong = client.post("/1.1/comment-check", sent, headers={"host": "comments.example"})
    assert told(wrong)[0] == "invalid"


def test_json_bodies_and_bodies_without_a_type_are_read(
    client: Client, check_key: CheckKey
) -> None:
    key = check_key()
    sent = {"api_key": key, "blog": "b", "user_ip": "1.1.1.1", "comment_content": SPAM}
    as_json = client.post("/1.1/comment-check", json.dumps(sent), content_type="application/json")
    form = "&".join(f"{name}={value}" for name, value in sent.items())
    untyped = client.post("/1.1/comment-check", form.encode(), content_type="text/plain")
    assert told(as_json)[0] == told(untyped)[0] == "true"


@pytest.mark.parametrize("body", ["[1]", '{"api_key":{"a":1}}', '"\\ud800"'])
def test_a_body_without_a_key_is_only_invalid(client: Client, body: str) -> None:
    answer = client.post("/1.1/comment-check", body, content_type="application/json")
    assert told(answer)[0] == "invalid"


@pytest.mark.parametrize("body", ["{", '{"a":' * 50_000, f'{{"a":"{"x" * 1_100_000}"}}'])
def test_what_cannot_be_read_does_not_pass(client: Client, body: str) -> None:
    answer = client.post("/1.1/comment-check", body, content_type="application/json")
    assert told(answer) == ("true", {"x-akismet-error": "unreadable"})


def test_a_spammer_cannot_add_so_many_fields_that_the_check_fails(
    client: Client, check_key: CheckKey
) -> None:
    sent = {"api_key": check_key(), "blog": "b", "user_ip": "1.1.1.1", "comment_content": SPAM}
    form = urlencode({**sent, **{f"POST_{number}": "x" for number in range(3000)}})
    kind = "application/x-www-form-urlencoded"
    assert told(client.post("/1.1/comment-check", form, content_type=kind))[0] == "true"
    many = {**sent, **{f"POST_{number}": "x" for number in range(3000)}}
    found = told(client.post("/1.1/comment-check", many))
    assert found == ("true", {"x-akismet-error": "unreadable"})


@pytest.mark.parametrize("field", ["comment_content", "comment_author", "comment_author_url"])
def test_what_is_longer_than_anybody_writes_does_not_pass(ask: Ask, field: str) -> None:
    found = told(ask(**{"comment_content": CLEAN, field: "слово " * 11_000}))
    assert found == ("true", {"x-akismet-error": "too_long"})


def test_odd_characters_neither_fail_nor_hide_a_text(client: Client, check_key: CheckKey) -> None:
    key = check_key(text_kept_days=1)
    text = f"\ud800\0{SPAM}"
    sent = {"api_key": key, "blog": "b", "user_ip": "?", "comment_content": text}
    answer = client.post("/1.1/comment-check", json.dumps(sent), content_type="application/json")
    assert told(answer)[0] == "true"
    assert CheckedText.objects.get().text == f"?{SPAM}"


@pytest.mark.parametrize(
    "fields",
    [
        {"comment_author": "viagra-test-123"},
        {"comment_author": "akismet-guaranteed-spam", "user_role": "administrator"},
        {"comment_author_email": "Akismet-Guaranteed-Spam@example.com"},
    ],
)
def test_the_documented_test_authors_are_spam(ask: Ask, fields: dict[str, str]) -> None:
    assert told(ask(comment_content=CLEAN, is_test="1", **fields)) == ("true", {})


def test_an_administrator_of_the_other_system_is_never_spam(ask: Ask) -> None:
    for fields in ({"user_role": "editor, administrator"}, {"user_role[0]": "administrator"}):
        assert told(ask(comment_content=SPAM, **fields)) == ("false", {})
    assert told(ask(comment_content=SPAM, user_role="editor"))[0] == "true"


def test_a_filled_in_honeypot_makes_a_text_doubtful(ask: Ask) -> None:
    trap = {"honeypot_field_name": "trap"}
    assert told(ask(comment_content=CLEAN, **trap, trap="x"))[1] == {"x-akismet-error": "doubtful"}
    assert told(ask(comment_content=CLEAN, **trap, trap=""))[0] == "false"


def test_html_is_read_as_text(ask: Ask) -> None:
    html = "<p>Дякую за статтю!</p>\n<blockquote>Міст &amp; дорога</blockquote><em>Так</em>"
    assert told(ask(comment_content=html))[0] == "false"
    linked = re.sub(r"(https\S+\d)", r'<a rel=nofollow href="\1">тут</a>', DOUBTFUL)
    assert told(ask(comment_content=linked))[1] == {"x-akismet-error": "doubtful"}


def test_a_request_without_a_text_is_judged_by_the_name(ask: Ask) -> None:
    assert told(ask(comment_type="signup", comment_author="Олена"))[0] == "false"
    advert = ask(comment_type="signup", comment_author="Казино бонус best-casino.com")
    assert told(advert)[0] == "true"


def test_a_model_that_fails_lets_nothing_pass(
    ask: Ask, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_registry, "_loaded", {})
    settings.MODEL_DIR = str(tmp_path)
    assert told(ask(comment_content=CLEAN)) == ("true", {"x-akismet-error": "unavailable"})


def test_a_database_that_is_out_lets_nothing_pass(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out(_key: str) -> SiteKey:
        raise OperationalError

    monkeypatch.setattr(views, "require_check_key", out)
    assert told(ask(comment_content=CLEAN)) == ("true", {"x-akismet-error": "unavailable"})


@pytest.mark.usefixtures("broker")
def test_too_many_checks_let_nothing_pass(ask: Ask, settings: Any) -> None:
    settings.THROTTLES, settings.THROTTLE_CHECKS = True, parse_many("1/minute")
    assert told(ask(comment_content=CLEAN)) == ("false", {})
    assert told(ask(comment_content=CLEAN)) == ("true", {"x-akismet-error": "throttled"})
    assert ask("1.2/usage-limit").status_code == 429


def test_checks_are_counted_and_texts_kept_as_the_key_says(ask: Ask, check_key: CheckKey) -> None:
    ask(comment_content=CLEAN)
    ask(comment_content=SPAM)
    key = SiteKey.objects.get()
    used = checks.usage(key, since=timezone.localdate())
    assert (used.checks, used.spam) == (2, 1)
    assert not CheckedText.objects.exists()
    keeping = check_key("keeping", text_kept_days=3)
    ask(api_key=keeping, comment_content=CLEAN, comment_author_email="a@example.org", is_test="1")
    assert not CheckedText.objects.exists()
    ask(api_key=keeping, comment_content=CLEAN, comment_author_email="a@example.org")
    row = str(CheckedText.objects.values())
    assert CLEAN in row
    assert "a@example" not in row
    assert "203.0.113.9" not in row
    assert CheckDay.objects.count() == 2
