"""manage.py evaluate_policy, and the labelled comments by category that it is run on."""

import json
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config import metrics
from moderation import model_registry
from moderation.classifier.training.categories import interval
from tests.moderation.classifier.onnx_models import make_judge

CATEGORIES = sorted((Path(__file__).parent / "classifier/categories").glob("*.jsonl"))
INSULT = {"text": "You are a stupid idiot, shut up.", "want": "remove", "kind": "insult"}
THANKS = {"text": "Thank you for the article.", "want": "publish", "kind": "thanks"}


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for path in CATEGORIES for line in path.read_text().splitlines()]


def evaluated(capsys: pytest.CaptureFixture[str], *arguments: Any) -> list[str]:
    call_command("evaluate_policy", *arguments)
    return capsys.readouterr().out.splitlines()


def written(folder: Path, *lines: object) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def test_outcomes_are_counted_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, INSULT, THANKS, {**THANKS, "want": "remove"})
    assert evaluated(capsys, path)[2:] == [
        "| thanks | publish | 1 | 1 | 0 | 0 | 0.0% | 0.0% to 79.3% |",
        "| insult | remove | 1 | 0 | 1 | 0 | 0.0% | 0.0% to 79.3% |",
        "| thanks | remove | 1 | 1 | 0 | 0 | 100.0% | 20.7% to 100.0% |",
        "| all | publish | 1 | 1 | 0 | 0 | 0.0% | 0.0% to 79.3% |",
        "| all | remove | 2 | 1 | 1 | 0 | 50.0% | 9.5% to 90.5% |",
    ]


def test_a_slow_judge_has_time_for_every_text(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_registry, "_loaded", {})
    settings.ONNX_JUDGE_DIR = str(make_judge(tmp_path / "judge"))
    seconds, results = count(step=0.4), set()
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(metrics, "count_judged", lambda **said: results.add(said["result"]))
    call_command("evaluate_policy", written(tmp_path, *[INSULT] * 120))
    assert results == {"scored"}


def test_texts_with_a_wrong_outcome_are_printed_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, INSULT, {**THANKS, "want": "remove"})
    assert evaluated(capsys, path, "--wrong")[-1] == "thanks: publish: Thank you for the article."


def test_a_name_and_a_website_are_judged_with_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, {**THANKS, "author_name": "Best casino bonus", "want": "remove"})
    assert "| thanks | remove | 1 | 0 | 1 | 0 |" in "\n".join(evaluated(capsys, path))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ([], "labelled.jsonl:1: not a JSON object with text and want."),
        ({"text": "Hello."}, "labelled.jsonl:1: not a JSON object with text and want."),
        ({**THANKS, "want": []}, "want must be publish or remove, not '[]'."),
        ({**THANKS, "want": "keep"}, "want must be publish or remove, not 'keep'."),
    ],
)
def test_an_invalid_line_is_reported_with_its_number(
    tmp_path: Path, line: object, message: str
) -> None:
    with pytest.raises(CommandError, match=r"labelled\.jsonl:1") as error:
        call_command("evaluate_policy", written(tmp_path, line))
    assert message in str(error.value)


def test_a_missing_file_is_reported() -> None:
    with pytest.raises(CommandError, match=r"^/nowhere/x\.jsonl cannot be read"):
        call_command("evaluate_policy", "/nowhere/x.jsonl")


def test_the_interval_of_a_share() -> None:
    low, high = interval(50, 100)
    assert (round(low, 3), round(high, 3)) == (0.404, 0.596)


def test_the_categories_are_large_and_each_text_is_there_once(rows: list[dict[str, Any]]) -> None:
    assert len(rows) >= 1500
    assert len({(row["lang"], row["text"].casefold()) for row in rows}) == len(rows)
    for language in ("uk", "ru", "en"):
        kinds = Counter((row["kind"], row["want"]) for row in rows if row["lang"] == language)
        assert len(kinds) == 45
        assert min(kinds.values()) >= 10


def test_labels_of_a_category_agree_with_the_wanted_outcome(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert row["toxic"] + row["spam"] == (row["want"] == "remove"), row["text"]
