"""The service as `manage.py serve` starts it, and its parts by name."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
import redis

from tests.config.running import processes_of
from tests.processes import wait_until

ROOT = Path(__file__).resolve().parents[2]
# However this process ends, on Linux the service ends with it.
END_WITH_PARENT = ROOT / "config/operations/launch/child.py"
SHIPPED = ROOT / "moderation/classifier/shipped"
# The disk is small, and without these settings thousands of comments from one machine would be
# refused. This does not test the limits for readers.
SETTINGS = {
    "DISK_FREE_MB": "16",
    "THROTTLES": "no",
    "FORM_CHECKS": "no",
    "REPEAT_HOURS": "0",
    "CAMPAIGN_SIZE": "0",
}
# Find a part by one of the words of its command, which may be a path.
PARTS = {"worker": "worker", "web": "gunicorn", "broker": "valkey-server"}


class Service:
    """One start of the service, its parts, and its end."""

    def __init__(self, place: Path, port: int, settings: dict[str, str]) -> None:
        self.port = port
        self.var_dir = place / "var"
        self.var_dir.mkdir()
        self.output = place / "output"
        self.model = place / "model"
        shutil.copytree(SHIPPED, self.model)
        self.environment = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(self.var_dir),
            "PORT": str(port),
            "MODEL_DIR": str(self.model),
            **SETTINGS,
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-P", str(END_WITH_PARENT), sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self.ready, seconds=90, what="the service's readiness")

    def ready(self) -> bool:
        """Return whether every part is ready."""
        parts = self.parts()
        return bool(parts) and set(parts.values()) == {"ok"}

    def parts(self) -> dict[str, str]:
        """Return the status of each part from /readyz; empty if it does not answer."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", "/readyz")
            return dict(json.load(link.getresponse())["parts"])
        except (OSError, HTTPException, ValueError, KeyError):
            return {}
        finally:
            link.close()

    def wait_for(self, part: str, *, out: bool, seconds: float = 20) -> None:
        """Wait until /readyz reports the part, for at most this many seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (self.parts().get(part) in {None, "ok"}) == out:
            time.sleep(0.2)

    def note(self, fault: str) -> None:
        """Write to the service's log when a fault began or ended."""
        with suppress(OSError), self.output.open("a") as output:
            output.write(f"{time.strftime('%F %T')} CHAOS {fault}\n")

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def part(self, name: str) -> psutil.Process | None:
        """Return the supervised process of this name, if it is running."""
        assert self.process
        with suppress(psutil.NoSuchProcess):
            for each in psutil.Process(self.process.pid).children():
                with suppress(psutil.Error):
                    if PARTS[name] in map(last_name, each.cmdline()):
                        return each
        return None

    def children(self, name: str) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            if part := self.part(name):
                return part.children(recursive=True)
        return []

    def kill(self, name: str) -> None:
        """Kill the part and all its children at once, without a chance to clean up."""
        family = [*self.children(name), self.part(name)]
        for each in filter(None, family):
            signal_to(each, signal.SIGKILL)

    def kill_child(self, name: str, choose: random.Random) -> None:
        if children := self.children(name):
            signal_to(choose.choice(children), signal.SIGKILL)

    def broker(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.var_dir / "broker.sock"), socket_timeout=10)

    def stop(self) -> list[psutil.Process]:
        """Stop it as an operator does; return and kill what is still running then."""
        if not self.process:
            return []
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        left = processes_of(self.var_dir)
        for each in left:
            signal_to(each, signal.SIGKILL)
        psutil.wait_procs(left, timeout=10)
        return left


def last_name(word: str) -> str:
    """A server's title may be joined to its name."""
    return word.partition(" ")[0].rpartition("/")[2]


def signal_to(process: psutil.Process, number: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)
