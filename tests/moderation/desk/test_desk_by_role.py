"""What each role can do at the desk: which pages open and which actions work."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from comments.models import Comment, Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from tests.makers import make_comment, set_policy
from tests.moderation.desk.desks import decision, plain_marks, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
M, L, A = Role.MODERATOR, Role.LEAD, Role.AUDITOR
DESK = "/en/admin/"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("queue/", {M, L, A}),
        ("comments/", {M, L, A}),
        ("moderation/decision/", {M, L, A}),
        ("dashboard/", {M, L, A}),
        ("moderation/sitepolicy/", {L, A}),
        ("moderation/sitepolicy/add/", {L}),
        ("moderation/privacyentry/", {L, A}),
        ("moderation/privacyentry/add/", set()),
        ("accounts/user/", {L, A}),
        ("accounts/user/add/", {L}),
        ("comments/article/", {L, A}),
        ("comments/article/add/", {L}),
    ],
)
def test_each_page_opens_for_its_roles_only(role: Role, page: str, who: set[Role]) -> None:
    answer = signed_in_as(role).get(DESK + page, follow=True)
    assert answer.status_code == (200 if role in who else 403)


@pytest.mark.parametrize("role", Role)
def test_moderators_and_leads_decide_and_auditors_only_read(role: Role) -> None:
    comment = make_comment(status=Status.HELD)
    client = signed_in_as(role)
    page = client.get(f"{DESK}queue/").content.decode()
    assert comment.text in plain_marks(page).replace("<mark>", "").replace("</mark>", "")
    assert ('name="decision"' in page) is (role is not A)
    answer = client.post(f"{DESK}queue/", decision(comment, "publish"))
    assert answer.status_code == (403 if role is A else 302)
    assert Comment.objects.get().status == (Status.HELD if role is A else Status.PUBLISHED)


@pytest.mark.parametrize("role", Role)
def test_only_a_lead_sets_the_policy(role: Role) -> None:
    policy = set_policy(max_links=2)
    address = f"{DESK}moderation/sitepolicy/{policy.pk}/change/"
    data = {"max_links": "7", "trusted_after": "0", "banned_words": ""}
    answer = signed_in_as(role).post(address, data)
    assert answer.status_code == (302 if role is L else 403)
    policy.refresh_from_db()
    assert policy.max_links == (7 if role is L else 2)


def account(**over: object) -> dict[str, object]:
    password = {"password1": "довга фраза 12", "password2": "довга фраза 12"}
    return {"username": "nova", "usable_password": "true", **password, **over}


def groups(*roles: Role) -> list[int]:
    return [make_member(f"a-{role.name}", role)[0].groups.get().pk for role in roles]


def test_a_lead_creates_an_account_with_a_role() -> None:
    data = account(groups=groups(A))
    answer = signed_in_as(L).post(f"{DESK}accounts/user/add/", data)
    assert answer.status_code == 302, answer.content.decode()
    made = User.objects.get(username="nova")
    assert made.is_staff
    assert not made.is_superuser
    assert [group.name for group in made.groups.all()] == [A]


@pytest.mark.parametrize("role", [M, A])
def test_others_cannot_create_accounts(role: Role) -> None:
    data = account(groups=groups(role))
    assert signed_in_as(role).post(f"{DESK}accounts/user/add/", data).status_code == 403
    assert not User.objects.filter(username="nova").exists()


def test_a_lead_can_only_change_permissions_through_roles() -> None:
    lead = signed_in_as(L)
    may_delete = Permission.objects.get(codename="delete_user")
    data = account(is_superuser="on", user_permissions=[may_delete.pk])
    lead.post(f"{DESK}accounts/user/add/", data)
    made = User.objects.get(username="nova")
    assert not made.is_superuser
    assert not made.user_permissions.exists()
    superuser = User.objects.create_superuser("superuser", password="довга фраза 13")
    special = User.objects.create_user("special", is_staff=True)
    special.user_permissions.add(may_delete)
    words = "чужа фраза 14"
    for user, may in ((made, True), (superuser, False), (special, False)):
        path = f"{DESK}accounts/user/{user.pk}/password/"
        data = {"usable_password": "true", "password1": words, "password2": words}
        assert lead.get(path).status_code == (200 if may else 404)
        lead.post(path, data)
        user.refresh_from_db()
        assert user.check_password(words) is may
    listed = lead.get(f"{DESK}accounts/user/").content.decode()
    assert "nova" in listed
    assert "superuser" not in listed
    assert "special" not in listed


@pytest.mark.parametrize("role", [L, A])
def test_no_page_shows_the_hash_of_a_password(role: Role) -> None:
    user, _ = make_member("olena")
    page = signed_in_as(role).get(f"{DESK}accounts/user/{user.pk}/change/").content.decode()
    assert "olena" in page
    user.refresh_from_db()
    assert user.password.split("$")[-1] not in page


def test_an_account_is_closed_instead_of_deleted() -> None:
    lead = signed_in_as(L)
    user, _ = make_member("olena")
    assert lead.get(f"{DESK}accounts/user/{user.pk}/delete/").status_code == 403
    lead.post(f"{DESK}accounts/user/{user.pk}/change/", {"username": "olena", "groups": []})
    user.refresh_from_db()
    assert not user.is_active


def test_an_auditor_sees_accounts_without_a_link_to_set_a_password() -> None:
    user, _ = make_member("olena")
    page = signed_in_as(A).get(f"{DESK}accounts/user/{user.pk}/change/").content.decode()
    assert "olena" in page
    assert "moderator" in page.partition("Roles")[2]
    assert "../password/" not in page
    assert "pbkdf2" not in page
    lead = signed_in_as(L).get(f"{DESK}accounts/user/{user.pk}/change/").content.decode()
    assert "../password/" in lead


def test_without_signing_in_no_desk_page_opens() -> None:
    for page in ("moderation/privacyentry/", "accounts/user/", "comments/"):
        assert "/admin/login/" in Client().get(DESK + page)["Location"]


@pytest.mark.django_db
def test_a_forbidden_page_says_so_in_the_readers_language(client: Client) -> None:
    client.force_login(User.objects.create_user("petro", is_staff=True))
    answer = client.get("/uk/admin/queue/")
    assert answer.status_code == 403
    assert "Ця сторінка вам не відкрита" in answer.content.decode()
