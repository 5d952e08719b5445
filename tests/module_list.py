"""Generate docs/modules.md from the modules' docstrings: `python -m tests.module_list`."""

import ast
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/modules.md"
PACKAGES = ("config", "comments", "moderation")
HEAD = """# All modules

Generated from the modules' docstrings by `python -m tests.module_list`; a test fails if it is out
of date. [architecture.md](architecture.md) has a map of the packages.
"""


def page() -> str:
    parts = [HEAD]
    for folder, modules in groupby(_described(), key=lambda each: each[0].parent):
        lines = [f"- `{path.name}`: {sentence}" for path, sentence in modules]
        parts += [f"## {folder}\n", "\n".join(lines) + "\n"]
    return "\n".join(parts)


def _described() -> Iterator[tuple[Path, str]]:
    """Yield each module that has a docstring, with its first sentence, sorted by folder."""
    found = [
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
    ]
    for path in sorted(found, key=lambda each: (each.parts[:-1], each.name)):
        text = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8"))) or ""
        first = " ".join(text.split("\n\n")[0].split())
        if first:
            yield path, first


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
