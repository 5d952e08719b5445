"""Where to go after a decision: the next card, the decided comments, the page with the button."""

from collections.abc import Collection, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
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


def own_address(request: HttpRequest) -> str:
    """Return the page that a form asks to go back to, if it is one of this service's, or the desk.

    It is named in `next`, because the browser may keep the referring page to itself.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_own else reverse("admin:index")
