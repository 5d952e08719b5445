"""Russian training texts are translated; without apertium one sentence says what to do."""

import shutil
from pathlib import Path

import pytest

from moderation.classifier import DataError
from moderation.classifier.training import translate
from moderation.classifier.training.datasets import Example

needs_apertium = pytest.mark.skipif(
    translate.missing() is not None, reason="apertium is not installed (it is only for training)"
)


def example(text: str, source: str = "spam_ru_chat", language: str = "ru") -> Example:
    return Example(text, source, "chats", "one group", None, 1, 0.7, language)


@needs_apertium
def test_each_text_is_translated_and_keeps_its_labels(tmp_path: Path) -> None:
    originals = [example("Работа для людей"), example("Новый дом^$ [#1]\\ \0 и город")]
    found = translate.translations(originals, (), tmp_path)
    assert found[0].text == "Робота для людей"
    assert found[1].text.startswith("Новий дім")
    assert "[#1]\\" in found[1].text
    assert {(one.source, one.language) for one in found} == {(translate.SOURCE, "uk")}
    assert {(one.group, one.family, one.spam, one.weight) for one in found} == {
        ("one group", "chats", 1, 0.7)
    }


@needs_apertium
def test_latin_letters_hidden_in_a_word_do_not_stop_its_translation() -> None:
    assert translate.translated(["Paботa для людей"]) == ["работа для людей".replace("ра", "ро", 1)]


@needs_apertium
def test_a_finished_chunk_is_not_translated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals = [example(f"Новый дом {number}") for number in range(5)]
    monkeypatch.setattr(translate, "_CHUNK", 2)
    found = translate.translations(originals, (), tmp_path)
    next(iter(tmp_path.glob("*.json"))).unlink()
    asked: list[int] = []
    translated = translate.translated

    def count(texts: list[str], direction: translate.Direction) -> list[str]:
        asked.append(len(texts))
        return translated(texts, direction)

    monkeypatch.setattr(translate, "translated", count)
    assert translate.translations(originals, (), tmp_path) == found
    assert len(asked) == 1


@needs_apertium
def test_an_empty_text_does_not_shift_the_others() -> None:
    assert translate.translated(["", "вода", "", " "])[1] == "вода"


def test_only_russian_texts_without_a_translation_are_translated() -> None:
    assert translate.wanted(example("Привет, где мыло"))
    assert not translate.wanted(example("Привіт, де мило"))
    assert not translate.wanted(example("hello", language="en"))
    assert not translate.wanted(example("Привет, где мыло", source="toxicity_uk_pairs"))


def test_a_missing_translator_is_reported_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(DataError, match="install the packages apertium") as caught:
        translate.translations([example("Привет")], (), tmp_path)
    assert "TRANSLATE=no" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
