"""Render a comment's text as safe HTML, in its language."""

from django import template
from django.conf import settings

from comments import markup, threads

register = template.Library()
register.filter("comment_html", markup.comment_html)


@register.filter
def comment_language(detected: str) -> str:
    """Return the value of `lang`: of a comment not read yet that of the site, "" if unknown."""
    return threads.language_tag(detected) if detected else settings.LANGUAGE_CODE
