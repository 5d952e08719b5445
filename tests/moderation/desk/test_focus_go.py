"""The box that goes where it is told: to a link, a number, a name or an e-mail's comments."""

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.models import PrivacyEntry
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import ALL, card_page, signed_in_as
from tests.moderation.desk.test_focus_page import FOCUS

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def comment() -> Comment:
    article = make_article(key="mist", url="https://paper.example/news/mist/")
    return make_comment(
        article, Status.HELD, author_email="oksana@example.org", address="203.0.113.7"
    )


def go(client: Client, asked: str) -> str:
    address: str = client.post(f"{FOCUS}go/", {"email": asked})["Location"]
    return address


def test_a_number_or_a_link_leads_to_the_comment(marta: Client, comment: Comment) -> None:
    page = card_page(comment)
    for asked in (
        f"{comment.pk}",
        f"#{comment.pk} ",
        f"https://paper.example/news/mist/#comment-{comment.pk}",
        f"https://comments.example/uk/admin/comments/{comment.pk}/",
    ):
        assert go(marta, asked) == page


@pytest.mark.parametrize("asked", ["https://paper.example/news/mist/?from=mail", "/uk/mist/"])
def test_the_link_of_an_article_leads_to_its_comments(
    marta: Client, comment: Comment, asked: str
) -> None:
    assert go(marta, asked) == f"{ALL}?article=mist"


def test_a_name_is_searched_for(marta: Client) -> None:
    assert go(marta, "Оксана") == f"{ALL}?q=%D0%9E%D0%BA%D1%81%D0%B0%D0%BD%D0%B0"


@pytest.mark.parametrize("asked", ["", "#404", "https://paper.example/other/"])
def test_what_is_not_found_leads_back_to_the_queue(
    marta: Client, comment: Comment, asked: str
) -> None:
    assert go(marta, asked) == FOCUS


@pytest.mark.parametrize(
    "asked",
    [
        "oksana@example.org",
        "Оксана <Oksana@example.org>",
        "oksana@example.org,",
        "«oksana@example.org».",
        "mailto:oksana@example.org?subject=Міст",
        "oksana%40example.org",
        "oksana＠example.org",
        "oksana@example.org <oksana@example.org>",
        "203.0.113.7",
        "203.0.113.7:443",
        "203.0.113.7/32",
        "(203.0.113.7)",
        "IP: 203.0.113.7, Київ",
        "::ffff:203.0.113.7",
    ],
)
def test_an_e_mail_or_an_address_is_searched_for_in_any_form_it_is_copied_in(
    asked: str, comment: Comment
) -> None:
    lead = signed_in_as(Role.LEAD)
    assert go(lead, asked) == f"/en/admin/authors/{comment.author_key}/"
    assert signed_in_as(Role.MODERATOR).post(f"{FOCUS}go/", {"email": asked}).status_code == 403


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2::7"),
        ("[2001:db8:1:2::7]:443", "2001:db8:1:2::7"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::7"),
        ("адреса:2001:db8:1:2::7.", "2001:db8:1:2::7"),
    ],
)
def test_an_address_of_a_household_is_searched_for_too(asked: str, address: str) -> None:
    theirs = make_comment(address=address)
    assert go(signed_in_as(Role.LEAD), asked) == f"/en/admin/authors/{theirs.author_key}/"


@pytest.mark.parametrize(
    "asked",
    [
        "oksana @ example.org",
        "oksana@example.org, ivan@example.org",
        "оксана@приклад.укр",
        "oksana@203.0.113.7",
        "203.0.113.0/24",
        "2001:db8::/32",
        "203.0.113.7 і 203.0.113.8",
    ],
)
@pytest.mark.parametrize("role", [Role.MODERATOR, Role.LEAD])
def test_no_address_gets_what_may_be_an_e_mail_but_can_not_be_searched_for(
    role: Role, asked: str, comment: Comment
) -> None:
    client = signed_in_as(role)
    answer = client.post(f"{FOCUS}go/", {"email": asked}, follow=True)
    assert [where for where, _status in answer.redirect_chain] == [FOCUS]
    assert "Type one in full, with nothing else." in answer.content.decode()
    assert not PrivacyEntry.objects.exists()


@pytest.mark.parametrize("asked", ["@oksana", "о 12:30:45", "Foo::bar", "1.2.3.4.5", "100% так"])
def test_words_that_only_look_a_little_like_one_are_searched_for(marta: Client, asked: str) -> None:
    assert go(marta, asked).startswith(f"{ALL}?q=")


@pytest.mark.parametrize("asked", ["/a\0b", "https://paper.example/a\0b/", "Окс\0ана", "\0"])
def test_a_character_that_no_database_stores_is_refused(marta: Client, asked: str) -> None:
    answer = marta.post(f"{FOCUS}go/", {"email": asked}, follow=True)
    assert [where for where, _status in answer.redirect_chain] == [FOCUS]
    assert "a character that cannot be stored" in answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_an_e_mail_needs_its_permission_and_is_recorded(role: Role, comment: Comment) -> None:
    answer = signed_in_as(role).post(f"{FOCUS}go/", {"email": "oksana@example.org"})
    if role is Role.LEAD:
        assert answer["Location"] == f"/en/admin/authors/{comment.author_key}/"
    else:
        assert answer.status_code == 403
    assert PrivacyEntry.objects.count() == (role is Role.LEAD)
