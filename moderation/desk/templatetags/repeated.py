"""Parts that are the same on most cards of a list: each is drawn once a page, which saves time."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from moderation.desk.article_dial import CHOICES
from moderation.desk.cards import Card

register = template.Library()


@register.simple_tag(takes_context=True)
def card_buttons(context: Any, card: Card) -> SafeString:
    """Show the buttons that decide about a card."""
    shown: dict[str, Any] = {
        "may_keep": card.may_keep,
        "may_publish": card.may_publish,
        "may_return": card.may_return,
        "is_rejected": card.is_rejected,
        "rejections": card.rejections,
    }
    values = tuple(value for value, _label in shown["rejections"])
    key = ("buttons", *list(shown.values())[:-1], values)
    return _once(context, key, "moderation/buttons.html", shown)


@register.simple_tag(takes_context=True)
def dial_choices(context: Any) -> SafeString:
    """Show for how long an article's dial can be set."""
    return _once(context, ("dial",), "moderation/dial_choices.html", {"choices": CHOICES})


def _once(context: Any, key: tuple[Any, ...], name: str, shown: Mapping[str, Any]) -> SafeString:
    # A list has a dictionary for what was drawn already; other pages draw each part anew.
    drawn: dict[Any, SafeString] = context.get("drawn", {})
    if key not in drawn:
        drawn[key] = render_to_string(name, dict(shown))
    return drawn[key]
