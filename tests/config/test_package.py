"""The program as a package: pip installs it as `peredmova`, with every file that it needs."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from config import version

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("comments", "config", "moderation")


def run(*command: str, folder: Path, **environment: str) -> str:
    found = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages from a wheel of this checkout."""
    folder = tmp_path_factory.mktemp("package")
    source, target = folder / "source", folder / "installed"
    run("git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(source), folder=folder)
    run(sys.executable, "config/translations.py", folder=source)
    uv = (sys.executable, "-m", "uv", "--quiet")
    run(*uv, "build", "--wheel", "--no-build-isolation", "-o", str(folder), folder=source)
    (wheel,) = folder.glob("*.whl")
    run(*uv, "pip", "install", "--no-deps", "--target", str(target), str(wheel), folder=folder)
    return target


def test_the_package_has_every_file_of_the_checkout(installed: Path) -> None:
    tracked = run("git", "ls-files", *PACKAGES, folder=ROOT).split()
    left_out = {Path("config/installer.txt").name, "Makefile", "requirements.txt"}
    needed = [path for path in tracked if Path(path).name not in left_out]
    assert [path for path in needed if not (installed / path).exists()] == []
    assert (installed / "comments/locale/uk/LC_MESSAGES/django.mo").exists()


def test_the_installed_command_stores_its_data_in_the_current_folder(
    installed: Path, tmp_path: Path
) -> None:
    command = (sys.executable, str(installed / "bin/peredmova"))
    clean = {"PYTHONPATH": str(installed), "DJANGO_SETTINGS_MODULE": "config.settings"}
    said = run(*command, "migrate", "--verbosity", "0", folder=tmp_path, VAR_DIR="", **clean)
    assert said == ""
    assert (tmp_path / "var/db.sqlite3").exists()
    assert "Peredmova" in run(*command, "--version", folder=tmp_path, **clean)


def test_the_version_is_the_latest_dated_one_in_the_changelog() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    first = re.search(r"^## (.*)$", version.CHANGELOG.read_text(), re.MULTILINE)
    assert first is not None
    assert first[1].startswith(f"{version.version()} (")
    assert version.version() == declared
