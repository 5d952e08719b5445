"""The roles (moderator, lead, auditor), their permissions and their members."""

import secrets
from collections.abc import Mapping, Sequence

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.accounts.models import User


class Role(models.TextChoices):
    """The value is the name of the role's group."""

    MODERATOR = "Moderators", _("moderator")
    LEAD = "Leads", _("lead moderator")
    AUDITOR = "Auditors", _("auditor")


_SEES = (
    "moderation.view_heldcomment",
    "moderation.view_decision",
    "comments.view_comment",
    "moderation.view_authormeasure",
    "moderation.view_note",
    "moderation.view_question",
)
_SETTLES = (
    *_SEES,
    "moderation.change_heldcomment",
    "moderation.change_articlehold",
    "moderation.add_savedview",
    "moderation.hold_author",
    "moderation.add_note",
    "moderation.add_question",
    "comments.answer_for_newsroom",
    "comments.pick_comment",
)
# Moderators see only their own statistics.
_OVERSEES = ("moderation.view_statistics", "moderation.view_decision_file")
PERMISSIONS: Mapping[Role, Sequence[str]] = {
    Role.MODERATOR: _SETTLES,
    Role.LEAD: (
        *_SETTLES,
        "moderation.ban_author",
        "moderation.trust_author",
        "moderation.measure_network",
        "moderation.answer_for_leads",
        "moderation.share_savedview",
        *_OVERSEES,
        "moderation.view_sitepolicy",
        "moderation.add_sitepolicy",
        "moderation.change_sitepolicy",
        "moderation.view_rejectionreason",
        "moderation.add_rejectionreason",
        "moderation.change_rejectionreason",
        "moderation.view_privacyentry",
        "accounts.view_accountentry",
        "comments.view_contact",
        "comments.view_article",
        "comments.add_article",
        "comments.change_article",
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
    ),
    Role.AUDITOR: (
        *_SEES,
        *_OVERSEES,
        "moderation.view_sitepolicy",
        "moderation.view_rejectionreason",
        "moderation.view_privacyentry",
        "accounts.view_accountentry",
        "comments.view_article",
        "accounts.view_user",
    ),
}


class MissingPermissionError(Exception):
    """A permission of a role does not exist: the database is not migrated, or the list is wrong."""


def ensure_roles() -> dict[Role, Group]:
    """Create or update each role's group with exactly its permissions; return the groups."""
    groups = {}
    for role, names in PERMISSIONS.items():
        groups[role], _ = Group.objects.get_or_create(name=role)
        groups[role].permissions.set([_permission(name) for name in names])
    return groups


def update_roles() -> list[Role]:
    """Give the groups that exist exactly their permissions; return the roles that have changed.

    For an upgrade: a database that is being taken back to an older version lacks permissions of
    this one, and is left alone.
    """
    try:
        changed = [role for role in PERMISSIONS if missing_or_excess(role)]
        if changed:
            ensure_roles()
    except MissingPermissionError:
        return []
    return changed


def missing_or_excess(role: Role) -> bool:
    """Whether the role's group exists with other permissions than this version gives it."""
    group = Group.objects.filter(name=role).first()
    if group is None:
        return False
    return set(group.permissions.all()) != {_permission(name) for name in PERMISSIONS[role]}


def make_member(name: str, role: Role = Role.MODERATOR) -> tuple[User, str | None]:
    """Give a user this role only; create the user if needed. Return it with the new password.

    The password is None if the user already existed; theirs does not change.
    """
    groups = ensure_roles()
    user, is_new = User.objects.get_or_create(username=name)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.remove(*groups.values())
    user.groups.add(groups[role])
    return user, give_password(user) if is_new else None


def give_password(user: User) -> str:
    """Set a new random password and return it."""
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    try:
        return Permission.objects.get(content_type__app_label=app, codename=codename)
    except Permission.DoesNotExist:
        raise MissingPermissionError(
            f"There is no permission {name}: run `manage.py migrate` first."
        ) from None
