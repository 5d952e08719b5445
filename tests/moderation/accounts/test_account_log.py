"""Sign-ins and changes to accounts are logged, for leads and auditors."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from comments.append_only import AppendOnlyError
from moderation.accounts.models import AccountDeed, AccountEntry, User
from moderation.accounts.roles import Role, make_member
from moderation.models import PrivacyDeed, PrivacyEntry
from tests.makers import make_comment
from tests.moderation.desk.desks import ALL, QUEUE, signed_in_as

pytestmark = pytest.mark.django_db
DESK = "/en/admin/"
LOG = f"{DESK}accounts/accountentry/"
THERE = "203.0.113.7"
PHRASE = "довга фраза 12"


def deeds(name: str) -> list[str]:
    entries = AccountEntry.objects.filter(account__username=name).order_by("id")
    return [entry.deed for entry in entries]


def sign_in(client: Client, name: str, password: str) -> None:
    data = {"username": name, "password": password, "next": DESK}
    client.post(f"{DESK}login/", data, REMOTE_ADDR=THERE)


def test_sign_ins_and_sign_outs_are_logged_without_an_address() -> None:
    _, password = make_member("olena")
    client = Client()
    sign_in(client, "olena", password or "")
    client.post(f"{DESK}logout/")
    assert deeds("olena") == [AccountDeed.SIGN_IN, AccountDeed.SIGN_OUT]
    assert THERE not in str(list(AccountEntry.objects.values()))


def test_a_lockout_is_logged_once() -> None:
    make_member("olena")
    for _ in range(14):
        sign_in(Client(), "olena", "wrong")
    for _ in range(14):
        sign_in(Client(), "nobody", "wrong")
    assert deeds("olena") == [AccountDeed.SHUT_OUT]
    assert AccountEntry.objects.count() == 1


def test_a_leads_changes_to_an_account_are_logged() -> None:
    lead = signed_in_as(Role.LEAD)
    group = Group.objects.get(name=Role.MODERATOR)
    data = {"username": "nova", "usable_password": "true", "password1": PHRASE, "password2": PHRASE}
    lead.post(f"{DESK}accounts/user/add/", {**data, "groups": [group.pk]})
    nova = User.objects.get(username="nova")
    page = f"{DESK}accounts/user/{nova.pk}/"
    new = {"usable_password": "true", "password1": f"{PHRASE}3", "password2": f"{PHRASE}3"}
    assert lead.post(f"{page}password/", {**new, "set-password": "1"}).status_code == 302
    lead.post(f"{page}password/", {**new, "password2": "інша", "set-password": "1"})
    lead.post(f"{page}change/", {"username": "nova", "groups": [], "is_active": "on"})
    lead.post(f"{page}change/", {"username": "nova", "groups": [], "is_active": "on"})
    lead.post(f"{page}change/", {"username": "nova", "groups": []})
    lead.post(f"{page}change/", {"username": "nova", "groups": [], "is_active": "on"})
    made, password, roles, closed, opened = AccountEntry.objects.filter(account=nova).order_by("id")
    assert [made.deed, password.deed] == [AccountDeed.MADE, AccountDeed.PASSWORD]
    assert [roles.deed, closed.deed] == [AccountDeed.ROLES, AccountDeed.CLOSED]
    assert opened.deed == AccountDeed.OPENED
    assert {str(entry.actor) for entry in (made, password, roles, closed, opened)} == {"lead"}


def test_changing_ones_own_password_is_logged() -> None:
    user, old = make_member("olena")
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    new = {"new_password1": PHRASE, "new_password2": PHRASE}
    client.post(f"{DESK}password_change/", {"old_password": "wrong", **new})
    client.post(f"{DESK}password_change/", {"old_password": old, **new})
    assert deeds("olena") == [AccountDeed.SIGN_IN, AccountDeed.PASSWORD]


def test_an_operators_actions_are_logged() -> None:
    for arguments in (["--role", "lead"], ["--role", "auditor"], ["--reset"]):
        call_command("add_moderator", "olena", *arguments, stdout=StringIO())
    roles, password = AccountDeed.ROLES, AccountDeed.PASSWORD
    assert deeds("olena") == [AccountDeed.MADE, roles, roles, password]
    assert all(entry.operator for entry in AccountEntry.objects.all())


@pytest.mark.parametrize("role", Role)
def test_leads_and_auditors_can_read_the_log(role: Role) -> None:
    make_member("hanna")
    sign_in(Client(), "hanna", make_member("ivan")[1] or "")
    page = signed_in_as(role).get(LOG)
    assert page.status_code == (403 if role is Role.MODERATOR else 200)
    if role is not Role.MODERATOR:
        assert "signed in" in page.content.decode()


def test_the_log_cannot_be_changed() -> None:
    signed_in_as(Role.LEAD)
    with pytest.raises(AppendOnlyError):
        AccountEntry.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        AccountEntry.objects.get().save()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", [QUEUE, ALL])
def test_only_users_who_may_see_e_mails_may_search_by_one(role: Role, page: str) -> None:
    for _ in range(2):
        make_comment(author_email="petro@example.org")
    client = signed_in_as(role)
    may = role is Role.LEAD
    assert ('name="email"' in client.get(page).content.decode()) is may
    answer = client.post(f"{ALL}find/", {"email": "Petro@example.org"})
    assert answer.status_code == (302 if may else 403)
    entries = [(entry.deed, entry.count, str(entry.actor)) for entry in PrivacyEntry.objects.all()]
    assert entries == ([(PrivacyDeed.SEARCH, 2, "lead")] if may else [])
    assert "petro" not in str(list(PrivacyEntry.objects.values()))


@pytest.mark.parametrize("change", [{"groups": []}, {"is_active": ""}], ids=["role", "account"])
def test_leads_cannot_remove_their_own_role(change: dict[str, object]) -> None:
    lead = signed_in_as(Role.LEAD)
    own = User.objects.get()
    group = own.groups.get()
    page = f"{DESK}accounts/user/{own.pk}/change/"
    data = {"username": "lead", "groups": [group.pk], "is_active": "on"}
    answer = lead.post(page, {**data, **change})
    assert answer.status_code == 200
    assert "ask another lead" in answer.content.decode()
    own.refresh_from_db()
    assert (own.is_active, own.groups.get()) == (True, group)
    assert lead.post(page, {**data, "username": "olena"}).status_code == 302


def test_another_lead_may_remove_it() -> None:
    lead = signed_in_as(Role.LEAD)
    other, _ = make_member("petro", Role.LEAD)
    data = {"username": "petro", "groups": [], "is_active": "on"}
    assert lead.post(f"{DESK}accounts/user/{other.pk}/change/", data).status_code == 302
    assert not other.groups.exists()
