"""Template tags of the desk."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from comments.models import Article, Comment
from moderation import article_holds, labels
from moderation.desk.article_dial import MAY_HOLD, held_until
from moderation.desk.author_facts import chip_of, words_of
from moderation.desk.cards import Card
from moderation.desk.chance_words import chance_words
from moderation.desk.charts import whole
from moderation.desk.decision_words import what
from moderation.desk.layers import LINED, Layer, pieces
from moderation.desk.policy_history import act_number, changes, is_undo
from moderation.desk.saved_views import (
    MAY_SAVE,
    MAY_SHARE,
    filter_query,
    may_delete,
    place_of,
    views_for,
)
from moderation.desk.scores import scores_of
from moderation.models import ArticleHold, AuthorMeasure, Decision

register = template.Library()


@register.inclusion_tag("moderation/saved_views.html", takes_context=True)
def saved_views(context: Any) -> dict[str, Any]:
    """Show the views saved for this list, and the forms to save and to delete them."""
    request = context["request"]
    user, place = request.user, place_of(request)
    found = list(views_for(user, place))
    return {
        "views": found,
        "deletable": [view for view in found if may_delete(user, view)],
        "query": filter_query(request.GET),
        "place": place,
        "path": request.path,
        "may_save": user.has_perm(MAY_SAVE),
        "may_share": user.has_perm(MAY_SHARE),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def marked(text: str, layer: Layer) -> SafeString:
    """Return the escaped text with the marks of each kind in their own way."""
    return format_html_join(
        "",
        "{}",
        ((_marked(piece, kinds) if kinds else piece,) for piece, kinds in pieces(text, layer)),
    )


def _marked(piece: str, kinds: Sequence[tuple[str, int]]) -> SafeString:
    """Mark a piece; the title says in words what its look says."""
    framed = "mark-framed " if any(kind not in LINED for kind, _strength in kinds) else ""
    classes = framed + " ".join(f"mark-{kind}" for kind, _strength in kinds)
    strength = max(strength for _kind, strength in kinds)
    said = ", ".join(labels.for_moderator(kind) for kind, _strength in kinds)
    return format_html(
        '<mark class="{} mark-{}" title="{}">{}</mark>', classes, strength, said, piece
    )


@register.filter
def is_long(comment: Comment) -> bool:
    """Return whether the text may exceed the twelve lines of 40 characters that a card shows."""
    return len(comment.text) + 40 * comment.text.count("\n") > 400


@register.filter
def reason_words(reason: str) -> str:
    return labels.for_moderator(reason)


@register.filter
def reason_of(decision: Decision) -> str:
    return labels.reason_of(decision)


@register.inclusion_tag("moderation/dial.html", takes_context=True)
def card_dial(context: Any, card: Card) -> dict[str, Any]:
    """Show the dial of a card's article; afterwards the page shows the card again."""
    back = f"{context['request'].get_full_path()}#{card.comment.anchor}"
    return _dial(context, card.comment.article_id, card.hold, back)


@register.inclusion_tag("moderation/dial.html", takes_context=True)
def focus_dial(context: Any, card: Card, query: str) -> dict[str, Any]:
    """Show the dial in the queue, also if the page fetched only this comment."""
    view = f"{query}&" if query else ""
    back = f"{reverse('admin:queue')}?{view}comment={card.comment.pk}"
    return _dial(context, card.comment.article_id, card.hold, back)


@register.inclusion_tag("moderation/dial.html", takes_context=True)
def article_dial(context: Any, article: Article) -> dict[str, Any]:
    hold = article_holds.current(article)
    return _dial(context, article.pk, hold, context["request"].get_full_path())


def _dial(context: Any, article: int, hold: ArticleHold | None, back: str) -> dict[str, Any]:
    return {
        "article": article,
        "hold": hold,
        "may_hold": context["request"].user.has_perm(MAY_HOLD),
        "next": back,
        "drawn": context.get("drawn", {}),
    }


@register.filter
def unlocalized(score: float) -> str:
    """Format for an HTML attribute, in which a decimal comma would be invalid."""
    return f"{score:.3f}"


@register.filter
def measure_words(measure: AuthorMeasure) -> str:
    return words_of(measure)


@register.filter
def measure_chip(measure: AuthorMeasure) -> str:
    """A measure in a word or two, with its last day."""
    kind = chip_of(measure)
    if measure.until is None:
        return kind
    day = date_format(localtime(measure.until), "SHORT_DATE_FORMAT")
    return _("%(measure)s until %(day)s") % {"measure": kind, "day": day}


@register.filter
def of_hundred(share: float) -> str:
    """Format a share for an SVG attribute a hundred units wide."""
    return f"{share * 100:.1f}"


register.filter("what_was_decided", what)
register.filter(chance_words)
register.filter(whole)
register.filter(labels.percent)
register.filter(labels.exact_percent)
register.filter(held_until)
register.filter("policy_changes", changes)
register.filter(act_number)
register.filter(is_undo)
register.filter(scores_of)


@register.filter
def language_words(language: str) -> str:
    return labels.of_language(language)


@register.filter
def outcome_words(outcome: str) -> str:
    return labels.of_outcome(outcome)
