"""Helpers that sign in at the desk and send its forms as its pages do."""

import re
from collections.abc import Collection, Sequence
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client

from comments.models import Comment
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.desk.forms import state

QUEUE = "/en/admin/queue/list/"
REJECTED = "/en/admin/rejected/"
ALL = "/en/admin/comments/"
LOG = "/en/admin/moderation/decision/"


def card_page(comment: Comment) -> str:
    return f"{ALL}{comment.pk}/"


# All permissions that a moderator's work needs.
MODERATOR_PERMISSIONS = (
    *("view_heldcomment", "change_heldcomment", "view_comment", "view_decision", "view_article"),
)


def signed_in(user: User, language: str = "en") -> Client:
    """Their browser, in English unless another language is given."""
    client = Client(headers={"Accept-Language": language})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def signed_in_as(role: Role, name: str = "", language: str = "en") -> Client:
    user, _ = make_member(name or role.name.lower(), role)
    return signed_in(user, language)


def signed_in_with(*permissions: str) -> Client:
    """A user with exactly these permissions and no role."""
    user = User.objects.create_user(f"staff-{User.objects.count()}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return signed_in(user)


def signed_in_as_superuser(language: str = "en") -> Client:
    """A superuser."""
    return signed_in(User.objects.create_superuser("superuser"), language)


def decision(comment: Comment, verdict: str, **also: Any) -> dict[str, Any]:
    """What a card's own button sends: the comment's current state, and the verdict."""
    return {**state(comment), "decision": verdict, **also}


def decide_one(client: Client, comment: Comment, verdict: str, page: str = QUEUE) -> Any:
    return client.post(page, decision(comment, verdict), follow=True)


def decisions(
    verdict: str, shown: Collection[Comment], chosen: Collection[Comment] = (), **also: Any
) -> dict[str, Any]:
    """What a button of the bar sends: the current states of the page's cards."""
    cards = {"cards-TOTAL_FORMS": len(shown), "cards-INITIAL_FORMS": len(shown)}
    for place, comment in enumerate(shown):
        said = {**state(comment), **({"chosen": "on"} if comment in chosen else {})}
        cards |= {f"cards-{place}-{name}": value for name, value in said.items()}
    return {**cards, "decision": verdict, **also}


def on_card(client: Client, page: str, comment: Comment) -> dict[str, Any]:
    """The hidden fields of the form on this comment's card, from the current page."""
    shown = client.get(page).content.decode()
    form = shown.partition(f'id="{comment.anchor}"')[2].partition('class="desk-decide"')[2]
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form.partition("</form>")[0])
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def plain_marks(page: str) -> str:
    """Return the page with marks that say nothing about their kind and strength."""
    return re.sub(r"<mark[^>]*>", "<mark>", page)


def shown_on(page: str) -> list[int]:
    """The comments whose cards a page shows, in order."""
    return [int(pk) for pk in re.findall(r'<article [^>]*id="comment-(\d+)"', page)]


def press(client: Client, page: str, verdict: str, *comments: Comment) -> str:
    """Select these comments, press a button of the bar and confirm it; return the next page."""
    return send(client, page, decisions(verdict, comments, comments))


def send(client: Client, page: str, data: dict[str, Any]) -> str:
    """Send the form of the bar; if it is about many, press the button of the preview too."""
    answer = client.post(page, data, follow=True)
    shown: str = answer.content.decode()
    if 'value="start"' in shown and " autofocus>" in shown:
        answer = client.post(answer.request["PATH_INFO"], {"step": "start"}, follow=True)
    return answer.content.decode()


class _Fields(HTMLParser):
    """Collects what a browser would send of a page's forms with the method POST."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found: dict[str, Any] = dict(attrs)
        name, kind = found.get("name", ""), found.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "button"):
            if kind not in ("checkbox", "radio"):
                self.sent[name] = found.get("value") or ""
            elif "checked" in found:
                self.sent.setdefault(name, []).append(found.get("value") or "on")
        elif tag == "textarea":
            self._area = name
            self.sent[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found:
            self.sent[self._select] = found["value"]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self._area] = self.sent[self._area].lstrip()
            self._area = ""


def as_opened(page: str) -> dict[str, Any]:
    """Return what the main form of this page of the admin sends if nothing is changed in it."""
    found = _Fields()
    found.feed(page.partition(" novalidate>")[2].partition("</form>")[0])
    return {name: value for name, value in found.sent.items() if name != "csrfmiddlewaretoken"}
