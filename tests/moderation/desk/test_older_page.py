"""A page that was opened before a colleague saved does not undo what the colleague has changed."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client, RequestFactory

from comments.models import Article, KeyScope, Site, SiteKey
from comments.shared_form import SharedForm
from moderation.accounts.models import AccountDeed, AccountEntry, User
from moderation.accounts.roles import Role, make_member
from moderation.delivery.models import Endpoint
from moderation.models import Act, RejectionReason, SitePolicy
from tests.makers import make_article, set_policy
from tests.moderation.delivery.receiver import make_endpoint
from tests.moderation.desk.desks import as_opened, signed_in_as, signed_in_as_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy() -> SitePolicy:
    return set_policy(spam_hold_at=0.5, banned_words="раковина")


@pytest.fixture
def olha() -> Client:
    return signed_in_as(Role.LEAD, "olha")


@pytest.fixture
def larysa() -> Client:
    return signed_in_as(Role.LEAD, "larysa")


def address(row: Model) -> str:
    return f"/en/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def opened(client: Client, row: Model) -> dict[str, Any]:
    sent = as_opened(client.get(address(row)).content.decode())
    assert "as_shown" in sent
    return sent


def save(client: Client, row: Model, form: dict[str, Any]) -> str:
    """Return the page if it is shown again, or nothing if it was saved."""
    answer = client.post(address(row), form)
    row.refresh_from_db()
    return "" if answer.status_code == 302 else answer.content.decode()


def test_a_word_that_a_colleague_has_added_stays_and_is_not_logged_as_removed(
    olha: Client, larysa: Client, policy: SitePolicy
) -> None:
    hers, older = opened(olha, policy), opened(larysa, policy)
    assert not save(olha, policy, {**hers, "banned_words": "раковина\r\nумивальник"})
    page = save(larysa, policy, {**older, "max_links": "5"})
    assert "Nothing is saved yet: what is marked below has been changed" in page
    assert "Changed by: olha." in page
    assert (policy.max_links, policy.banned_phrases) == (2, ("раковина", "умивальник"))
    again = as_opened(page)
    assert (again["max_links"], again["banned_words"].split()) == ("5", ["раковина", "умивальник"])
    assert not save(larysa, policy, again)
    assert (policy.max_links, policy.banned_phrases) == (5, ("раковина", "умивальник"))
    assert Act.objects.latest("pk").before["values"] == {"max_links": [2, 5]}


def test_what_both_have_changed_is_kept_as_typed_and_the_page_says_what_it_replaces(
    olha: Client, larysa: Client, policy: SitePolicy
) -> None:
    hers, older = opened(olha, policy), opened(larysa, policy)
    save(olha, policy, {**hers, "banned_words": "умивальник", "spam_hold_at": "60"})
    page = save(larysa, policy, {**older, "banned_words": "раковина\r\nванна"})
    assert "раковина → умивальник. If you save again, yours replaces it." in page
    again = as_opened(page)
    assert again["banned_words"].split() == ["раковина", "ванна"]
    assert again["spam_hold_at"] == "60"
    assert not save(larysa, policy, again)
    assert policy.banned_phrases == ("раковина", "ванна")
    assert policy.threshold("spam", "hold_at") == 0.6


def test_a_form_that_is_sent_twice_is_no_change_by_a_colleague(
    olha: Client, policy: SitePolicy
) -> None:
    form = {**opened(olha, policy), "banned_words": "ванна", "spam_hold_at": ""}
    assert not save(olha, policy, form)
    assert not save(olha, policy, form)
    assert Act.objects.count() == 1


def test_an_unchanged_page_saves_although_browsers_send_other_line_breaks(
    olha: Client, policy: SitePolicy
) -> None:
    SitePolicy.objects.update(banned_words="раковина\n\nванна \n")
    assert not save(olha, policy, {**opened(olha, policy), "banned_words": "раковина\r\nванна"})


@pytest.mark.parametrize("sent", ["", "[", "[]", '{"values": 1}', '{"values": {"max_links": 2}}'])
def test_a_form_that_does_not_say_what_was_shown_is_saved(
    olha: Client, policy: SitePolicy, sent: str
) -> None:
    form = opened(olha, policy)
    assert not save(olha, policy, {**form, "max_links": "7", "as_shown": sent})
    assert policy.max_links == 7


def test_an_account_that_a_colleague_has_closed_stays_closed(olha: Client, larysa: Client) -> None:
    marta, _ = make_member("marta", Role.MODERATOR)
    hers, older = opened(olha, marta), opened(larysa, marta)
    del hers["is_active"]
    assert not save(olha, marta, hers)
    auditor = str(Group.objects.get(name=Role.AUDITOR).pk)
    page = save(larysa, marta, {**older, "groups": [auditor]})
    assert "Changed by: olha." in page
    assert not marta.is_active
    assert marta.groups.get().name == Role.MODERATOR
    again = as_opened(page)
    assert not save(larysa, marta, again)
    assert not marta.is_active
    assert marta.groups.get().name == Role.AUDITOR
    deeds = AccountEntry.objects.filter(account=marta).order_by("pk").values_list("deed", flat=True)
    assert list(deeds)[-2:] == [AccountDeed.CLOSED, AccountDeed.ROLES]


def test_roles_that_a_colleague_has_given_stay(olha: Client, larysa: Client) -> None:
    marta = User.objects.create_user("marta", is_staff=True)
    hers, older = opened(olha, marta), opened(larysa, marta)
    moderator = str(Group.objects.get(name=Role.MODERATOR).pk)
    save(olha, marta, {**hers, "groups": [moderator]})
    again = as_opened(save(larysa, marta, {**older, "username": "marta-2"}))
    assert (again["username"], again["groups"]) == ("marta-2", [moderator])


def test_no_page_carries_the_hash_of_a_password(olha: Client) -> None:
    marta, _ = make_member("marta", Role.MODERATOR)
    User.objects.filter(pk=marta.pk).update(password="pbkdf2$1$salt$hash")
    assert "salt$hash" not in olha.get(address(marta)).content.decode()


def article() -> Article:
    return make_article(url="https://news.example/mist")


def reason() -> RejectionReason:
    facts = {"code": "off_topic", "name_uk": "флуд", "name_en": "chatter"}
    return RejectionReason.objects.create(site=Site.objects.default(), **facts)


def key() -> SiteKey:
    made = SiteKey(site=Site.objects.default(), name="wordpress", scope=KeyScope.CHECK)
    made.renew()
    made.save()
    return made


def webhook() -> Endpoint:
    return make_endpoint("https://www.example.org/hooks")


@pytest.mark.parametrize(
    ("make", "first", "second"),
    [
        (article, {"title": "Міст закрито"}, {"section": "Область"}),
        (
            article,
            {"closes_at_0": "2031-12-12", "closes_at_1": "08:00:00"},
            {"title": "Міст закрито"},
        ),
        (reason, {"public_en": "No chatter."}, {"name_en": "small talk"}),
        (key, {"text_kept_days": "3"}, {"doubt": "later"}),
        (webhook, {"kinds": ["purge"]}, {"url": "https://www.example.org/other"}),
        (Site.objects.default, {"origins": "https://www.example.org"}, {"name": "Вечірні вісті"}),
    ],
)
def test_every_other_page_of_shared_settings_does_the_same(
    make: Any, first: dict[str, Any], second: dict[str, Any]
) -> None:
    row, root = make(), signed_in_as_superuser()
    hers, older = opened(root, row), opened(root, row)
    assert not save(root, row, {**hers, **first})
    page = save(root, row, {**older, **second})
    assert "Nothing is saved yet" in page
    again = as_opened(page)
    assert {**again, **first, **second} == again
    assert not save(root, row, again)
    assert {**opened(root, row), **first, **second} == opened(root, row)


def test_every_page_of_the_admin_that_changes_something_has_such_a_form() -> None:
    request = RequestFactory().get("/en/admin/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    pages = map(admin.site.get_model_admin, filter(admin.site.is_registered, apps.get_models()))
    changing = [page for page in pages if page.has_change_permission(request)]
    assert changing
    assert [page for page in changing if not issubclass(page.form, SharedForm)] == []
