"""The definition of a link, shared by everything that reads texts."""

import re
from functools import partial
from html import unescape

import pytest
from django.core.exceptions import ValidationError

from comments.markup import comment_html
from comments.text import links
from comments.validators import MAX_LINKS, validate_links
from moderation.campaigns.mentions import mentions
from moderation.classifier.explain import Weighed
from moderation.policy import rules
from moderation.policy.verdict import Policy, Submission
from moderation.scoring import _with_whole_links
from tests.effort import effort
from tests.moderation.policy.scores import scored

ADDRESS = "https://example.org/novyny?a=1"
# A text, and the links in it.
TABLE = [
    ("Читайте https://example.org тут", ["https://example.org"]),
    ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
    (f"({ADDRESS})", [ADDRESS]),
    (f"«{ADDRESS}».", [ADDRESS]),
    (f"{ADDRESS}…», каже", [ADDRESS]),
    (f"*{ADDRESS}*", [ADDRESS]),
    (f"<{ADDRESS}>", [ADDRESS]),
    (f"‘{ADDRESS}’", [ADDRESS]),
    (f"{ADDRESS}, {ADDRESS}!", [ADDRESS, ADDRESS]),
    ("https://example.org/Річ_(птах).", ["https://example.org/Річ_(птах)"]),
    ("(див. https://example.org/Річ_(птах))", ["https://example.org/Річ_(птах)"]),
    ("https://приклад.укр/стаття", ["https://приклад.укр/стаття"]),
    ("http://[::1]/x", ["http://[::1]/x"]),
    ("http://127.0.0.1:8000/", ["http://127.0.0.1:8000/"]),
    ("https://example.org/?q=a@b.com", ["https://example.org/?q=a@b.com"]),
    ("пишіть:https://example.org", ["https://example.org"]),
    ("www.example.org", ["www.example.org"]),
    ("на www.example.org/a, кажуть", ["www.example.org/a"]),
    ("example.com", ["example.com"]),
    ("Example.Com", ["Example.Com"]),
    ("EXAMPLE.COM!", ["EXAMPLE.COM"]),
    ("сайт example.com.ua.", ["example.com.ua"]),
    ("example.org/a-b?c#d", ["example.org/a-b?c#d"]),
    ("example.ua?ref=1", ["example.ua?ref=1"]),
    ("t.me/zarobitok_24", ["t.me/zarobitok_24"]),
    ("моя-крамниця.укр", ["моя-крамниця.укр"]),
    ("casino24.top, slot.win", ["casino24.top", "slot.win"]),
    ("bit.ly не тут, а shop.example.shop", ["shop.example.shop"]),
    ("olena@example.org", []),
    ("olena.hai@example.org", []),
    ("info.me@example.org", []),
    ("@example_org", []),
    ("Прийшов додому.Ліг спати", []),
    ("I went home.In the morning it rained", []),
    ("https://", []),
    ("www.", []),
    ("https://...", []),
    ("ftp://example", []),
    ("1.5 км, 12.30, т.д., і т.п.", []),
    ("file.txt, main.py", []),
]


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in links(text)]


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 40


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_links_are_found_as_the_table_says(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_the_page_links_exactly_these(text: str, expected: list[str]) -> None:
    shown = re.findall(
        r'<a href="[^"]+" rel="ugc nofollow noopener">([^<]+)</a>', comment_html(text)
    )
    assert list(map(unescape, shown)) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_the_policy_counts_exactly_these(text: str, expected: list[str]) -> None:
    for most in range(4):
        policy = Policy(thresholds={}, max_links=most)
        held = rules.many_links(Submission(text=text), scored(), policy)
        assert bool(held) is (len(expected) > most)


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_the_form_counts_exactly_these(text: str, expected: list[str]) -> None:
    # Repeated so often that one extra link in each would exceed the limit.
    times = MAX_LINKS // max(len(expected), 1)
    validate_links("\n".join([text] * times))
    if expected:
        with pytest.raises(ValidationError):
            validate_links("\n".join([text] * (times + 1)))


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_the_desk_highlights_them_completely(text: str, expected: list[str]) -> None:
    for start, end in links(text):
        assert _with_whole_links(text, [Weighed(start + 1, start + 2)]) == [Weighed(start, end)]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_campaigns_find_no_other_sites(text: str, expected: list[str]) -> None:
    sites = [each for each in mentions(text) if each.name.startswith(("site:", "page:"))]
    assert {(each.start, each.end) for each in sites} <= set(links(text))


@pytest.mark.parametrize(
    "address",
    ["https://bank.example@evil.example/", "http://bank.example\\@evil.example", "www.a.org@b.org"],
)
def test_a_disguised_link_is_counted_but_not_linked(address: str) -> None:
    assert len(links(address)) == 1
    assert "<a " not in comment_html(address)


def test_a_long_text_without_spaces_is_searched_quickly() -> None:
    runs = ("a." * 2500, "a-" * 2500, "https://" + ")" * 5000, "www." * 1250, "a.com" * 1000)
    for text in (*runs, "(" * 2500 + "a.com" + ")" * 2500, "a.com/" + "(" * 2000 + ")." * 1500):
        assert effort(partial(links, text)) < 30, text[:20]
