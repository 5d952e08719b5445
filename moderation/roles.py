"""Who may do what: the moderators' group, its permissions and its members' accounts."""

import secrets

from django.contrib.auth.models import Group, Permission, User

MODERATORS = "Moderators"
PERMISSIONS = (
    ("moderation", "view_heldcomment"),
    ("moderation", "change_heldcomment"),
    ("moderation", "view_decision"),
    ("comments", "view_comment"),
)


class MissingPermissionError(Exception):
    """A permission of the group does not exist: the database is not migrated, or the list errs."""


def ensure_roles() -> Group:
    """The moderators' group with exactly its permissions; safe to repeat."""
    group, _ = Group.objects.get_or_create(name=MODERATORS)
    group.permissions.set([_permission(*each) for each in PERMISSIONS])
    return group


def make_moderator(name: str) -> tuple[User, str | None]:
    """A user who may settle the queue, and the password made for them.

    The password is None, and the old one stays, where there was a user of that name already.
    """
    group = ensure_roles()
    user, is_new = User.objects.get_or_create(username=name)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(group)
    return user, give_password(user) if is_new else None


def give_password(user: User) -> str:
    """Replaces the user's password by one that was never used before."""
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def _permission(app: str, codename: str) -> Permission:
    try:
        return Permission.objects.get(content_type__app_label=app, codename=codename)
    except Permission.DoesNotExist:
        raise MissingPermissionError(
            f"There is no permission {app}.{codename}: run `manage.py migrate` first."
        ) from None
