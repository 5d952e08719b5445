"""One-time codes at the desk: who must give one, what is accepted, what is stored."""

import base64
import re
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from moderation.accounts.models import AccountDeed, AccountEntry, CodeGenerator, User
from moderation.accounts.roles import Role, make_member
from tests.moderation.desk.desks import QUEUE, signed_in_as, signed_in_as_superuser

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DESK = "/en/admin/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
ASKED, CODES = f"{DESK}one-time-code/", f"{DESK}one-time-codes/"


class Telephone:
    """An authenticator app: it knows the key that the page showed, and the time."""

    def __init__(self, page: str) -> None:
        key = re.search(r'class="desk-key">([A-Z2-7 ]+)<', page)
        assert key
        self.key = key[1].replace(" ", "")

    def code(self, later: int = 0) -> str:
        totp = TOTP(base64.b32decode(self.key))
        totp.time = totp.time + 30 * later
        return f"{totp.token():06d}"


@pytest.fixture
def leads(settings: Any) -> None:
    settings.ONE_TIME_CODES = "leads"


def enrolled(role: Role = Role.LEAD) -> tuple[Client, Telephone, list[str]]:
    client = signed_in_as(role)
    telephone = Telephone(client.get(CODES).content.decode())
    page = client.post(CODES, {"code": telephone.code()}).content.decode()
    return client, telephone, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", page)


def again(role: Role = Role.LEAD) -> Client:
    """The same person in another browser, signed in with the password only."""
    return signed_in_as(role)


def deeds() -> list[str]:
    return [entry.deed for entry in AccountEntry.objects.order_by("id")]


@pytest.mark.parametrize(
    ("who", "asked"),
    [("nobody", set()), ("leads", {Role.LEAD}), ("all", set(Role))],
)
@pytest.mark.parametrize("role", Role)
def test_the_setting_says_who_must_use_codes(
    who: str, asked: set[Role], role: Role, settings: Any
) -> None:
    settings.ONE_TIME_CODES = who
    answer = signed_in_as(role).get(QUEUE, follow=True)
    assert (answer.status_code, "authenticator app" in answer.content.decode()) == (
        200,
        role in asked,
    )


def test_an_account_with_all_permissions_counts_as_a_leads(leads: None) -> None:
    assert "authenticator app" in signed_in_as_superuser().get(QUEUE, follow=True).content.decode()


def test_without_a_code_no_desk_page_opens_and_no_action_works(leads: None) -> None:
    enrolled()
    client = again()
    for page in (
        QUEUE,
        DESK,
        f"{DESK}comments/find/",
        f"{DESK}accounts/user/",
        f"{DESK}password_change/",
    ):
        assert client.get(page).status_code == 302
        assert client.post(page, {"email": "a@example.org"}).status_code == 302
    assert f"{ASKED}?next=" in client.get(CODES)["Location"]
    client.post(CODES, {"stop": "1"})
    client.post(f"{CODES}?new=1", {"code": "123456"})
    assert CodeGenerator.objects.filter(confirmed=True).count() == 1


def test_after_the_code_the_requested_page_is_shown(leads: None) -> None:
    _, telephone, _ = enrolled()
    client = again()
    assert "six digits" in client.get(QUEUE, follow=True).content.decode()
    key = client.cookies["sessionid"].value
    asked = client.get(QUEUE, follow=True).redirect_chain[-1][0]
    assert parse_qs(urlsplit(asked).query)["next"] == [QUEUE]
    answer = client.post(asked, {"code": telephone.code(1)}, follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert answer.status_code == 200
    assert client.cookies["sessionid"].value != key


def test_the_code_page_does_not_redirect_to_another_site(leads: None) -> None:
    _, telephone, _ = enrolled()
    client = again()
    answer = client.post(f"{ASKED}?next=//evil.example/", {"code": telephone.code(1)})
    assert answer["Location"] == DESK


def test_a_code_works_once(leads: None) -> None:
    _, telephone, _ = enrolled()
    used = telephone.code(1)
    assert again().post(ASKED, {"code": used}).status_code == 302
    second = again()
    assert second.post(ASKED, {"code": used}).status_code == 200
    assert second.get(QUEUE).status_code == 302


def test_wrong_codes_are_delayed_and_logged(leads: None) -> None:
    _, telephone, _ = enrolled()
    client = again()
    wrong = f"{(int(telephone.code()) + 1) % 10**6:06d}"
    assert "not right" in client.post(ASKED, {"code": wrong}).content.decode()
    page = client.post(ASKED, {"code": telephone.code(1)}).content.decode()
    assert "Try again in 1 second." in page
    assert client.get(QUEUE).status_code == 302
    assert deeds().count(AccountDeed.CODE_WRONG) == 1
    assert AccountDeed.CODE_RIGHT not in deeds()


def test_each_recovery_code_works_once(leads: None) -> None:
    _, _, recovery_codes = enrolled()
    assert len(set(recovery_codes)) == 10
    client = again()
    assert client.post(ASKED, {"code": recovery_codes[0].upper()}).status_code == 302
    assert client.get(QUEUE).status_code == 200
    assert "You have 9 recovery codes" in client.get(CODES).content.decode()
    assert again().post(ASKED, {"code": recovery_codes[0]}).status_code == 200
    assert AccountDeed.RECOVERY_USED in deeds()


def test_new_recovery_codes_replace_the_old_ones(leads: None) -> None:
    client, _, recovery_codes = enrolled()
    page = client.post(CODES, {"recovery": "1"}).content.decode()
    assert recovery_codes[0] not in page
    assert again().post(ASKED, {"code": recovery_codes[0]}).status_code == 200


def test_another_phone_replaces_the_first(leads: None) -> None:
    client, old, _ = enrolled()
    new = Telephone(client.get(f"{CODES}?new=1").content.decode())
    client.post(f"{CODES}?new=1", {"code": new.code()})
    assert client.get(QUEUE).status_code == 200
    assert again().post(ASKED, {"code": new.code(1)}).status_code == 302
    assert again().post(ASKED, {"code": old.code(1)}).status_code == 200


def test_a_wrong_code_does_not_complete_the_setup(leads: None) -> None:
    client = signed_in_as(Role.LEAD)
    telephone = Telephone(client.get(CODES).content.decode())
    page = client.post(CODES, {"code": telephone.code(40)}).content.decode()
    assert "not right" in page
    assert Telephone(page).key == telephone.key
    assert client.get(QUEUE).status_code == 302


def test_users_who_do_not_need_codes_may_use_and_stop_using_them(settings: Any) -> None:
    settings.ONE_TIME_CODES = "nobody"
    client, _, _ = enrolled(Role.MODERATOR)
    assert again(Role.MODERATOR).get(QUEUE).status_code == 302
    client.post(CODES, {"stop": "1"})
    assert again(Role.MODERATOR).get(QUEUE).status_code == 200
    assert deeds()[-2] == AccountDeed.CODES_OFF


def test_users_who_need_codes_cannot_stop_using_them(leads: None) -> None:
    client, _, _ = enrolled()
    assert "Stop using" not in client.get(CODES).content.decode()
    client.post(CODES, {"stop": "1"})
    assert again().get(QUEUE).status_code == 302


def test_an_operator_can_remove_them(leads: None) -> None:
    client, _, _ = enrolled()
    out = StringIO()
    call_command("reset_one_time_codes", "lead", stdout=out)
    assert out.getvalue() == "The one-time codes of lead were removed.\n"
    assert AccountEntry.objects.latest("id").deed == AccountDeed.CODES_RESET
    assert "authenticator app" in client.get(QUEUE, follow=True).content.decode()
    call_command("reset_one_time_codes", "lead", stdout=out)
    assert out.getvalue().endswith("lead had no one-time codes.\n")
    with pytest.raises(CommandError, match="no account named 'nobody'"):
        call_command("reset_one_time_codes", "nobody")


def test_the_database_alone_reveals_no_codes(leads: None, settings: Any) -> None:
    _, telephone, recovery_codes = enrolled()
    row = TOTPDevice.objects.get()
    assert TOTP(bytes.fromhex(row.key)).token() != int(telephone.code())
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {paper.replace("-", "") for paper in recovery_codes}
    settings.SECRET_KEY = "of somebody else who has a copy of it"
    device = CodeGenerator.objects.get()
    assert not device.verify_token(telephone.code(1))


def test_users_can_sign_out_instead_and_strangers_must_sign_in(leads: None) -> None:
    enrolled()
    client = again()
    client.post(ASKED, {"leave": "1"})
    assert "_auth_user_id" not in client.session
    for page in (ASKED, CODES):
        assert "/admin/login/" in Client().get(page)["Location"]
    reader = Client()
    reader.force_login(User.objects.create_user("petro"), BACKEND)
    assert "/admin/login/" in reader.get(CODES)["Location"]


def test_no_desk_page_shows_the_secrets(leads: None) -> None:
    make_member("olena")
    superuser = signed_in_as_superuser()
    for name in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert superuser.get(f"{DESK}{name}/").status_code in (302, 404)
