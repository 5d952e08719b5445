"""The documents for newcomers name existing files and commands only."""

import re

import pytest

from tests import module_list
from tests.test_architecture import ROOT

PAGES = ["CONTRIBUTING.md", "SECURITY.md", "docs/deploy/README.md"]
# What make or an operator creates, and placeholders.
NOT_KEPT = re.compile(r"^(secrets/|\.env$|\.venv|/)|CODE|FILE")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
QUOTED = re.compile(r"`([\w./-]*/[\w./-]*|[\w-]+\.(?:py|md|yml|toml|txt))`")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    folder = (ROOT / page).parent
    links = LINK.findall((ROOT / page).read_text())
    assert links
    assert [each for each in links if not (folder / each).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    text = (ROOT / page).read_text()
    named = [each for each in QUOTED.findall(text) if not NOT_KEPT.search(each)]
    missing = [each for each in named if not list(ROOT.glob(each)) and not beside(each)]
    assert missing == []


def beside(name: str) -> bool:
    """Return whether a bare file name is one in the folder that the sentence names."""
    return "/" not in name and any(ROOT.glob(f"moderation/**/{name}"))


@pytest.mark.parametrize("page", [*PAGES, "README.md"])
def test_every_make_target_exists(page: str) -> None:
    text = (ROOT / page).read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("page", [*PAGES, "README.md", "docs/operating.md"])
def test_every_module_to_run_exists(page: str) -> None:
    text = (ROOT / page).read_text()
    modules = re.findall(r"python -m ((?:moderation|config|comments|tests)[\w.]*)", text)
    assert [each for each in modules if not runnable(each)] == []


def runnable(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__main__.py").exists()


def test_the_module_list_is_up_to_date() -> None:
    assert module_list.PAGE.read_text() == module_list.page(), "run python -m tests.module_list"
