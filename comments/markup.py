"""A comment's text as safe HTML: paragraphs, quotations, emphasis and links, as in Markdown.

Readers who know no Markdown see what they typed: emphasis begins and ends at words, so neither
"2*2" nor a masked word changes, and a quotation has the lines that begin with ">" and no others.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from django.utils.html import smart_urlquote
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from comments.text import links

# A page of a discussion has a few hundred texts.
_KEPT = 2000
# Looking for the ends of more brackets than this would take too long.
_MAX_BRACKETS = 50
_TAGS = {"p", "br", "blockquote", "em", "strong", "a"}
_MARKS = "*_"
_OPENING_QUOTES = "«„“\"'‘"
_ENDS = "»”\"'’.,!?…)%"
_QUOTED = re.compile(r"[ \t]*>")
# A user part before an @ can look like the host of the address.
_DISGUISED = re.compile(r"(?:https?://)?[^/?#]*[@\\]", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
# Under this name the environment of a rendering has the links that form and policy see.
_SEEN = "seen"
# Browsers do not support longer URLs.
_MAX_URL_LENGTH = 2048


@lru_cache(_KEPT)
def comment_html(text: str) -> SafeString:
    """Return the text as HTML with links that search engines do not follow."""
    markdown = _MARKDOWN if text.count("[") <= _MAX_BRACKETS else _WITHOUT_BRACKETS
    seen = {markdown.normalizeLink(text[start:end]) for start, end in links(text)}
    html: str = markdown.render("\n".join(_lines(text)), {_SEEN: seen})
    written = nh3.clean(
        html.replace("<br>\n", "<br>"),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="ugc nofollow noopener",
    )
    return mark_safe(written.strip())


def _lines(text: str) -> Iterator[str]:
    """Yield the lines, with an empty one where a quotation ends: Markdown would continue it."""
    in_quotation = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if _QUOTED.match(line):
            in_quotation = True
            yield line.lstrip()
            continue
        if in_quotation:
            yield ""
        in_quotation = False
        yield line


def _keep_marks(state: StateInline, silent: bool) -> bool:
    """Take the marks of emphasis literally that do not stand at the edge of a word."""
    start, mark = state.pos, state.src[state.pos]
    if mark not in _MARKS:
        return False
    end = start
    while end < state.posMax and state.src[end] == mark:
        end += 1
    before, after = state.src[start - 1 : start], state.src[end : min(end + 1, state.posMax)]
    if _opens(before, after) or _opens(after, before, ends=_ENDS):
        return False
    if not silent:
        state.pending += state.src[start:end]
    state.pos = end
    return True


def _opens(outside: str, inside: str, ends: str = _OPENING_QUOTES) -> bool:
    """Whether emphasis may begin (or, mirrored, end) between these two characters."""
    free = not (outside.isalnum() or (outside and outside in r"\/*_"))
    return free and bool(inside) and (inside.isalnum() or inside in ends)


def _link_addresses(state: StateCore) -> None:
    """Link the addresses in the text, and show where the links of Markdown lead."""
    for block in state.tokens:
        if block.children and block.type == "inline":
            block.children = list(_linked(block.children, state.env[_SEEN]))


def _linked(tokens: list[Token], seen: set[str]) -> Iterator[Token]:
    """Yield the tokens with the links of comments.text, which form and policy see too.

    Markdown decodes addresses, so one that they have not seen is shown, but not linked.
    """
    target: str | None = None
    for token in tokens:
        if token.type == "link_open":
            target = str(token.attrs["href"])
        elif token.type == "link_close" and target is not None:
            yield from _target(target, is_linked=target in seen)
            target = None
        elif token.type == "text" and target is None:
            yield from _with_links(token.content)
        else:
            yield token


def _target(address: str, *, is_linked: bool) -> Iterator[Token]:
    """Yield a link's address in brackets: the text of the link may say anything."""
    yield _text(" (")
    yield from _with_links(address) if is_linked else [_text(address)]
    yield _text(")")


def _with_links(text: str) -> Iterator[Token]:
    last = 0
    for start, end in links(text):
        yield _text(text[last:start])
        yield from _link(text[start:end])
        last = end
    yield _text(text[last:])


def _link(address: str) -> Iterator[Token]:
    if len(address) > _MAX_URL_LENGTH or _DISGUISED.match(address):
        yield _text(address)
        return
    url = address if _SCHEME.match(address) else f"http://{address}"
    yield Token("link_open", "a", 1, attrs={"href": smart_urlquote(url)})
    yield _text(address)
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Leave everything as typed that is no link of comments.text."""
        return links(url) == [(0, len(url))]


def _markdown(*rules: str) -> MarkdownIt:
    markdown = _Markdown("zero", {"breaks": True})
    markdown.enable(["blockquote", "emphasis", "newline", *rules])
    markdown.inline.ruler.before("emphasis", "marks_in_words", _keep_marks)
    markdown.core.ruler.push("addresses", _link_addresses)
    return markdown


_MARKDOWN, _WITHOUT_BRACKETS = _markdown("link"), _markdown()
