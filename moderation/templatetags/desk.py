"""Small words of the moderators' desk."""

from django import template

from comments.models import Comment
from moderation import forms, wording

register = template.Library()


@register.filter
def reason_words(reason: str) -> str:
    return wording.for_moderator(reason)


@register.filter
def seen_value(comment: Comment) -> str:
    return forms.seen_value(comment)


@register.filter
def unlocalized(score: float) -> str:
    """For an HTML attribute, where a Ukrainian decimal comma would not be a number."""
    return f"{score:.3f}"


@register.filter
def percent(score: float) -> str:
    return f"{score:.0%}"


@register.filter
def language_words(language: str) -> str:
    return str(wording.LANGUAGE_LABELS[language])


@register.filter
def outcome_words(outcome: str) -> str:
    return wording.of_outcome(outcome)
