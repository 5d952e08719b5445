"""After an upgrade the roles may do what the new version lets them: `migrate` sees to it."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from config.operations.doctor import parts
from config.operations.doctor.diagnosis import CheckError
from moderation.accounts.roles import PERMISSIONS, Role, ensure_roles, make_member, update_roles

pytestmark = pytest.mark.django_db
NEW = "change_articlehold"


def migrate(**options: object) -> str:
    said = StringIO()
    call_command("migrate", interactive=False, stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def before_the_upgrade() -> None:
    """Groups as an older version made them, which did not know one of the permissions."""
    ensure_roles()
    Group.objects.get(name=Role.MODERATOR).permissions.remove(Permission.objects.get(codename=NEW))


@pytest.mark.usefixtures("before_the_upgrade")
def test_migrate_gives_existing_roles_their_new_permissions() -> None:
    olena, _ = make_member("andrii", Role.AUDITOR)
    Group.objects.get(name=Role.MODERATOR).permissions.remove(Permission.objects.get(codename=NEW))
    assert "Roles with new permissions: moderator.\n" in migrate()
    moderators = Group.objects.get(name=Role.MODERATOR)
    assert moderators.permissions.filter(codename=NEW).exists()
    assert olena.get_all_permissions() == set(PERMISSIONS[Role.AUDITOR])
    assert "Roles" not in migrate()


@pytest.mark.usefixtures("before_the_upgrade")
def test_what_is_only_looked_at_changes_nothing() -> None:
    migrate(plan=True)
    migrate(check_unapplied=True)
    assert not Group.objects.filter(name=Role.MODERATOR, permissions__codename=NEW).exists()


def test_migrate_makes_no_groups_of_its_own() -> None:
    migrate()
    assert not Group.objects.exists()


def test_a_database_that_goes_back_to_an_older_version_is_left_alone() -> None:
    ensure_roles()
    Permission.objects.filter(codename=NEW).delete()
    assert update_roles() == []


@pytest.mark.usefixtures("before_the_upgrade")
def test_doctor_names_the_roles_and_the_command() -> None:
    with pytest.raises(CheckError, match=r"manage\.py migrate"):
        parts.roles()
    update_roles()
    assert parts.roles()
