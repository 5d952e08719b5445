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
    return make_comment(article, Status.HELD, author_email="oksana@example.org")


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


@pytest.mark.parametrize("role", Role)
def test_an_e_mail_needs_its_permission_and_is_recorded(role: Role, comment: Comment) -> None:
    answer = signed_in_as(role).post(f"{FOCUS}go/", {"email": "oksana@example.org"})
    if role is Role.LEAD:
        assert answer["Location"] == f"/en/admin/authors/{comment.author_key}/"
    else:
        assert answer.status_code == 403
    assert PrivacyEntry.objects.count() == (role is Role.LEAD)
