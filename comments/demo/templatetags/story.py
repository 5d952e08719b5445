"""Show a story's markup."""

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def story_html(body: str) -> SafeString:
    """Return the markup of a story without scripts."""
    return mark_safe(nh3.clean(body))
