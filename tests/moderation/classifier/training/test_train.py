"""Training on a small set gives the same bytes twice, and refuses malformed data."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.linear_model import LogisticRegression

from moderation.classifier import DataError, load
from moderation.classifier.training import card, synthetic, templates
from moderation.classifier.training.aims import AIMS
from moderation.classifier.training.datasets import (
    SOURCES,
    SPANS,
    TRANSLATED,
    Example,
    held_out,
    read_training,
)
from moderation.classifier.training.licences import LICENCES, all_open, is_open
from moderation.classifier.training.train import Plan, build, gather, train

RUDE = ["дурень", "ідіот", "тупий", "нікчема", "moron", "idiot", "stupid", "дурак", "тупица"]
KIND = ["дякую", "цікаво", "гарно", "згоден", "thanks", "nice", "agreed", "спасибо", "хорошо"]
OFFERS = ["заробіток щодня", "free money", "лёгкий доход", "виграй приз", "casino bonus"]


def labelled(toxicity: bool, spam: bool) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number in range(24):
        rude, kind = RUDE[number % len(RUDE)], KIND[number % len(KIND)]
        if toxicity:
            rows.append({"text": f"ти {rude} {number}", "toxic": 1, "lang": "uk"})
            rows.append({"text": f"{kind} you {number}", "toxic": 0, "lang": "en"})
            rows.append({"text": f"ты дурень {number}", "toxic": 1, "pair": "one pair"})
        if spam:
            offer = OFFERS[number % len(OFFERS)]
            rows.append({"text": f"{offer} https://a{number}.example.com", "spam": 1, "lang": "ru"})
            rows.append({"text": f"{kind} {number}", "spam": 0, "toxic": 0, "lang": "uk"})
    return rows


def write(path: Path, rows: list[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "train"
    folder.mkdir(parents=True)
    for source in SOURCES:
        rows = labelled(source.toxicity == "label", source.spam == "label")
        write(folder / f"{source.name}.jsonl.gz", rows)
    translated = [{"ru": f"ты дурень {n}", "uk": f"ти дурень {n}", "toxic": 1} for n in range(5)]
    write(folder / f"{TRANSLATED}.jsonl.gz", list(translated))
    marked = [{"text": f"you fool number {n}", "spans": [4, 5, 6, 7], "toxic": 1} for n in range(9)]
    write(folder / f"{SPANS}.jsonl.gz", list(marked))
    return tmp_path / "data"


def few(data: Path) -> list[Example]:
    families = {"english talk pages", "english videos", "ukrainian essays"}
    return [found for found in read_training(data / "train") if found.family in families]


def test_the_same_data_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    examples = few(data)
    versions = [build(examples, tmp_path / name) for name in ("one", "two")]
    assert versions[0] == versions[1]
    for name in ("weights.npz", "info.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    classifier = load(tmp_path / "one")
    assert classifier.version == versions[0]
    rude, kind = classifier.score(["ти дурень", "дякую"])
    assert rude["toxicity"] > kind["toxicity"]


class Interrupted(BaseException):
    """Stands in for Ctrl-C."""


def test_an_interrupted_training_resumes_and_gives_the_same_bytes(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples, keep, fitted = few(data), tmp_path / "build", []
    build(examples, tmp_path / "whole")
    fit = LogisticRegression.fit

    def third_time_stops(*args: object, **kwargs: object) -> object:
        fitted.append(1)
        if len(fitted) == 3:
            raise Interrupted
        return fit(*args, **kwargs)

    monkeypatch.setattr(LogisticRegression, "fit", third_time_stops)
    with pytest.raises(Interrupted):
        build(examples, tmp_path / "resumed", keep)
    assert not (tmp_path / "resumed").exists()
    finished = {path.name for path in keep.glob("*.npz")}
    assert any(name.startswith("counts-") for name in finished)
    assert len(finished) == 3
    build(examples, tmp_path / "resumed", keep)
    resumed = len(fitted)
    for name in ("weights.npz", "info.json"):
        whole, after = ((tmp_path / folder / name).read_bytes() for folder in ("whole", "resumed"))
        assert whole == after
    build(examples, tmp_path / "again", keep)
    # Only the two calibrations, which take no time, are fitted again.
    assert len(fitted) - resumed == len(AIMS)


def test_a_changed_text_is_counted_and_fitted_again(data: Path, tmp_path: Path) -> None:
    examples, keep = few(data), tmp_path / "build"
    before = build(examples, tmp_path / "one", keep)
    changed = [replace(examples[0], text="зовсім інший текст"), *examples[1:]]
    assert build(changed, tmp_path / "two", keep) == build(changed, tmp_path / "three") != before


def test_a_truncated_result_is_made_again(data: Path, tmp_path: Path) -> None:
    examples, keep = few(data), tmp_path / "build"
    before = build(examples, tmp_path / "one", keep)
    for path in keep.glob("*.npz"):
        path.write_bytes(path.read_bytes()[:100])
    assert build(examples, tmp_path / "two", keep) == before


def test_a_translation_is_in_the_group_of_its_original(data: Path) -> None:
    examples = read_training(data / "train")
    translated = [example for example in examples if example.source == TRANSLATED]
    assert [example.group for example in translated] == ["one pair"] * 5


def test_a_marked_comment_gives_an_example_of_its_marks_and_one_of_the_rest(data: Path) -> None:
    found = [example for example in read_training(data / "train") if example.source == SPANS]
    assert {(example.text, example.toxicity) for example in found} >= {("fool", 1)}
    assert all(example.text.startswith("you number") for example in found if not example.toxicity)
    assert not any(held_out(example.group) for example in found)


def test_a_missing_set_is_reported_in_one_sentence(data: Path, tmp_path: Path) -> None:
    (data / "train" / "spam_en_sms.jsonl.gz").unlink()
    with pytest.raises(DataError, match="lacks spam_en_sms"):
        train(Plan(data, tmp_path / "out", tmp_path / "build"))


@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"{oops\n"), gzip.compress(b"[]\n")],
    # Explicit ids, because gzip content has a timestamp.
    ids=["not gzip", "not JSON", "not an object"],
)
def test_a_broken_set_is_reported_in_one_sentence(
    data: Path, tmp_path: Path, content: bytes
) -> None:
    (data / "train" / "spam_en_sms.jsonl.gz").write_bytes(content)
    with pytest.raises(DataError, match="spam_en_sms"):
        train(Plan(data, tmp_path / "out", tmp_path / "build"))


CLOSED = "лише в наборі без ліцензії"


def add(path: Path, *rows: dict[str, object]) -> None:
    """Append to a set. Concatenated gzip files are read as one."""
    with gzip.open(path, "at", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def open_and_closed(data: Path) -> Path:
    """Sets that are not open get a text of their own, with a translation."""
    train_folder = data / "train"
    for source in SOURCES:
        if not is_open(source.name):
            row = {"text": CLOSED, "toxic": 1, "spam": 1, "lang": "ru"}
            add(train_folder / f"{source.name}.jsonl.gz", row)
    rude = "toxicity_ru_rudetoxifier_positives"
    add(train_folder / f"{rude}.jsonl.gz", {"text": "открытый", "toxic": 1, "lang": "ru"})
    add(train_folder / f"{rude}.jsonl.gz", {"text": "спорный", "toxic": 1, "lang": "ru"})
    add(
        train_folder / f"{TRANSLATED}.jsonl.gz",
        {"ru": CLOSED, "uk": CLOSED, "toxic": 1},
        {"ru": "открытый", "uk": "відкритий", "toxic": 1},
        # Labelled so by another set, which may not be open.
        {"ru": "спорный", "uk": "спірний", "toxic": 0},
    )
    return data


def test_open_training_reads_no_text_and_no_translation_of_a_set_that_is_not_open(
    open_and_closed: Path,
) -> None:
    everything = {example.text for example in read_training(open_and_closed / "train")}
    assert {CLOSED, "відкритий", "спірний"} <= everything
    examples = read_training(open_and_closed / "train", only_open=True)
    assert CLOSED not in {example.text for example in examples}
    translated = {example.text for example in examples if example.source == TRANSLATED}
    assert "відкритий" in translated
    assert "спірний" not in translated
    read = {example.source for example in examples} - {TRANSLATED}
    assert read == {name for name in LICENCES if is_open(name)} - {
        synthetic.SOURCE,
        templates.SOURCE,
    }


def test_open_training_makes_copies_only_of_open_texts(
    open_and_closed: Path, tmp_path: Path
) -> None:
    plan = Plan(open_and_closed, tmp_path, tmp_path, translate=False, only_open=True)
    examples = gather(plan)
    assert all_open({example.source for example in examples})
    assert CLOSED not in {example.group for example in examples}
    assert {synthetic.SOURCE, "disguised"} <= {example.source for example in examples}


def test_a_model_of_open_texts_works_and_its_card_says_what_it_is(
    open_and_closed: Path, tmp_path: Path
) -> None:
    examples = read_training(open_and_closed / "train", only_open=True)
    version = build(examples, tmp_path / "open")
    rude, kind = load(tmp_path / "open").score(["ти дурень", "дякую"])
    assert rude["toxicity"] > kind["toxicity"]
    card.write(tmp_path / "open", open_and_closed)
    written = (tmp_path / "open" / "card.md").read_text("utf-8")
    assert f"Model {version}." in written
    assert "not stated" not in written
    assert "limited" not in written
    assert "Trained on the open sets alone" not in written
