"""Show a story's markup."""

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def story_html(body: str) -> SafeString:
    """Keeps the markup of a story and drops whatever could run."""
    return mark_safe(nh3.clean(body))
