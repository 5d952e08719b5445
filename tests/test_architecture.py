"""The code keeps the conventions of docs/architecture.md and CONTRIBUTING.md."""

import ast
import re
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

from config import env
from tests import graph

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [
    path
    for package in ("comments", "moderation", "config")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FORBIDDEN_WORDS = re.compile(
    r"(?<![a-z])(moderated|approved|blocked|bad|prediction|manager|util|utils|helper|helpers)"
    r"(?![a-z])"
)
OURS = ("comments", "moderation", "config")
# Django's own names.
ALLOWED = {"as_manager"}
# scikit-learn and matplotlib take seconds, and `score` needs neither.
LATE_IMPORTS = {
    "moderation/classifier/training/__main__.py",
    "moderation/classifier/training/plots.py",
    # Packages of an optional extra.
    "moderation/classifier/onnx_judge.py",
    # PostgreSQL's driver, which an installation with SQLite does not need.
    "config/env.py",
}


def parsed(path: Path) -> ast.Module:
    """Parse in another thread: a browser's greenlets make this one's recursion count wrong."""
    with ThreadPoolExecutor(1) as parser:
        return parser.submit(ast.parse, path.read_text()).result()


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(parsed(path))


def names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def writes_a_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(t, ast.Attribute) and t.attr == "status" for t in node.targets)
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if called and node.func.attr in {"update", "bulk_update"}:  # type: ignore[attr-defined]
        return any(keyword.arg == "status" for keyword in node.keywords)  # type: ignore[attr-defined]
    return False


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_follows_the_conventions(path: Path) -> None:
    tree = parsed(path)
    assert not [n for n in names(path) if FORBIDDEN_WORDS.search(n.lower()) and n not in ALLOWED]
    within = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    late = str(path.relative_to(ROOT)) in LATE_IMPORTS
    assert late or not within, "imports must be at the top"


def test_files_are_short() -> None:
    assert [
        path.name for path in [*SOURCES, *TESTS] if len(path.read_text().splitlines()) > 300
    ] == []


@pytest.mark.parametrize("files", [SOURCES, TESTS], ids=["service", "tests"])
def test_functions_are_short(files: list[Path]) -> None:
    functions = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in files
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert [name for name, lines in functions.items() if lines > 40] == []
    assert median(functions.values()) < 8


def test_packages_and_modules_do_not_import_each_other_in_a_cycle() -> None:
    """The failure message has all imports, as `python -m tests.graph` prints them."""
    assert graph.cycles(graph.packages()) == [], graph.drawing()
    assert graph.cycles(graph.modules()) == []


def test_every_module_is_in_an_import_contract() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    covered = {
        container
        for contract in rules["contracts"]
        if contract["type"] == "layers" and contract.get("exhaustive")
        for container in contract["containers"]
    }
    assert set(graph.APPS) <= covered
    assert set(rules["root_packages"]) == set(graph.APPS)
    assert set(graph.APPS) == {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}


def test_only_transitions_writes_a_status() -> None:
    writers = {path.name for path in SOURCES for node in nodes(path) if writes_a_status(node)}
    assert writers == {"transitions.py"}


def imported(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield what a file imports from libraries: the module, the name in it, the name here."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            found = [(node.module, each.name, each.asname or each.name) for each in node.names]
        elif isinstance(node, ast.Import):
            found = [(each.name, "", each.asname or each.name) for each in node.names]
        else:
            continue
        yield from (each for each in found if each[0].partition(".")[0] not in OURS)


def base_name(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_no_private_name_of_a_library_is_imported() -> None:
    private = [
        (str(path.relative_to(ROOT)), module, name)
        for path in SOURCES
        for module, name, _ in imported(path)
        if any(part.startswith("_") for part in f"{module}.{name}".split("."))
        if module != "__future__"
    ]
    assert private == []


def test_only_documented_files_assign_to_names_of_libraries() -> None:
    """os.environ is meant to be changed."""
    changed = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in nodes(path)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute | ast.Subscript)
        and base_name(target) in {here for *_, here in imported(path)} - {"os"}
    }
    assert changed == {"config/kombu_transport.py", "config/prometheus_files.py"}


def test_the_documented_settings_are_the_settings() -> None:
    table = (ROOT / "docs/settings.md").read_text().partition("\n## ")[0]
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    assert len(documented) > 10
    assert documented == env.known


def test_every_command_is_documented() -> None:
    commands = [
        path.stem
        for path in SOURCES
        if path.parent.name == "commands" and not path.stem.startswith("_")
    ]
    pages = " ".join(
        page.read_text() for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    )
    assert [name for name in commands if f"manage.py {name}" not in pages] == []


def test_the_top_level_has_no_unexpected_files() -> None:
    known = {"comments", "moderation", "config", "tests", "docs", "manage.py", "requirements.txt"}
    known |= {
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "Dockerfile",
        "compose.yaml",
        "secrets",
        "LICENSE",
        "Makefile",
        "pyproject.toml",
        "var",
        "mutants",
    }
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert here <= known
