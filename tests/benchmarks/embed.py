"""The embedded discussion beside Isso's: its size, and when a reader sees the first comment."""

import gzip
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.benchmarks.load import Pace, load
from tests.benchmarks.servers import ORIGIN, Server, free_port, fresh_service, isso
from tests.benchmarks.service import READ, ours_posts, theirs_posts, without_errors
from tests.benchmarks.sides import SideError
from tests.benchmarks.table import Goal, Row
from tests.browser.chromium import find

ROUNDS = 7
COMMENTS = 50
ARTICLES = 100
COUNTED = 100
# A telephone's network: milliseconds, and bytes in a second.
NETWORK = {
    "offline": False,
    "latency": 60,
    "downloadThroughput": 9e6 / 8,
    "uploadThroughput": 3e6 / 8,
}
# Not the preview in its form.
ISSO_COMMENT = ".isso-comment[id^=isso-]"
# The page is answered by the test, so Chromium takes it for one from the internet, which may not
# ask this machine.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-features=LocalNetworkAccessChecks"]
FIRST = """new MutationObserver((_, watching) => {
  if (!document.querySelector("%s")) return;
  watching.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.first = performance.now(); }));
}).observe(document, { childList: true, subtree: true });"""
PAGE = "<!doctype html><html lang=uk><meta charset=utf-8><title>x</title><h1>Міст</h1>{}</html>"
OURS = """<script src="http://127.0.0.1:{port}/static/comments/embed.js" async></script>
<comment-thread article="{key}">{inside}</comment-thread>"""
THEIRS = """<script data-isso="http://127.0.0.1:{port}/" async
 src="http://127.0.0.1:{port}/js/embed.min.js"></script>
<section id="isso-thread" data-isso-id="/thread"></section>"""


def first_comment(browser: Browser, body: str, selector: str) -> float:
    """Return the milliseconds until a page with nothing in its cache shows the first comment."""
    context = browser.new_context(locale="uk-UA")
    page = context.new_page()
    page.add_init_script(FIRST % selector)
    page.route(f"{ORIGIN}/", lambda route: _answer(route, body))
    _slow(page)
    page.goto(f"{ORIGIN}/")
    page.wait_for_function("window.first", timeout=30_000)
    seen = float(page.evaluate("window.first"))
    context.close()
    return seen


def _answer(route: Route, body: str) -> None:
    route.fulfill(body=PAGE.format(body), content_type="text/html; charset=utf-8")


def _slow(page: Page) -> None:
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", NETWORK)


def size(*addresses: str) -> float:
    """Return the kilobytes (1,000 bytes) of these files with gzip."""
    files = [urlopen(address, timeout=30).read() for address in addresses]
    return sum(len(gzip.compress(file, 9)) for file in files) / 1000


def counts(server: Server) -> list[float]:
    """Return the median milliseconds of each round for the counts of a hundred articles."""
    known = [READ, *(f"article-{number}" for number in range(ARTICLES - 1))]
    address = f"http://127.0.0.1:{server.port}/api/v1/counts/?keys={quote(','.join(known))}"
    return [median(_times(address)) for _ in range(ROUNDS)]


def _times(address: str) -> Iterator[float]:
    for _ in range(COUNTED):
        begun = time.perf_counter()
        with urlopen(address, timeout=30) as answer:
            found = json.loads(answer.read())["counts"]
        yield 1000 * (time.perf_counter() - begun)
        if len(found) != ARTICLES or not found[READ]:
            raise SideError(f"wrong counts: {found}")


@contextmanager
def both() -> Iterator[tuple[Server, Server]]:
    """Both servers, each with a thread of some comments."""
    # One after another: at once, Isso refuses some of them.
    pace = Pace(clients=1, count=COMMENTS)
    with (
        fresh_service(free_port(), CORS_ALLOWED_ORIGINS=ORIGIN) as ours,
        isso(free_port()) as theirs,
    ):
        without_errors(load(ours.port, ours_posts(READ), pace))
        without_errors(load(theirs.port, theirs_posts(thread="/thread"), pace))
        ours.drain()
        yield ours, theirs


def times(ours: Server, theirs: Server) -> dict[str, list[float]]:
    """Return what a browser measured in alternating rounds; nothing without a browser."""
    found: dict[str, list[float]] = {"ours": [], "theirs": [], "served": []}
    if (path := find()) is None:
        return found
    fragment = f"http://127.0.0.1:{ours.port}/api/v1/articles/{READ}/comments/html/?lang=uk"
    inside = urlopen(fragment, timeout=30).read().decode()
    comment = "[part~=list] [part~=comment]"
    facts: dict[str, Any] = {"key": READ, "port": ours.port}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(ROUNDS):
            loaded, served = OURS.format(inside="", **facts), OURS.format(inside=inside, **facts)
            found["ours"].append(first_comment(browser, loaded, comment))
            found["served"].append(first_comment(browser, served, comment))
            body = THEIRS.format(port=theirs.port)
            found["theirs"].append(first_comment(browser, body, ISSO_COMMENT))
        browser.close()
    return found


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading and the rows."""
    with both() as (ours, theirs):
        here, there = f"http://127.0.0.1:{ours.port}", f"http://127.0.0.1:{theirs.port}"
        own = size(f"{here}/static/comments/embed.js")
        other = size(f"{there}/js/embed.min.js", f"{there}/css/isso.css")
        seen, counted = times(ours, theirs), counts(ours)
    heading = (
        f"The embedded discussion on a page of another origin, compared with Isso's; {COMMENTS} "
        "comments, Chromium with an empty cache, a network of 60 ms and 9 Mbit/s, each server as "
        f"it comes, {ROUNDS} alternating rounds. Remark42's client is in no package, so it is not "
        "compared."
    )
    less = Goal(1, of_ratio=True)
    return heading, [
        Row("script and styles, gzip", "kB", [own], [other], Goal(10)),
        Row("first comment on the page", "ms", seen["ours"], seen["theirs"], less),
        Row("the same, with our HTML in the page", "ms", seen["served"]),
        Row(f"counts of {ARTICLES} articles", "ms", counted, [], Goal(20)),
    ]
