"""The version of the program: the latest that CHANGELOG.md names."""

import re
from importlib import metadata
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
_HEADING = re.compile(r"^## (\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$", re.MULTILINE)


def version() -> str:
    """The latest version with a date; of an installed package, which has no changelog, its own."""
    if CHANGELOG.is_file() and (heading := _HEADING.search(CHANGELOG.read_text(encoding="utf-8"))):
        return heading[1]
    return metadata.version("peredmova")
