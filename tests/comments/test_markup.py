"""A comment's text as HTML: what Markdown changes, what it does not, and how long it takes."""

import re
import time
from urllib.parse import urlsplit

import pytest

from comments.markup import comment_html
from comments.text import links

NOFOLLOW = 'rel="ugc nofollow noopener"'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Це *дуже* **добре**!", "<p>Це <em>дуже</em> <strong>добре</strong>!</p>"),
        ("_Так_, «*так*», *«так»*.", "<p><em>Так</em>, «<em>так</em>», <em>«так»</em>.</p>"),
        ("перший\nдругий\n\nабзац", "<p>перший<br>другий</p>\n<p>абзац</p>"),
        ("> хтось\nя\nі далі", "<blockquote>\n<p>хтось</p>\n</blockquote>\n<p>я<br>і далі</p>"),
        (
            "    > здалеку\n> і ще",
            "<blockquote>\n<p>здалеку<br>і ще</p>\n</blockquote>",
        ),
        (
            "[звіт](https://example.org/a)",
            f'<p>звіт (<a href="https://example.org/a" {NOFOLLOW}>https://example.org/a</a>)</p>',
        ),
        (
            "*https://example.org/a_b_c*",
            f'<p><em><a href="https://example.org/a_b_c" {NOFOLLOW}>https://example.org/a_b_c</a>'
            "</em></p>",
        ),
    ],
)
def test_markdown_has_its_usual_meaning(typed: str, shown: str) -> None:
    assert comment_html(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "2*3*4 = 24, а 5 * 3 * 2 = 30",
        "п***ц і х***ня, бл*ха",
        r"¯\_(ツ)_/¯ *_* ^_^ :_(",
        "snake_case_name і файл_один_два",
        "# не заголовок",
        "- не список",
        "1. не список",
        "`не код`",
        "---",
        "1990. Був рік.",
        "[тут](javascript:alert)",
        "[тут](data:text)",
        "[тут](сторінка.html) і ![рисунок](x)",
    ],
)
def test_everything_else_is_shown_as_typed(typed: str) -> None:
    assert comment_html(typed) == f"<p>{typed}</p>"


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<a href='javascript:alert(1)'>x</a>",
        "[<img src=x onerror=alert(1)>](https://example.org)",
        "> <style>*{display:none}</style>",
        "**<b onclick=x>**",
        "&lt;script&gt;",
    ],
)
def test_nothing_that_was_typed_becomes_html(typed: str) -> None:
    made = comment_html(typed)
    for tag in ("<script", "<img", "<style", "<b", "<a href='"):
        assert tag not in made.replace("<blockquote", "").replace("<br>", "")
    assert not re.search("<[^>]*(javascript|onerror|onclick)", made)


def test_a_link_shows_where_it_leads_whatever_its_text_says() -> None:
    made = comment_html("[https://bank.example](https://thief.example)")
    assert 'href="https://thief.example"' in made
    assert ">https://thief.example</a>" in made
    assert 'href="https://bank.example"' not in made


def test_an_address_that_hides_its_host_is_no_link() -> None:
    assert "<a " not in comment_html("[тут](https://bank.example@thief.example)")


@pytest.mark.parametrize(
    "piece", ["[", "[](", "*", "*a ", "_a*b ", ">", ">\n", "**a *b ", "![](<", "a.b "]
)
def test_no_text_takes_long(piece: str) -> None:
    begun = time.process_time()
    comment_html((piece * 5000)[:5000])
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    "typed",
    [
        "[сюди](htt&#112;://evil.example/a)",
        "[сюди](evil&period;com)",
        r"[сюди](https://evil\.com/a)",
        "http://good.example/[а](http://evil.example)",
        "[http://good.example](http://evil.example)",
    ],
)
def test_no_link_leads_where_form_and_policy_have_not_looked(typed: str) -> None:
    seen = {urlsplit(typed[start:end]).hostname for start, end in links(typed)}
    shown = re.findall('href="([^"]*)"', comment_html(typed))
    assert {urlsplit(address).hostname for address in shown} <= seen


@pytest.mark.parametrize(
    "address",
    ["https://уряд.укр/звіт", "https://example.org/x_(y)", "https://example.org/?a=1&b=2"],
)
def test_a_link_that_they_have_seen_stays_a_link(address: str) -> None:
    assert comment_html(f"[звіт]({address})").count("<a ") == 1
