"""The text of a comment that another system sends as HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

# Only these count as HTML, so that "x < 5 and y > 3" stays as it is.
_TAGS = (
    "a|abbr|b|blockquote|br|cite|code|del|div|em|h[1-6]|hr|i|img|li|ol|p|pre|q|s|small|span|strong|"
    "sub|sup|u|ul"
)
_TAG = re.compile(rf"<(/?(?:{_TAGS}))\b([^<>]*)>", re.I)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'<>\s]+)", re.I)
_BREAKS = {"br", "/p", "/li", "/div", "/blockquote", *(f"/h{level}" for level in range(1, 7))}


@dataclass(frozen=True)
class Link:
    """An address, and at which piece of what is said its words begin."""

    address: str = ""
    first: int = 0

    def following(self, said: Sequence[str]) -> str:
        """Return what stands after its words: its address, unless they are that."""
        if not self.address or self.address in "".join(said[self.first :]):
            return ""
        return f" {self.address} "


def plain_text(written: str) -> str:
    """Return a text without HTML tags and entities; a link's address stands after its words.

    Tags are read one by one: a pattern for a whole link would take hours for a text that opens
    links and never closes them.
    """
    said: list[str] = []
    link, after = Link(), 0
    for tag in _TAG.finditer(written):
        said.append(written[after : tag.start()])
        after = tag.end()
        name = tag[1].lower()
        if name in ("a", "/a"):
            said.append(link.following(said))
            link = Link(_address(tag[2]), len(said))
        elif name in _BREAKS:
            said.append("\n")
    said.append(written[after:])
    said.append(link.following(said))
    return unescape("".join(said)).strip()


def _address(attributes: str) -> str:
    found = _HREF.search(attributes)
    return found[1] if found else ""
