"""How fast other systems' texts are checked, by Perspective's protocol and by Akismet's."""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.load import Pace, Requests, load, request
from tests.benchmarks.programs import OURS
from tests.benchmarks.servers import UNLIMITED, Server, free_port, fresh_service
from tests.benchmarks.service import text, without_errors
from tests.benchmarks.sides import ROOT, SideError
from tests.benchmarks.table import Goal, Row

RATE, SECONDS, WARM_UP = 20.0, 30.0, 15.0
# The distance between the numbers of two loads, so that no text is sent twice.
APART = 100_000


def new_key(server: Server) -> str:
    """Make a key for checks in the database of a running service."""
    command = [str(OURS.installed()), "manage.py", "add_site_key", "bench", "--allow", "check"]
    settings = {**UNLIMITED, "VAR_DIR": str(server.folder)}
    done = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SideError(done.stderr[-300:])
    return done.stdout.strip()


def analyses(key: str, start: int = 0, *, places: bool = False) -> Requests:
    """Return requests for the scores of a text, and for the places that raised them if wanted."""

    def one(number: int) -> bytes:
        body = {
            "comment": {"text": text(start + number)},
            "requestedAttributes": {"TOXICITY": {}, "SPAM": {}},
            "spanAnnotations": places,
        }
        path = f"/v1alpha1/comments:analyze?key={key}"
        return request("POST", path, json.dumps(body).encode())

    return one


def comment_checks(key: str, start: int = 0) -> Requests:
    """Return checks as WordPress sends them."""

    def one(number: int) -> bytes:
        fields = {
            "api_key": key,
            "blog": "https://www.example.org",
            "user_ip": "203.0.113.7",
            "comment_author": f"Читач {start + number}",
            "comment_author_email": f"reader{start + number}@example.org",
            "comment_content": text(start + number),
        }
        body = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        head = request(
            "POST", "/1.1/comment-check", Content_Type=kind, Content_Length=str(len(body))
        )
        return head + body

    return one


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading and the rows."""
    rows: list[Row] = []
    with fresh_service(free_port()) as server:
        key = new_key(server)
        # Each web process reads the second judge's weights with its first check.
        warm_up = Pace(clients=8, seconds=WARM_UP, rate=RATE)
        without_errors(load(server.port, analyses(key, APART), warm_up))
        for name, requests in (
            ("analyze", analyses(key)),
            ("analyze with places", analyses(key, 2 * APART, places=True)),
            ("comment-check", comment_checks(key, 3 * APART)),
        ):
            pace = Pace(clients=8, seconds=SECONDS, rate=RATE)
            found = without_errors(load(server.port, requests, pace))
            rows.append(Row(f"{name}, p50", "ms", [found.quantile(0.5)]))
            rows.append(Row(f"{name}, p95", "ms", [found.quantile(0.95)], goal=Goal(50)))
    heading = (
        f"Checks of other systems' texts, {RATE:.0f} a second for {SECONDS:.0f} s by each protocol,"
        "\n"
        "scored in the web processes by both judges, or by the first where the second one is late."
    )
    return heading, rows
