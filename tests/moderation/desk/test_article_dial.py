"""The dial "hold everything here" on a card and on the article's page."""

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation.accounts.roles import Role
from moderation.models import Act, ArticleHold
from tests.makers import make_comment
from tests.moderation.desk.desks import QUEUE, card_page, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
M, L, A = Role.MODERATOR, Role.LEAD, Role.AUDITOR


@pytest.fixture
def held() -> Comment:
    return make_comment(status=Status.HELD)


def turn(client: Client, article: Article, hours: object, back: str = QUEUE) -> str:
    """Press a button of the dial; return the next page."""
    data = {"hours": hours, "next": back}
    page = client.post(f"/en/admin/articles/{article.pk}/hold/", data, follow=True)
    return page.content.decode()


@pytest.mark.parametrize("hours", [1, 6, 24, 168])
def test_it_is_set_for_the_chosen_time_and_every_card_says_until_when(
    held: Comment, hours: int
) -> None:
    page = turn(signed_in_as(M), held.article, hours)
    left = ArticleHold.objects.get().until - timezone.now()
    assert round(left.total_seconds() / 3600) == hours
    card = page.partition('class="desk-article"')[2].partition("</p>")[0]
    assert "everything is held until" in card
    assert "End it" in page


def test_it_is_ended_by_hand(held: Comment) -> None:
    client = signed_in_as(M)
    turn(client, held.article, 1)
    page = turn(client, held.article, 0)
    assert not ArticleHold.objects.exists()
    assert "everything is held until" not in page.partition('class="desk-article"')[2]
    assert "are not held any more" in turn(client, held.article, 0)


@pytest.mark.parametrize("hours", ["", "2", "-1", "nan"])
def test_another_time_is_refused(held: Comment, hours: str) -> None:
    assert "Choose for how long." in turn(signed_in_as(M), held.article, hours)
    assert not ArticleHold.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_moderators_and_leads_turn_it_and_auditors_only_see_it(held: Comment, role: Role) -> None:
    client = signed_in_as(role)
    address = f"/en/admin/articles/{held.article.pk}/hold/"
    page = client.get(card_page(held)).content.decode()
    assert ("Hold everything here" in page) is (role is not A)
    assert client.post(address, {"hours": 1}).status_code == (403 if role is A else 302)
    assert ArticleHold.objects.exists() is (role is not A)
    assert client.get(address).status_code == (403 if role is A else 405)


@pytest.mark.parametrize("role", [L, A])
def test_the_articles_page_has_it_too(held: Comment, role: Role) -> None:
    turn(signed_in_as(M), held.article, 1)
    address = f"/en/admin/comments/article/{held.article.pk}/change/"
    page = signed_in_as(role).get(address).content.decode()
    assert "everything is held until" in page
    assert ("End it" in page) is (role is L)


def test_the_message_leads_to_the_undo(held: Comment) -> None:
    client = signed_in_as(M)
    page = turn(client, held.article, 24)
    address = f"/en/admin/acts/{Act.objects.get().pk}/undo/"
    assert address in page
    question = client.get(address, {"next": QUEUE}).content.decode()
    assert f"{held.article.title}: the usual rules apply" in question
    assert "Undone." in client.post(address, {"next": QUEUE}, follow=True).content.decode()
    assert not ArticleHold.objects.exists()
    again = client.post(address, {"next": QUEUE}, follow=True).content.decode()
    assert "This has been undone already." in again
    assert "This has been undone already." in client.get(address).content.decode()


def test_only_leads_undo_what_others_set(held: Comment) -> None:
    turn(signed_in_as(M, "marta"), held.article, 24)
    address = f"/en/admin/acts/{Act.objects.get().pk}/undo/"
    for role, name, answer in ((M, "ivan", 403), (A, "anna", 403), (L, "olha", 302)):
        assert signed_in_as(role, name).post(address).status_code == answer
        assert ArticleHold.objects.exists() is (role is not L)


def test_it_never_leads_to_another_website(held: Comment) -> None:
    client = signed_in_as(M)
    data = {"hours": 1, "next": "https://evil.example/"}
    answer = client.post(f"/en/admin/articles/{held.article.pk}/hold/", data)
    assert answer["Location"] == "/en/admin/"


def test_the_queue_has_it_and_shows_the_same_comment_afterwards(held: Comment) -> None:
    client = signed_in_as(M)
    for address in (f"/en/admin/queue/?comment={held.pk}", f"/en/admin/queue/focus/{held.pk}/"):
        page = client.get(address).content.decode()
        dial = page.partition('class="desk-dial"')[2].partition("</form>")[0]
        assert f'name="next" value="/en/admin/queue/?comment={held.pk}"' in dial
    page = turn(client, held.article, 6, f"/en/admin/queue/?comment={held.pk}")
    assert "everything is held until" in page.partition('class="focus-dial"')[2]
