"""A real server that receives webhooks, and time that passes for what is stored."""

import datetime as dt
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

from django.db.models import F, QuerySet

from comments.models import Comment, Event, Site
from moderation.delivery import tasks, webhook_sending
from moderation.delivery.follow import follow
from moderation.delivery.models import COMMENT_KINDS, Endpoint, Lane, Mail, Message
from moderation.delivery.webhook_log import store_messages
from moderation.models import Act, Decision
from tests.logs import without_triggers

LOOPBACK = [ip_network("127.0.0.0/8")]


class Receiver:
    """Stores each request, and answers with `status` and `headers`."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.headers: dict[str, str] = {}
        self.url = ""

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.requests]

    @property
    def kinds(self) -> list[str]:
        return [body["type"] for body in self.bodies]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.requests]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent = {name.lower(): value for name, value in self.headers.items()}
            receiver.requests.append((sent, body))
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hooks?of=comments"
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        running.join(5)


def make_endpoint(url: str, *kinds: str, site: Site | None = None) -> Endpoint:
    own = site or Site.objects.default()
    return Endpoint.objects.create(site=own, url=url, kinds=list(kinds or COMMENT_KINDS))


def deliver() -> None:
    """What the tasks of a worker do, one after the other."""
    follow("webhooks", store_messages)
    for endpoint in webhook_sending.due_endpoints():
        tasks.send_webhooks(endpoint)


def minutes_pass(minutes: float) -> None:
    """Date everything that is stored back."""
    age = dt.timedelta(minutes=minutes)
    times: dict[Any, tuple[str, ...]] = {
        Act: ("created_at",),
        Comment: ("created_at", "decided_at", "announced_at"),
        Decision: ("created_at",),
        Event: ("created_at",),
        Endpoint: ("created_at", "paused_until", "claimed_until"),
        Message: ("happened_at", "due_at"),
        Mail: ("created_at", "due_at", "sent_at"),
        Lane: ("claimed_until", "paused_until"),
    }
    with without_triggers():
        for model, names in times.items():
            # The logs' own update() always raises.
            QuerySet.update(model.objects.all(), **{name: F(name) - age for name in names})
