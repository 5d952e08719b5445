"""Translations are compiled by the program itself, and outdated ones are reported."""

import gettext
import os
import time
from pathlib import Path

import pytest

from config import translations
from config.operations import checks

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FUZZY = '#, fuzzy\nmsgid "Draft"\nmsgstr "Чорнетка"\n'


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    path = tmp_path / "comments/locale/uk/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'{HEADER}msgid "Name"\nmsgstr "Ім’я"\n\n{FUZZY}')
    return path


def test_a_missing_translation_is_compiled(source: Path) -> None:
    assert list(translations.outdated()) == [source]
    translations.compile_outdated()
    assert list(translations.outdated()) == []
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Name") == "Ім’я"
    # A translation that nobody has checked since its text changed is not shown.
    assert compiled.gettext("Draft") == "Draft"


def test_a_changed_translation_is_reported_and_compiled_again(source: Path) -> None:
    translations.compile_outdated()
    assert checks.check_translations() == []
    later = time.time() + 5
    os.utime(source, (later, later))
    (said,) = checks.check_translations()
    assert said.hint == "Run `python config/translations.py`."
