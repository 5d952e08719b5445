"""Template tags of the pages: the link to the other language, generated avatars."""

import unicodedata
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from django import template
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.translation import get_language

register = template.Library()

AVATAR_COLOURS = 8


@register.simple_tag(takes_context=True)
def page_in(context: Context, language: str) -> str:
    """Return the address of this page in the language, or that of the front page."""
    here: Any = context["request"].get_full_path()
    there = translate_url(here, language)
    if there == here and language != get_language():
        there = translate_url(reverse("comments:front"), language)
    return there


@register.filter
def of(values: Mapping[int, str] | None, key: int) -> str:
    """Return the value of a key, or "" if there is none."""
    return values.get(key, "") if values else ""


@register.filter
def initial(name: str) -> str:
    """Return the first letter or digit of a name in upper case."""
    return next((char for char in name if unicodedata.category(char)[0] in "LN"), "?").upper()[0]


@register.filter
def colour(name: str) -> int:
    """Return the number of the avatar colour of a name."""
    return crc32(name.encode(errors="replace")) % AVATAR_COLOURS
