"""Render a comment's text as safe HTML with links."""

import re

from django import template
from django.utils.html import escape, format_html, linebreaks, smart_urlquote
from django.utils.safestring import SafeString, mark_safe

from comments.text import links

register = template.Library()


# A user part before an @ can look like the host of the address.
_DISGUISED = re.compile(r"(?:https?://)?[^/?#]*[@\\]", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
# Browsers do not support longer URLs.
_MAX_URL_LENGTH = 2048


@register.filter
def comment_html(text: str) -> SafeString:
    """Escape the text and turn addresses into links that search engines do not follow."""
    written, last = [], 0
    for start, end in links(text):
        written += [escape(text[last:start]), _link(text[start:end])]
        last = end
    return mark_safe(linebreaks("".join([*written, escape(text[last:])])))


def _link(address: str) -> str:
    if len(address) > _MAX_URL_LENGTH or _DISGUISED.match(address):
        return escape(address)
    url = address if _SCHEME.match(address) else f"http://{address}"
    return format_html(
        '<a href="{}" rel="ugc nofollow noopener">{}</a>', smart_urlquote(url), address
    )
