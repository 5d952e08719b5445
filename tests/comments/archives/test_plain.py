"""HTML of other systems becomes the plain text that readers would have typed."""

import pytest

from comments.archives.plain import text_of_html, unescaped


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Перший</p><p>другий<br>рядок</p>", "Перший\n\nдругий\nрядок"),
        ("<p>a &lt; b &amp;&amp; c</p>", "a < b && c"),
        ("<p>a\n  b</p>", "a b"),
        ("<b>так</b>, <em>ні</em><i></i>", "**так**, *ні*"),
        ("<blockquote><p>раз</p><p>два</p></blockquote>три", "> раз\n>\n> два\n\nтри"),
        ('<a href="https://e.org/x">тут</a>', "[тут](https://e.org/x)"),
        ('<a href="https://e.org/long">https://e.org/lo…</a>', "https://e.org/long"),
        ('<a href="https://e.org/">e.org</a>', "https://e.org/"),
        ('<a href="javascript:alert(1)">тут</a>', "тут"),
        ('<img src="https://e.org/a.png"><img src="data:x" alt="кіт">', "https://e.org/a.pngкіт"),
        ("<script>x()</script><ul><li>а</li><li>б</li></ul>", "- а\n- б"),
        ("<blockquote>незакрита", "> незакрита"),
        ("1 < 2", "1 < 2"),
        # What Python's reader of HTML gives up at, and what Word leaves in pasted texts.
        ("<p>раз<![foo[ два ]]> три</p>", "раз три"),
        ("<b>раз</b> <![ y", "**раз** <! [ y"),
        ("<![if !supportLists]>раз<![endif]>", "раз"),
        ("<![CDATA[раз]]>два", "два"),
        (f"раз &#{'9' * 5000}; два", "раз \ufffd два"),
    ],
)
def test_html(source: str, text: str) -> None:
    assert text_of_html(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("раз\nдва\n\nтри", "раз\nдва\n\nтри"),
        ("раз<br />\nдва", "раз\nдва"),
        ("a &lt;b&gt; c\r\nd", "a <b> c\nd"),
        ("<strong>раз</strong>\nдва", "**раз**\nдва"),
    ],
)
def test_lines_count_in_what_wordpress_stores(source: str, text: str) -> None:
    assert text_of_html(source, keeps_lines=True) == text


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Том &amp; Джері", "Том & Джері"),
        ("О&#039;Ніл &lt;3", "О'Ніл <3"),
        ("&amp;amp;", "&amp;"),
        ("https://e.org/?a=1&#038;copy=2", "https://e.org/?a=1&copy=2"),
        ("https://e.org/?a=1&copy=2&lt=3", "https://e.org/?a=1&copy=2&lt=3"),
        ("R&D; AT&T", "R&D; AT&T"),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
    ],
)
def test_names_and_addresses_that_were_stored_as_html(stored: str, typed: str) -> None:
    assert unescaped(stored) == typed
