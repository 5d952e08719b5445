"""Where to go after a decision, and the link back to it."""

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comments.models import Comment

# More ids make an address that proxies refuse.
LINKED_AT_MOST = 100


def next_card(shown: Sequence[int], decided: Collection[int]) -> int | None:
    """The card to go on with, on a page that the decided ones leave.

    That is the card after the first decided one, or the one before it where none comes after.
    """
    first = next((place for place, pk in enumerate(shown) if pk in decided), 0)
    after = [pk for pk in shown[first:] if pk not in decided]
    return next(iter([*after, *reversed(shown[:first])]), None)


def anchor(comment: int | None) -> str:
    return f"#{Comment(pk=comment).anchor}" if comment else ""


def with_way_back(sentence: str, decided: Collection[int]) -> str:
    """What was done, with a link to what it was done to, so that a slip can be corrected."""
    if not 0 < len(decided) <= LINKED_AT_MOST:
        return sentence
    if len(decided) == 1:
        url = reverse("admin:comment", args=[*decided])
    else:
        url = f"{reverse('admin:comments')}?ids={','.join(map(str, decided))}"
    return format_html('{} <a href="{}">{}</a>', sentence, url, _("Review again"))
