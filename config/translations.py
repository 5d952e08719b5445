"""Compile translations that are missing or older than their source.

`python config/translations.py`: a script that needs no gettext on the machine and no setting.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("comments", "config", "moderation")


def outdated() -> Iterator[Path]:
    """Each catalogue whose compiled one is missing or older."""
    for package in PACKAGES:
        for source in sorted((ROOT / package).rglob("LC_MESSAGES/django.po")):
            made = source.with_suffix(".mo")
            if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
                yield source


def compile_outdated() -> None:
    """Whole or not at all: processes may do it at once, or read meanwhile."""
    for source in outdated():
        half = source.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(source)).save_as_mofile(str(half))
        half.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    compile_outdated()
