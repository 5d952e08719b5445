"""Roles: what their groups may do, and how members are created."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from moderation.accounts.models import User
from moderation.accounts.roles import (
    PERMISSIONS,
    MissingPermissionError,
    Role,
    ensure_roles,
    make_member,
)

pytestmark = pytest.mark.django_db


def add_moderator(*arguments: str) -> str:
    out = StringIO()
    call_command("add_moderator", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("role", Role)
def test_a_role_gives_exactly_its_permissions(role: Role) -> None:
    user, password = make_member("olena", role)
    assert user.is_staff
    assert not user.is_superuser
    assert password
    assert user.check_password(password)
    assert user.get_all_permissions() == set(PERMISSIONS[role])


def test_a_moderator_sees_no_e_mail_and_an_auditor_may_change_nothing() -> None:
    moderator, _ = make_member("olena")
    assert moderator.has_perm("moderation.change_heldcomment")
    assert not moderator.has_perm("comments.view_contact")
    auditor, _ = make_member("andrii", Role.AUDITOR)
    assert {name.split(".")[1].split("_")[0] for name in auditor.get_all_permissions()} == {"view"}
    assert not auditor.has_perm("comments.view_contact")


def test_a_second_role_replaces_the_first() -> None:
    make_member("olena", Role.LEAD)
    user, _ = make_member("olena", Role.AUDITOR)
    assert [group.name for group in user.groups.all()] == [Role.AUDITOR]


def test_the_command_assigns_the_requested_role() -> None:
    assert "olena is now a lead" in add_moderator("olena", "--role", "lead")
    assert User.objects.get().groups.get().name == Role.LEAD
    assert "andrii is now an auditor" in add_moderator("andrii", "--role", "auditor")


def test_the_groups_permissions_are_restored_exactly() -> None:
    group = ensure_roles()[Role.MODERATOR]
    group.permissions.set([Permission.objects.get(codename="delete_user")])
    ensure_roles()
    held = {f"{each.content_type.app_label}.{each.codename}" for each in group.permissions.all()}
    assert held == set(PERMISSIONS[Role.MODERATOR])
    assert Group.objects.count() == len(Role)


def test_a_missing_permission_is_an_error() -> None:
    Permission.objects.filter(codename="view_decision").delete()
    with pytest.raises(MissingPermissionError, match=r"moderation\.view_decision"):
        ensure_roles()


def test_an_existing_user_keeps_the_password_until_it_is_reset() -> None:
    user = User.objects.create_user("iryna", password="her own")
    assert "is unchanged" in add_moderator("iryna")
    user.refresh_from_db()
    assert user.check_password("her own")
    assert user.is_staff
    password = add_moderator("iryna", "--reset").split()[-1]
    user.refresh_from_db()
    assert user.check_password(password)


def test_an_invalid_name_is_refused() -> None:
    with pytest.raises(CommandError, match="is not a valid user name"):
        add_moderator("two words")
    assert not User.objects.exists()
