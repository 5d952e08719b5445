"""Moderators: what their group may do, and how one is made."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command

from moderation.roles import (
    MODERATORS,
    PERMISSIONS,
    MissingPermissionError,
    ensure_roles,
    make_moderator,
)

pytestmark = pytest.mark.django_db


def add_moderator(*arguments: str) -> str:
    out = StringIO()
    call_command("add_moderator", *arguments, stdout=out)
    return out.getvalue()


def test_a_moderator_may_settle_the_queue_and_sees_no_e_mail() -> None:
    user, password = make_moderator("olena")
    assert user.is_staff
    assert not user.is_superuser
    assert password
    assert user.check_password(password)
    assert user.get_all_permissions() == {f"{app}.{name}" for app, name in PERMISSIONS}
    assert not user.has_perm("comments.view_contact")


def test_the_group_gets_back_exactly_its_permissions() -> None:
    group = ensure_roles()
    group.permissions.set([Permission.objects.get(codename="delete_user")])
    ensure_roles()
    assert {each.codename for each in group.permissions.all()} == {name for _, name in PERMISSIONS}
    assert Group.objects.filter(name=MODERATORS).count() == 1


def test_a_missing_permission_is_an_error_and_not_a_smaller_group() -> None:
    Permission.objects.filter(codename="view_decision").delete()
    with pytest.raises(MissingPermissionError, match=r"moderation\.view_decision"):
        ensure_roles()


def test_an_existing_user_keeps_the_password_until_it_is_reset() -> None:
    user = User.objects.create_user("iryna", password="her own")
    assert "stays as it was" in add_moderator("iryna")
    user.refresh_from_db()
    assert user.check_password("her own")
    assert user.is_staff
    password = add_moderator("iryna", "--reset").split()[-1]
    user.refresh_from_db()
    assert user.check_password(password)


def test_a_name_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(CommandError, match="cannot be a user's name"):
        add_moderator("two words")
    assert not User.objects.exists()
