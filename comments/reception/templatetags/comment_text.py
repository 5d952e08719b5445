"""How a reader's words become HTML: escaped, with links that carry no weight."""

import re

from django import template
from django.utils.html import Urlizer, linebreaks
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


# What is written around an address and is no part of it, beside what Django knows.
_AROUND = "«»„“”‘’‹›…*"


class _UgcUrlizer(Urlizer):
    trailing_punctuation_chars = ".,:;!?" + _AROUND
    wrapping_punctuation = [("(", ")"), ("[", "]"), *((sign, sign) for sign in _AROUND)]
    # Narrower than Django's: ftp://… is no site's name, and what stands before an @ only looks like
    # the site that a link leads to.
    simple_url_re = re.compile(r"^https?://(?![^/?#]*[@\\])\[?\w", re.IGNORECASE)
    simple_url_2_re = re.compile(
        r"^www\.(?![^/?#]*[@\\])|^(?!http)\w[\w.-]*\.(com|edu|gov|int|mil|net|org)($|/.*)$",
        re.IGNORECASE,
    )
    url_template = '<a href="{href}" rel="ugc nofollow noopener">{url}</a>'

    @staticmethod
    def is_email_simple(value: str) -> bool:
        """Nothing is an e-mail here: only http and https become links."""
        return False


_urlize = _UgcUrlizer()


@register.filter
def comment_html(text: str) -> SafeString:
    """Escapes everything typed; addresses become links that search engines do not follow."""
    return mark_safe(linebreaks(_urlize(text, autoescape=True)))
