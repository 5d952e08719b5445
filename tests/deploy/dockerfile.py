"""The steps of the Dockerfile, run in a folder on machines without Docker.

Paths of the image become paths in that folder, and the base is the Python of the tests. The step
that creates the user is skipped, since it needs a whole system.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.sides import ROOT

CREATES_THE_USER = "groupadd "
PLACES = re.compile(r"(?<![\w/])/(?=opt/|var/lib/|tmp/build|run/)")
STEP_SECONDS = 300


@dataclass
class Image:
    """The result of a build: where it is, and how to start its processes."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    folder: str = "/"

    def placed(self, text: str) -> str:
        return PLACES.sub(f"{self.root}/", text)

    def path(self, text: str) -> Path:
        return self.root / text.lstrip("/")


def instructions(text: str) -> list[tuple[str, str]]:
    """Yield each instruction with its arguments: continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    pairs = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [(word, rest) for word, _, rest in pairs]


def build(root: Path) -> Image:
    """Run the steps of both stages under `root`."""
    image = Image(root)
    base = root / "base"
    base.mkdir()
    (base / "python3").symlink_to(sys.executable)
    for word, rest in instructions((ROOT / "Dockerfile").read_text()):
        _STEPS.get(word, _nothing)(image, rest)
    return image


def _run(image: Image, rest: str) -> None:
    if rest.startswith(CREATES_THE_USER):
        return
    path = f"{image.root / 'base'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", image.placed(rest)],
        cwd=image.path(image.folder),
        env={**_host_environment(), **_without_cache_rules(image.environment), "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=STEP_SECONDS,
        # Ours is stricter, because the tests have imported the service.
        umask=0o022,
    )
    assert done.returncode == 0, f"RUN {rest}\n{done.stdout[-2000:]}"


def _host_environment() -> dict[str, str]:
    """Where packages come from and are cached, without the tests' settings."""
    kept = ("HOME", "PIP_", "UV_", "SSL_", "HTTP", "http", "NO_PROXY", "no_proxy")
    return {name: value for name, value in os.environ.items() if name.startswith(kept)}


def _without_cache_rules(environment: dict[str, str]) -> dict[str, str]:
    """An image keeps no package cache; using an existing one here avoids a download."""
    return {name: value for name, value in environment.items() if "NO_CACHE" not in name}


def _folder(image: Image, rest: str) -> None:
    image.folder = rest
    image.path(rest).mkdir(parents=True, exist_ok=True)


def _copy(image: Image, rest: str) -> None:
    if rest.startswith("--from"):
        return
    *sources, _ = rest.split()
    names = _not_ignored() if sources == ["."] else sources
    for name in names:
        source, into = ROOT / name, image.path(image.folder)
        if source.is_dir():
            unwanted = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, into / name, ignore=unwanted, dirs_exist_ok=True)
        else:
            shutil.copy2(source, into)


def _not_ignored() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in lines, "everything not listed must be left out"
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def _environment(image: Image, rest: str) -> None:
    pairs = (pair.partition("=") for pair in rest.split())
    path = os.environ["PATH"]
    image.environment = {
        name: image.placed(value.replace("$PATH", path)) for name, _, value in pairs
    }


def _command(image: Image, rest: str) -> None:
    image.command = json.loads(rest)


def _health(image: Image, rest: str) -> None:
    image.health = json.loads(rest.partition(" CMD ")[2])


def _nothing(image: Image, rest: str) -> None:
    """Without effect here: the base, its build arguments, the user and the port."""


_STEPS = {
    "RUN": _run,
    "WORKDIR": _folder,
    "COPY": _copy,
    "ENV": _environment,
    "CMD": _command,
    "HEALTHCHECK": _health,
}
