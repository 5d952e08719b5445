"""A page of another origin that contains the discussion."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
from playwright.sync_api import Page

Embedding = Callable[..., Page]
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Міст</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,">
<script src="{service}/static/comments/embed.js" async></script></head>
<body><header><input type="search" aria-label="Пошук"></header>
<main><h1>Міст відремонтують</h1><p>Ремонт почнеться навесні.</p>
<comment-thread {attributes}>{inside}</comment-thread></main></body></html>"""
# In its place comes the HTML that the site's server gets from the service.
SERVED = "<!-- discussion -->"
# Without a background, axe takes every page for a white one.
STYLE = "body { margin: 0 1rem; background: Canvas; color: CanvasText; }"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; script-src {0}; "
    "connect-src {0}; form-action {0}"
)


class Site:
    """The newspaper's own site: one page."""

    address = ""
    body = ""
    # Where its server gets the HTML of the discussion, if it puts that into the page.
    fragment = ""
    policy = ""

    def show(self, service: str, attributes: str, lang: str, inside: str) -> None:
        self.body = PAGE.format(service=service, attributes=attributes, lang=lang, inside=inside)
        self.policy = POLICY.format(service)

    def page(self) -> str:
        served = httpx.get(self.fragment, timeout=60).text if self.fragment else ""
        return self.body.replace(SERVED, served)


@contextmanager
def newspaper() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path == "/style.css"
            self.send_response(200)
            kind = "text/css" if is_style else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", site.policy)
            self.end_headers()
            self.wfile.write((STYLE if is_style else site.page()).encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield site
    server.shutdown()
    server.server_close()


def send(page: Page) -> None:
    page.get_by_role("button", name="Опублікувати коментар").click()
