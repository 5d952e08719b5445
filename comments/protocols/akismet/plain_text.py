"""The text of a comment that another system sends as HTML."""

import re
from html import unescape

# Only these count as HTML, so that "x < 5 and y > 3" stays as it is.
_TAGS = (
    "a|abbr|b|blockquote|br|cite|code|del|div|em|h[1-6]|hr|i|img|li|ol|p|pre|q|s|small|span|strong|"
    "sub|sup|u|ul"
)
_LINK = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'<>\s]+)[^<>]*>(.*?)</a\s*>", re.I | re.S)
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6]|/blockquote)\b[^<>]*>", re.I)
_TAG = re.compile(rf"</?(?:{_TAGS})\b[^<>]*>", re.I)


def plain_text(written: str) -> str:
    """Return a text without HTML tags and entities; a link's address stands after its words."""
    text = _LINK.sub(_linked, written)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    return unescape(text).strip()


def _linked(link: re.Match[str]) -> str:
    address, words = link[1], link[2]
    return words if address in words else f"{words} {address} "
