"""Template filters about authors' own comments."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comments.identity import status_token

register = template.Library()


@register.filter
def own_page(comment_id: int, page: str = "status") -> str:
    """Return the address of the author's page about a comment, or of a form on it.

    Whoever knows it can change the comment, so it is for its author's eyes only.
    """
    return reverse(f"comments:{page}", kwargs={"token": status_token(comment_id)})


@register.filter
def spans(text: str, found: Iterable[tuple[int, ...]]) -> SafeString:
    """Escape the text and mark the spans (start, end, ...), which are in order."""
    written, last = SafeString(""), 0
    for start, end, *_strength in found:
        written = format_html("{}{}<mark>{}</mark>", written, text[last:start], text[start:end])
        last = end
    return format_html("{}{}", written, text[last:])
