"""Other systems' HTML is read as text, in a time that grows with its length alone."""

import pytest

from comments.protocols.akismet.plain_text import plain_text
from tests.effort import effort


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('Так <a rel="x" href="https://a.example">тут</a>, так', "Так тут https://a.example , так"),
        ("<A HREF=https://a.example>https://a.example/b</A>!", "https://a.example/b!"),
        (
            "<a href='https://a.example'>one <a href=b.example>two",
            "one  https://a.example two b.example",
        ),
        ("<p>Один</p><p>Два<br>три &amp; чотири</p>", "Один\nДва\nтри & чотири"),
        ("x < 5 and y > 3, <unknown>", "x < 5 and y > 3, <unknown>"),
    ],
)
def test_tags_go_and_a_links_address_stands_after_its_words(written: str, text: str) -> None:
    assert plain_text(written) == text


@pytest.mark.parametrize(
    "piece", ["<a href=-", "<a href=x>", "<a", "<a href ", "href=", "<br>", "<b ", "</a>", "<<a>"]
)
@pytest.mark.parametrize("opening", ["", "<a "])
def test_no_text_takes_long_to_read(opening: str, piece: str) -> None:
    text = opening + (piece * 65_535)[:65_535]
    plain_text(text)
    assert effort(lambda: plain_text(text)) < 500
