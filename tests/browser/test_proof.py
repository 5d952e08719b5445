"""Under attack, a browser solves the proof or the comment is held; no other site is contacted."""

from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment
from comments.reception import challenges
from tests.comments.reception.pages import FORM
from tests.makers import make_article
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def send(browser: Browser, live_server: LiveServer, **options: Any) -> list[str]:
    """Fill in the form as soon as it appears; return every URL that was requested."""
    asked: list[str] = []
    with browser.new_context(base_url=live_server.url, locale="uk-UA", **options) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"/uk/articles/{make_article().key}/")
        expect(page.locator("#working")).to_contain_text("Без JavaScript")
        for field, typed in FORM.items():
            page.fill(f"#id_{field}", typed)
        expect(page.locator("#id_subject")).to_be_hidden()
        page.click("button[type=submit]")
        wait_until(Comment.objects.exists, seconds=30, what="the comment")
        page.wait_for_load_state()
    return asked


@pytest.mark.usefixtures("attack")
@pytest.mark.parametrize("with_script", [True, False])
def test_under_attack_a_browser_solves_a_proof_and_one_without_scripts_is_held(
    browser: Browser, live_server: LiveServer, settings: Any, with_script: bool
) -> None:
    cache.clear()
    asked = send(browser, live_server, java_script_enabled=with_script)
    assert Comment.objects.get().looks_automated is not with_script
    assert all(address.startswith(live_server.url) for address in asked)
    cache.clear()


MEASURE = """async ([challenge, seconds]) => {
  const text = new TextEncoder(), begun = performance.now();
  for (let tried = 0; ; tried += 256) {
    const took = (performance.now() - begun) / 1000;
    if (took > seconds) return tried / took;
    await Promise.all(Array.from({ length: 256 }, (_, place) =>
      crypto.subtle.digest("SHA-256", text.encode(`${challenge}:${tried + place}`))));
  }
}"""


def test_the_proof_takes_a_slow_machine_as_long_as_the_page_says(
    browser: Browser, live_server: LiveServer
) -> None:
    """Chromium slowed down four times stands for a phone; parallel tests slow it down further."""
    make_article(key="mist")
    with browser.new_context(base_url=live_server.url) as context:
        page = context.new_page()
        page.goto("/uk/articles/mist/")
        slow = context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        digests_a_second = page.evaluate(MEASURE, [challenges.new_challenge("main").text, 1.0])
    assert 0.1 < 2**challenges.PROOF_BITS / digests_a_second < 3
