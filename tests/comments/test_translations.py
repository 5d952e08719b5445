"""Every visible sentence has a Ukrainian translation."""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

APPS = ("comments", "moderation", "config/operations")
# Django's own sentences, better translated.
CATALOGS = (*APPS, "config")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def folder(app: str) -> Path:
    return Path(settings.BASE_DIR) / app / "locale/uk/LC_MESSAGES"


def catalog(app: str) -> Catalog:
    with (folder(app) / "django.po").open(encoding="utf-8") as file:
        return read_po(file, locale="uk")


def forms(entry: Message) -> list[str]:
    """The translations of a string: several if it has plural forms."""
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or ())


def words(catalog: Catalog) -> dict[Any, list[str]]:
    """What each string became; the keys and values of both readers must agree."""
    return {
        entry.id if isinstance(entry.id, str) else tuple(entry.id): forms(entry)
        for entry in catalog
        if entry.id
    }


def sources(app: str) -> Iterator[tuple[Path, str]]:
    base = Path(settings.BASE_DIR) / app
    for path in base.rglob("*.py"):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for path in base.rglob("templates/**/*.*"):
        yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path))


def said(app: str) -> dict[str | tuple[str, ...], Path]:
    """Each translatable string of the app, with a file that contains it."""
    found: dict[str | tuple[str, ...], Path] = {}
    for path, code in sources(app):
        for _, message, _, _ in extract("python", BytesIO(code.encode()), KEYWORDS):
            found[message] = path
    return found


@pytest.mark.parametrize("app", APPS)
def test_every_string_has_a_ukrainian_translation(app: str) -> None:
    translated = catalog(app)
    missing = {}
    for message, path in said(app).items():
        entry = translated.get(message if isinstance(message, str) else message[0])
        strings = entry.string if entry and isinstance(entry.string, tuple) else None
        whole = all(strings) if strings else bool(entry and entry.string)
        if not whole or (entry and entry.fuzzy):
            missing[message] = str(path)
    assert said(app)
    assert not missing


@pytest.mark.parametrize("app", APPS)
def test_every_translation_is_used(app: str) -> None:
    spoken = {words if isinstance(words, str) else words[0] for words in said(app)}
    unsaid = [
        entry.id
        for entry in catalog(app)
        if entry.id and (entry.id if isinstance(entry.id, str) else entry.id[0]) not in spoken
    ]
    assert not unsaid


@pytest.mark.parametrize("app", CATALOGS)
def test_the_compiled_catalogue_has_the_same_texts(app: str) -> None:
    with (folder(app) / "django.mo").open("rb") as file:
        compiled = words(read_mo(file))
    assert compiled == words(catalog(app))


def test_no_compiled_catalogue_is_committed() -> None:
    """It is generated at each start, and two branches could not be merged."""
    root = Path(settings.BASE_DIR)
    if not (root / ".git").exists():
        pytest.skip("this is no checkout")
    kept = subprocess.run(
        ["git", "ls-files", "*.mo"], cwd=root, capture_output=True, text=True, check=True
    )
    assert kept.stdout == ""


@pytest.mark.parametrize("app", APPS)
def test_no_string_has_different_translations_in_two_apps(app: str) -> None:
    with override("uk"):
        others = {
            entry.id: (gettext(entry.id), entry.string)
            for entry in catalog(app)
            if isinstance(entry.id, str) and entry.id and gettext(entry.id) != entry.string
        }
    assert not others


@pytest.mark.parametrize("app", CATALOGS)
def test_a_translation_keeps_the_placeholders_of_its_string(app: str) -> None:
    for entry in catalog(app):
        for string in forms(entry):
            original = entry.id if isinstance(entry.id, str) else entry.id[0]
            if original:
                kept, given = set(PLACE.findall(string)), set(PLACE.findall(original))
                # A library's sentence may be said in fewer words.
                assert kept == given or (app == "config" and kept < given), original


@pytest.mark.parametrize("app", APPS)
def test_a_count_has_the_ukrainian_plural_forms(app: str) -> None:
    header = (folder(app) / "django.po").read_text(encoding="utf-8")
    assert re.search(r"nplurals=[34];", header)
    for entry in catalog(app):
        if entry.pluralizable:
            assert len(set(forms(entry))) >= 3, entry.id


def test_all_apostrophes_are_the_typographic_one() -> None:
    other = re.compile("[а-яіїєґ]['ʼ`][а-яіїєґ]", re.IGNORECASE)
    for app in APPS:
        for entry in catalog(app):
            assert not other.search("".join(forms(entry))), entry.id


def test_no_translation_was_left_in_english() -> None:
    alike = {"E-mail"}
    for app in APPS:
        for entry in catalog(app):
            if entry.id and entry.id not in alike:
                assert re.search("[а-яіїєґ]", "".join(forms(entry)).lower()), entry.id


def test_templates_have_no_untranslated_text() -> None:
    letters = re.compile(r">[^<>{}]*[A-Za-zА-яІіЇїЄєҐґ]{2,}[^<>{}]*<")
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("templates/**/*.html"):
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", text, flags=re.S)
            text = re.sub(r"{%.*?%}|{{.*?}}", "{}", text, flags=re.S)
            assert not letters.findall(text), path
