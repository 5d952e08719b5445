"""docs/modules.md, made from the docstrings: `python -m tests.module_list` writes it."""

import ast
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/modules.md"
PACKAGES = ("config", "comments", "moderation")
HEAD = """# Every module, in a sentence

Made from the modules' docstrings by `python -m tests.module_list`; a test fails when it is old. The
map of the packages is in [architecture.md](architecture.md).
"""


def page() -> str:
    parts = [HEAD]
    for folder, modules in groupby(_described(), key=lambda each: each[0].parent):
        lines = [f"- `{path.name}`: {sentence}" for path, sentence in modules]
        parts += [f"## {folder}\n", "\n".join(lines) + "\n"]
    return "\n".join(parts)


def _described() -> Iterator[tuple[Path, str]]:
    """Each module that has a docstring, folder by folder, with its first sentence."""
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
