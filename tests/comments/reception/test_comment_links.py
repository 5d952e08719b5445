"""A link in a comment is only the address, without surrounding punctuation."""

import pytest

from comments.markup import comment_html
from comments.text import links

ADDRESS = "https://example.org/novyny?a=1"


@pytest.mark.parametrize(
    "around",
    [
        "«{}»",
        "({})",
        "[{}]",
        "{}…",
        "{}…»,",
        '"{}".',
        "“{}”",
        "„{}“",
        "‘{}’",
        "«{}».",
        "{}?",
        "*{}*",
        "<{}>",
    ],
)
@pytest.mark.parametrize("address", [ADDRESS, "www.example.org", "example.com"])
def test_punctuation_around_an_address_is_not_part_of_the_link(around: str, address: str) -> None:
    page = comment_html(f"Читайте {around.format(address)} тут")
    assert f">{address}</a>" in page
    leads_to = address if address.startswith("https") else f"http://{address}"
    assert f'href="{leads_to}"' in page
    said = around.format(address)
    assert [said[start:end] for start, end in links(said)] == [address]


def test_punctuation_inside_an_address_is_part_of_the_link() -> None:
    page = comment_html("Див. https://example.org/Річ_(птах).")
    assert ">https://example.org/Річ_(птах)</a>." in page
