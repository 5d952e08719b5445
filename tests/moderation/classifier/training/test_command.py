"""The command line writes a line for each line of JSON, or one sentence on what is wrong."""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from moderation.classifier.store import SHIPPED

ROOT = Path(__file__).resolve().parents[4]


PROGRAM = ("-m", "moderation.classifier.training")
# A service does not install these: None in their place makes Python refuse the import.
WITHOUT_SCIKIT_LEARN = """
import runpy, sys
sys.modules.update(dict.fromkeys(["joblib", "scipy", "sklearn"]))
runpy.run_module("moderation.classifier.training", run_name="__main__", alter_sys=True)
"""
AS_A_SERVICE = ("-c", WITHOUT_SCIKIT_LEARN)


def run(
    *arguments: str, given: str = "", program: tuple[str, str] = PROGRAM
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *program, *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )


def test_a_service_scores_and_chooses_thresholds_without_scikit_learn(tmp_path: Path) -> None:
    done = run("score", given='{"text": "You are an idiot"}\n', program=AS_A_SERVICE)
    assert json.loads(done.stdout)["toxicity"] > 0.9, done.stderr
    for name in ("info.json", "weights.npz", "second.npz"):
        shutil.copy(SHIPPED / name, tmp_path)
    (tmp_path / "dev").mkdir()
    row = {"text": "You are an idiot", "toxic": 0, "spam": 0}
    (tmp_path / "dev" / "own.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    folders = ("--model", str(tmp_path), "--data", str(tmp_path))
    done = run("thresholds", *folders, program=AS_A_SERVICE)
    assert done.returncode == 0, done.stderr
    assert "| own | toxicity | clean | 1 |" in (tmp_path / "card.md").read_text("utf-8")


def test_without_scikit_learn_training_fails_with_one_sentence(tmp_path: Path) -> None:
    folders = ("--data", str(tmp_path), "--out", str(tmp_path))
    done = run("train", *folders, program=AS_A_SERVICE)
    assert done.returncode == 1
    assert "make model" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_score_writes_one_line_for_each_text_in_order() -> None:
    texts = ["Дякую, цікаво", "You are an idiot", "", "\ud800"]
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = run("score", given=lines)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["language"] for row in rows] == ["uk", "en", "other", "other"]
    names = {"spam", "toxicity", "language", "sure_spam", "sure_toxicity"}
    judges = ("fast", "embedding")
    names |= {f"{judge}_{name}" for judge in judges for name in ("spam", "toxicity")}
    assert all(set(row) == names for row in rows)
    assert all(0 <= row["spam"] <= 1 and 0 <= row["toxicity"] <= 1 for row in rows)
    assert rows[1]["toxicity"] > rows[0]["toxicity"]


def test_score_explains_on_request() -> None:
    text = "You are an idiot"
    done = run("score", "--explain", given=json.dumps({"text": text}) + "\n")
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    parts = row["explanation"]["toxicity"]
    total = parts["base"] + parts["signals"] + sum(weight for _, _, weight in parts["spans"])
    assert abs(total - row["toxicity"]) < 1e-4
    assert [text[start:end] for start, end in parts["marked"]][-1:] == ["idiot"]


def test_score_tells_what_the_thresholds_do_on_request() -> None:
    lines = '{"text": "Thank you, very interesting"}\n{"text": "You are an idiot"}\n'
    done = run("score", "--policy", given=lines)
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
    assert outcomes == ["publish", "hold"]


def test_score_reads_files(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text('{"text": "добре"}\n{"text": "хорошо", "other": 1}\n', "utf-8")
    done = run("score", str(path))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2


def test_a_malformed_line_is_reported_by_its_number() -> None:
    for broken in ("{oops", "[]", '{"texts": "a"}', '{"text": 5}', ""):
        done = run("score", given='{"text": "a"}\n' + broken + "\n")
        assert done.returncode == 1
        assert "line 2" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        # The valid line before it was scored.
        assert len(done.stdout.splitlines()) == 1


def test_missing_files_and_folders_are_reported_in_one_sentence(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    for arguments in (
        ("score", nowhere),
        ("score", "--model", nowhere),
        ("evaluate", nowhere),
        ("train", "--data", nowhere, "--out", str(tmp_path)),
    ):
        done = run(*arguments)
        assert done.returncode == 1
        assert nowhere in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr


def test_evaluate_prints_figures_by_language(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    rows = [
        {"text": "Ти ідіот і дебіл", "toxic": 1},
        {"text": "Дякую за цікаву статтю", "toxic": 0},
        {"text": "You are a moron", "toxic": 1},
        {"text": "Thank you for the story", "toxic": 0},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = run("evaluate", str(path))
    assert done.returncode == 0, done.stderr
    assert "| own.jsonl | toxicity | all | 4 (2) | 1.000" in done.stdout
    assert "| own.jsonl | toxicity | uk | 2 (1) | 1.000" in done.stdout
    assert "spam |" not in done.stdout.splitlines()[-1]
    # So short an insult is held, however high it scores.
    row_start = "| own.jsonl | toxicity |"
    assert f"{row_start} positive | 2 | 0 (0.0%) | 2 (100.0%) | 0 (0.0%) |" in done.stdout
    assert f"{row_start} clean | 2 | 0 (0.0%) | 0 (0.0%) | 2 (100.0%) |" in done.stdout


def test_charts_are_drawn_or_a_missing_library_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"text": "a", "toxic": 1}\n{"text": "b", "toxic": 0}\n', "utf-8")
    done = run("evaluate", str(path), "--plots", str(tmp_path / "charts"))
    if find_spec("matplotlib"):
        assert (tmp_path / "charts" / "own-toxicity.png").read_bytes().startswith(b"\x89PNG")
    else:
        assert done.returncode == 1
        assert "matplotlib" in done.stderr
