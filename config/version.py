"""The program's version: the latest in CHANGELOG.md."""

import re
from importlib import metadata
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
_HEADING = re.compile(r"^## (\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$", re.MULTILINE)


def version() -> str:
    """Return the latest version with a date, or an installed package's own version."""
    if CHANGELOG.is_file() and (heading := _HEADING.search(CHANGELOG.read_text(encoding="utf-8"))):
        return heading[1]
    return metadata.version("peredmova")
