"""The table of what each threshold takes counts the texts at or above it."""

import json
from pathlib import Path

import numpy as np

from moderation.classifier.training import shares
from tests.moderation.classifier.training.test_command import run


def test_shares_of_hand_made_scores() -> None:
    columns = [("3 toxic", np.array([0.95, 0.5, 0.15])), ("2 others", np.array([0.05, 0.1]))]
    lines = list(shares.table(columns))
    assert lines[:2] == ["| score | 3 toxic | 2 others |", "|---|---|---|"]
    assert "| 0.1 | 100.0% | 50.0% |" in lines
    assert "| 0.5 | 66.7% | 0.0% |" in lines
    assert lines[-1] == "| 0.95 | 33.3% | 0.0% |"


def test_the_command_takes_the_labels_of_each_file(tmp_path: Path) -> None:
    file = tmp_path / "ours.jsonl"
    texts = [("You are a stupid idiot", 1), ("Thank you for the article", 0)]
    file.write_text("".join(json.dumps({"text": t, "toxic": n}) + "\n" for t, n in texts))
    done = run("shares", "--second", "off", str(file))
    assert done.returncode == 0, done.stderr
    assert "| score | ours, 1 with toxicity | ours, 1 others |" in done.stdout
    assert "| 0.5 | 100.0% | 0.0% |" in done.stdout
    assert "spam" not in done.stdout
