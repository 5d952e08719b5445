"""Compile translations that are missing or older than their source.

`python config/translations.py` runs it; it needs neither gettext nor any setting.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("comments", "config", "moderation")


def outdated() -> Iterator[Path]:
    """Yield each catalogue whose compiled version is missing or older."""
    for package in PACKAGES:
        for source in sorted((ROOT / package).rglob("LC_MESSAGES/django.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                yield source


def compile_outdated() -> None:
    """Replace each file atomically: other processes may compile or read it at the same time."""
    for source in outdated():
        temporary = source.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(source)).save_as_mofile(str(temporary))
        temporary.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    compile_outdated()
