"""Signing in at the desk in the tests, and pressing its buttons."""

from typing import Any

from django.test import Client

from comments.models import Comment
from moderation.accounts.roles import Role, make_member
from moderation.desk.forms import seen_value

QUEUE = "/en/admin/moderation/heldcomment/"
ALL = "/en/admin/comments/comment/"
LOG = "/en/admin/moderation/decision/"


def signed_in_as(role: Role, name: str = "", language: str = "en") -> Client:
    """Someone with this role, reading English unless another language is asked for."""
    user, _ = make_member(name or role.name.lower(), role)
    client = Client(headers={"Accept-Language": language})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(client: Client, page: str, verdict: str, *comments: Comment) -> str:
    """Ticks these comments, as they are known here, presses a button; the page that follows."""
    data: dict[str, Any] = {
        "decide": verdict,
        "chosen": [comment.pk for comment in comments],
        "seen": [seen_value(comment) for comment in comments],
    }
    return client.post(page, data, follow=True).content.decode()
