"""Leads find an author by e-mail or network address; searches are recorded, no URL has either."""

import html

import pytest
from django.test import Client

from comments.models import Comment, Site, Status
from moderation.accounts.roles import Role
from moderation.models import PrivacyDeed, PrivacyEntry
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import ALL, shown_on, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FIND = f"{ALL}find/"
EMAIL, ADDRESS = "olena@example.org", "203.0.113.7"


@pytest.fixture
def lead() -> Client:
    return signed_in_as(Role.LEAD)


@pytest.fixture
def hers() -> Comment:
    return make_comment(status=Status.HELD, author_email=EMAIL, address=ADDRESS)


def find(client: Client, asked: str) -> str:
    address: str = client.post(FIND, {"email": asked})["Location"]
    return address


@pytest.mark.parametrize(
    "asked", [EMAIL, f" {EMAIL.title()} ", f"Olena <{EMAIL}>,", ADDRESS, f"{ADDRESS}:443"]
)
def test_an_e_mail_or_an_address_opens_the_page_of_its_author(
    lead: Client, hers: Comment, asked: str
) -> None:
    make_comment(address="203.0.113.8")
    found = find(lead, asked)
    assert found == f"/en/admin/authors/{hers.author_key}/"
    assert EMAIL not in found
    assert ADDRESS not in found


def test_any_address_of_a_household_finds_what_was_sent_from_it(lead: Client) -> None:
    theirs = make_comment(address="2001:db8:1:2::7")
    assert find(lead, "2001:db8:1:2:3::9") == f"/en/admin/authors/{theirs.author_key}/"


def test_several_authors_of_one_network_are_shown_by_their_comments(
    lead: Client, hers: Comment
) -> None:
    other = make_comment(address=ADDRESS)
    page = html.unescape(lead.post(FIND, {"email": ADDRESS}, follow=True).content.decode())
    assert "2 authors wrote from there." in page
    assert set(shown_on(page)) == {hers.pk, other.pk}


def test_an_author_of_another_site_is_found_too(lead: Client) -> None:
    article = make_article(site=Site.objects.create(key="evening", name="Вечір"))
    theirs = make_comment(article, author_email=EMAIL)
    assert find(lead, EMAIL) == f"/en/admin/authors/{theirs.author_key}/"


@pytest.mark.parametrize("asked", ["nobody@example.org", "198.51.100.1"])
def test_what_nobody_wrote_under_is_said(lead: Client, hers: Comment, asked: str) -> None:
    page = html.unescape(lead.post(FIND, {"email": asked}, follow=True).content.decode())
    assert "No comment comes from there" in page


@pytest.mark.parametrize(
    ("asked", "says"), [("olena", "valid email"), (f"{EMAIL} {ADDRESS}", "Type one in full")]
)
def test_what_is_neither_or_both_is_refused(lead: Client, asked: str, says: str) -> None:
    page = lead.post(FIND, {"email": asked}, follow=True).content.decode()
    assert says in page
    assert not PrivacyEntry.objects.exists()


def test_searches_are_recorded_without_what_was_searched_for(lead: Client, hers: Comment) -> None:
    find(lead, EMAIL)
    find(lead, ADDRESS)
    recorded = PrivacyEntry.objects.order_by("pk").values_list("deed", "count")
    assert list(recorded) == [(PrivacyDeed.SEARCH, 1), (PrivacyDeed.ADDRESS, 1)]


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR])
def test_only_leads_may_search(role: Role, hers: Comment) -> None:
    client = signed_in_as(role)
    for asked in (EMAIL, ADDRESS):
        assert client.post(FIND, {"email": asked}).status_code == 403
        assert client.post("/en/admin/queue/go/", {"email": asked}).status_code == 403
    assert not PrivacyEntry.objects.exists()
