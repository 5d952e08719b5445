"""The HTML of other systems as plain text with the marks that comments/markup.py knows."""

import html
import re
from html.entities import html5
from html.parser import HTMLParser

_LEFT_OUT = {"script", "style", "template", "noscript"}
_BREAKS = {"p": 2, "div": 1, "h1": 2, "h2": 2, "h3": 2, "h4": 2, "ul": 1, "ol": 1, "pre": 2}
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_HTML = re.compile(r"[<&]")
_BROKEN_LINE = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
# At which Python's reader of HTML or of its references gives up. A browser takes the first for a
# comment, and the second for no character.
_UNREADABLE = re.compile(r"<!(?=\[)|&#[0-9]{100,};?")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINES = re.compile(r"\n{3,}")
_AROUND = re.compile(r"[ \t]*\n[ \t]*")
_WEB = ("http://", "https://")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def unescaped(value: str) -> str:
    """Return a name or an address that was stored as HTML; in a raw "?a=1&copy=2" all stays."""
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(found: re.Match[str]) -> str:
    is_known = found[0][1] == "#" or found[0][1:] in html5
    return html.unescape(found[0]) if is_known else found[0]


def text_of_html(source: str, *, keeps_lines: bool = False) -> str:
    """Return the text with its paragraphs, quotations, emphasis and links.

    With `keeps_lines` line breaks in the source count, as in WordPress.
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if keeps_lines:
        source = _BROKEN_LINE.sub("\n", source)
    if not _HTML.search(source):
        return (source if keeps_lines else _SPACES.sub(" ", source)).strip()
    source = _UNREADABLE.sub(_readable, source)
    if "<" not in source and keeps_lines:
        return html.unescape(source).strip()
    writer = _Writer(keeps_lines=keeps_lines)
    writer.feed(source)
    writer.close()
    return writer.text()


def _readable(found: re.Match[str]) -> str:
    return "<! " if found[0] == "<!" else "\ufffd"


class _Writer(HTMLParser):
    """Collects the text; a quotation is collected by itself and then marked line by line."""

    def __init__(self, *, keeps_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._keeps_lines = keeps_lines
        self._parts: list[list[str]] = [[]]
        self._links: list[tuple[str, int]] = []
        self._silent = 0

    def text(self) -> str:
        while len(self._parts) > 1:
            self._end_quotation()
        return _tidy("".join(self._parts[0]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self._silent += 1
        elif tag == "blockquote":
            self._parts.append([])
        elif tag == "br":
            self._write("\n")
        elif tag in _BREAKS:
            self._write("\n" * _BREAKS[tag])
        elif tag == "li":
            self._write("\n- ")
        elif tag in _MARKS:
            self._write(_MARKS[tag])
        elif tag in ("a", "img", "iframe"):
            self._address(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._silent = max(0, self._silent - 1)
        elif tag == "blockquote" and len(self._parts) > 1:
            self._end_quotation()
        elif tag in _BREAKS:
            self._write("\n" * _BREAKS[tag])
        elif tag in _MARKS:
            self._end_mark(_MARKS[tag])
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._write(data if self._keeps_lines else _SPACES.sub(" ", data))

    def _address(self, tag: str, attributes: dict[str, str]) -> None:
        """A picture or a frame becomes its address, a link with its text a link of Markdown."""
        if tag == "a":
            self._links.append((attributes.get("href", "").strip(), len(self._parts[-1])))
            return
        source = attributes.get("src", "").strip()
        self._write(source if source.startswith(_WEB) else attributes.get("alt", ""))

    def _end_link(self, address: str, start: int) -> None:
        parts = self._parts[-1]
        label = "".join(parts[start:])
        if not address.startswith(_WEB) or address.removesuffix("/") == label.removesuffix("/"):
            return
        if _is_shortened(label, address):
            parts[start:] = [address]
        elif label.strip() and not set("[]\n") & set(label):
            parts[start:] = [f"[{label}]({address})"]
        else:
            self._write(f" {address}")

    def _end_mark(self, mark: str) -> None:
        # An empty emphasis would leave only its marks.
        if self._parts[-1] and self._parts[-1][-1] == mark:
            self._parts[-1].pop()
        else:
            self._write(mark)

    def _end_quotation(self) -> None:
        quoted = _tidy("".join(self._parts.pop()))
        lines = "\n".join(f"> {line}" for line in quoted.split("\n"))
        self._write(f"\n\n{lines}\n\n" if quoted else "")

    def _write(self, text: str) -> None:
        if text and not self._silent:
            self._parts[-1].append(text)


def _is_shortened(label: str, address: str) -> bool:
    """Whether the text of a link is its address, perhaps without the scheme or the end."""
    bare = label.strip().rstrip(".…/")
    return bool(bare) and address.partition("://")[2].startswith(bare.partition("://")[2] or bare)


def _tidy(text: str) -> str:
    return _LINES.sub("\n\n", _AROUND.sub("\n", text)).strip()
