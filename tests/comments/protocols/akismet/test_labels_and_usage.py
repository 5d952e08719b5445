"""What people correct becomes labels, and the usage of a key is told in Akismet's words."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comments.models import CheckedText, Label
from tests.comments.protocols.akismet.conftest import Ask
from tests.comments.protocols.texts import CLEAN, SPAM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_second_judge_has_time")]
CheckKey = Callable[..., str]
THANKS = b"Thanks for making the web a better place."


def test_a_correction_labels_the_kept_text(ask: Ask, check_key: CheckKey) -> None:
    key = check_key(text_kept_days=30)
    said = {"api_key": key, "comment_content": CLEAN, "comment_author": "Олена"}
    ask(**said)
    answer = ask("1.1/submit-spam", **said, reporter="andrii", comment_check_response="false")
    assert answer.content == THANKS
    kept = CheckedText.objects.get()
    assert (kept.label, kept.outcome, kept.text) == (Label.SPAM, "publish", CLEAN)
    ask("1.1/submit-ham", **said)
    assert CheckedText.objects.get().label == Label.HAM


def test_a_correction_of_a_test_teaches_nothing(ask: Ask) -> None:
    assert ask("1.1/submit-ham", comment_content=CLEAN, is_test="true").content == THANKS
    assert not CheckedText.objects.exists()


def test_corrections_need_only_a_key(client: Client, check_key: CheckKey) -> None:
    sent = json.dumps({"key": check_key(), "comment_content": SPAM})
    answer = client.post("/1.1/submit-spam", sent, content_type="application/json")
    assert answer.content == THANKS
    assert client.post("/1.1/submit-spam", {"comment_content": SPAM}).content == b"invalid"


def test_a_key_is_verified(ask: Ask, check_key: CheckKey) -> None:
    assert ask("1.1/verify-key").content == b"valid"
    assert ask("1.1/verify-key", api_key="", key=check_key("second")).content == b"valid"
    assert ask("1.1/verify-key", api_key="123456789012").content == b"invalid"


def test_usage_is_told_by_month_and_site(ask: Ask, client: Client, check_key: CheckKey) -> None:
    key = check_key()
    ask(api_key=key, comment_content=CLEAN)
    ask(api_key=key, comment_content=SPAM)
    ask("1.1/submit-spam", api_key=key, comment_content=CLEAN)
    limit = client.get("/1.2/usage-limit", {"api_key": key}).json()
    assert limit == {"limit": "none", "usage": 2, "percentage": "0.00", "throttled": False}
    month = f"{timezone.localdate():%Y-%m}"
    found = client.get("/1.2/key-sites", {"api_key": key, "month": month}).json()
    (row,) = found[month]
    counted = {name: row[name] for name in ("api_calls", "spam", "ham", "missed_spam")}
    assert counted == {"api_calls": "2", "spam": "1", "ham": "1", "missed_spam": "1"}
    earlier = client.get("/1.2/key-sites", {"api_key": key, "month": "2020-01"}).json()
    assert earlier["2020-01"][0]["api_calls"] == "0"
    table = client.get("/1.2/key-sites", {"api_key": key, "format": "csv"}).content.decode()
    assert table.splitlines()[0].startswith("site,api_calls,spam,ham,missed_spam")
    assert ask("1.1/get-subscription", api_key=key).json()["status"] == "active"
    assert ask("1.1/get-stats", api_key=key).json()["missed_spam"] == 1


def test_labels_leave_as_lines_that_the_evaluation_reads(
    ask: Ask, check_key: CheckKey, tmp_path: Path
) -> None:
    key = check_key(text_kept_days=30)
    for path, text in (("submit-ham", CLEAN), ("submit-spam", SPAM)):
        ask(api_key=key, comment_content=text)
        ask(f"1.1/{path}", api_key=key, comment_content=text)
    ask("1.1/submit-spam", api_key=check_key("keeps nothing"), comment_content=SPAM)
    ask(api_key=key, comment_content="Без мітки")
    file, said = tmp_path / "labels.jsonl", StringIO()
    call_command("export_labels", str(file), stdout=said)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(each["text"], each["want"], each["spam"]) for each in rows] == [
        (CLEAN, "publish", 0),
        (SPAM, "remove", 1),
    ]
    assert "2" in said.getvalue()
    out = StringIO()
    call_command("evaluate_policy", str(file), "--by", "lang", stdout=out)
    assert "uk" in out.getvalue()
