"""Where a moderator is after a decision: at the next card, with a way back to the decided."""

from collections.abc import Collection

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comments.identity import is_id
from comments.models import Comment

# More ids make an address that proxies refuse.
LINKED_AT_MOST = 100


def next_place(data: QueryDict, decided: Collection[int]) -> str:
    """The anchor of the card to go on with, on a page that the decided ones leave; or "".

    That is the card after the first decided one, or the one before it where none comes after.
    """
    shown = [value.partition(":")[0] for value in data.getlist("seen")]
    gone = {str(pk) for pk in decided}
    first = next((place for place, pk in enumerate(shown) if pk in gone), 0)
    after = [pk for pk in shown[first:] if pk not in gone]
    return place_of([*after, *reversed(shown[:first])])


def place_of(ids: Collection[int | str]) -> str:
    """The anchor of the first of these cards, or ""."""
    first = str(next(iter(ids), ""))
    return f"#{Comment(pk=int(first)).anchor}" if is_id(first) else ""


def with_way_back(sentence: str, decided: Collection[int]) -> str:
    """What was done, with a link to what it was done to: there a slip of the mouse is mended."""
    if not 0 < len(decided) <= LINKED_AT_MOST:
        return sentence
    if len(decided) == 1:
        url = reverse("admin:comments_comment_change", args=[*decided])
    else:
        url = f"{reverse('admin:comments_comment_changelist')}?id__in={','.join(map(str, decided))}"
    return format_html('{} <a href="{}">{}</a>', sentence, url, _("Look again"))
