"""The image and its containers without Docker: run what Dockerfile and compose.yaml say.

The build runs step by step in a folder, which is then made read-only. Its processes run there as in
their containers: without root's rights, on PostgreSQL and Valkey, with secrets from files. This
does not test what only Docker provides: the base image, the user and the network.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.servers import free_port
from tests.chaos.databases import Postgres
from tests.comments.reception.rest import GOOD
from tests.deploy.dockerfile import Image, build
from tests.deploy.test_compose import SERVICES, made
from tests.processes import Broker, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.geteuid() == 0 and not shutil.which("setpriv"), reason="setpriv is not installed"
    ),
]

# As in a container, root gets no more rights than others, not even to write read-only files.
AS_IN_A_CONTAINER = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]


@dataclass
class Installation:
    image: Image
    environment: dict[str, str]
    port: int

    def command(self, words: list[str]) -> list[str]:
        """A command of the image or of compose.yaml, on a port of the test."""
        placed = [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for word in words]
        placed = [word.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}") for word in placed]
        return [*(AS_IN_A_CONTAINER if os.geteuid() == 0 else []), *placed]

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(words),
            cwd=self.image.path(self.image.folder),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )

    @contextmanager
    def running(self, words: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
        with (self.image.root / "log").open("ab") as log:
            process = subprocess.Popen(
                self.command(words),
                cwd=self.image.path(self.image.folder),
                env=self.environment,
                stdout=log,
                stderr=log,
            )
            try:
                yield process
            finally:
                process.terminate()
                process.wait(40)

    def healthy(self, service: str) -> bool:
        test = SERVICES[service].get("healthcheck", {}).get("test")
        words = ["sh", "-c", test[1].replace("$$", "$")] if test else self.image.health
        return self.run(words).returncode == 0

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        link = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            sent = None if body is None else json.dumps(body).encode()
            kind = {"Content-Type": "application/json", "Host": "localhost"}
            link.request(method, path, sent, {**kind, **headers})
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        finally:
            link.close()


def settings_of(service: str, image: Image, secrets: Path, socket: Path) -> dict[str, str]:
    """The environment of a container, with the local paths of files and broker."""
    given = {name: str(value) for name, value in SERVICES[service]["environment"].items()}
    given = {
        name: value.replace("/run/secrets", str(secrets)).replace("/run/", f"{image.root}/run/")
        for name, value in given.items()
    }
    proxies = {"TRUSTED_PROXIES": "127.0.0.0/8", "FORWARDED_ALLOW_IPS": "127.0.0.1"}
    return {**image.environment, **given, **proxies, "REDIS_URL": f"redis+socket://{socket}"}


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with ExitStack() as stack:
        root = Path(tempfile.mkdtemp(prefix="image-"))
        stack.callback(remove, root)
        image = build(root)
        for writable in ("/var/lib/peredmova", "/run/peredmova"):
            image.path(writable).mkdir(parents=True, mode=0o700)
        secrets = root / "secrets"
        made(secrets)
        database = postgres(stack)
        (secrets / "database_url").chmod(0o600)
        (secrets / "database_url").write_text(f"{database.url}\n")
        broker = Broker(root / "broker.sock")
        broker.start()
        stack.callback(broker.stop)
        closed(image.path("/opt"))
        environment = settings_of("web", image, secrets, broker.socket)
        yield Installation(image, environment, free_port())


def postgres(stack: ExitStack) -> Postgres:
    """In its own folder: as root, the server runs as another user, which needs to open it."""
    folder = Path(tempfile.mkdtemp(prefix="image-postgres-"))
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    server = Postgres(folder)
    stack.callback(server.stop)
    # Its socket is in there, and processes without root's rights have to reach it.
    server.place.chmod(0o711)
    return server


def closed(folder: Path) -> None:
    """Make everything under it read-only, like a container's root file system."""
    subprocess.run(["chmod", "-R", "a-w", str(folder)], check=True, timeout=60)


def remove(root: Path) -> None:
    subprocess.run(["chmod", "-R", "u+w", str(root)], check=False, timeout=60)
    shutil.rmtree(root, ignore_errors=True)


def test_another_user_can_read_the_files_of_the_image(
    installation: Installation,
) -> None:
    """The processes of these tests may write there; those of a container may not."""
    found = [*installation.image.path("/opt/peredmova").rglob("*")]
    assert len(found) > 1000
    modes = {path: path.stat().st_mode for path in found if not path.is_symlink()}
    needed = {path: 0o005 if path.is_dir() else 0o004 for path in modes}
    assert [path for path, mode in modes.items() if mode & needed[path] != needed[path]] == []


def test_a_comment_passes_through_read_only_containers(
    installation: Installation,
) -> None:
    here = installation
    done = here.run(["python", "-c", "open('manage.py', 'a')"])
    assert "denied" in done.stdout
    migrated = here.run(SERVICES["migrate"]["command"])
    assert migrated.returncode == 0, migrated.stdout
    assert not here.healthy("web")
    seeded = here.run(["python", "manage.py", "seed_demo"])
    assert seeded.returncode == 0, seeded.stdout
    with here.running(here.image.command), here.running(SERVICES["worker"]["command"]):
        wait_until(lambda: here.healthy("web"), seconds=40, what="the web server's health")
        wait_until(lambda: here.healthy("worker"), seconds=60, what="the worker's health")
        path = "/api/v1/articles/mist-cherez-tykhu/comments/"
        status, answer = here.ask("POST", path, GOOD)
        assert status == 202, answer
        where = re.sub(r"^https?://[^/]+", "", json.loads(answer)["status_url"])
        decided = lambda: json.loads(here.ask("GET", where)[1])["status"] == "published"  # noqa: E731
        wait_until(decided, seconds=30, what="the decision")
        token = (here.image.root / "secrets/metrics_token").read_text().strip()
        status, figures = here.ask("GET", "/metrics", Authorization=f"Bearer {token}")
        assert status == 200
        # The web server, in another container, exports what the worker counted.
        assert re.search(r'comments_decided_total\{.*outcome="publish".*\}', figures)
        page = here.ask("GET", "/uk/")[1]
        styles = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert styles
        assert here.ask("GET", styles[1])[0] == 200
