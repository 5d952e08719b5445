"""Choose the card to show after a decision, and link back to the decided comments."""

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comments.models import Comment

# With more ids proxies would refuse the URL.
MAX_LINKED = 100


def next_card(shown: Sequence[int], decided: Collection[int]) -> int | None:
    """Return the card to show next, on a page that the decided ones leave.

    That is the card after the first decided one, or the one before it if none comes after.
    """
    first = next((place for place, pk in enumerate(shown) if pk in decided), 0)
    after = [pk for pk in shown[first:] if pk not in decided]
    return next(iter([*after, *reversed(shown[:first])]), None)


def anchor(comment: int | None) -> str:
    return f"#{Comment(pk=comment).anchor}" if comment else ""


def with_review_link(sentence: str, decided: Collection[int]) -> str:
    """Return the sentence with a link to the decided comments, so that errors can be corrected."""
    if not 0 < len(decided) <= MAX_LINKED:
        return sentence
    if len(decided) == 1:
        url = reverse("admin:comment", args=[*decided])
    else:
        url = f"{reverse('admin:comments')}?ids={','.join(map(str, decided))}"
    return format_html('{} <a href="{}">{}</a>', sentence, url, _("Review again"))
