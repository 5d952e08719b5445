"""Helpers to read an article and write a comment in a browser."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE, DESKTOP = 360, 1280
OpenPage = Callable[..., Page]
OpenDesk = Callable[..., Page]


def fill(page: Page, **over: str) -> None:
    typed = {"Коментар": "Дякую за статтю!", "Ім’я": "Оксана", "E-mail": "oksana@example.org"}
    for label, text in {**typed, **over}.items():
        page.get_by_role("textbox", name=label).fill(text)


def send(page: Page, label: str = "Опублікувати коментар") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=label).click()


def faults(page: Page, *rules: str) -> list[str]:
    """What axe finds in the page; with names of rules, by these rules only."""
    # A press may have just led here, and axe would read half a page.
    page.wait_for_load_state()
    options = {"runOnly": {"type": "rule", "values": [*rules]}} if rules else None
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found]
