"""A filter and an order are saved under a name, for oneself or for everyone."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from moderation.accounts.roles import Role
from moderation.desk.saved_views import MAX_VIEWS
from moderation.models import SavedView
from tests.makers import make_comment
from tests.moderation.desk.desks import ALL, QUEUE, signed_in_as

pytestmark = pytest.mark.django_db
SAVE = "/en/admin/views/save/"
QUERY = "reason=spam&order=risk"


def save(client: Client, name: str = "Spam first", query: str = QUERY, **also: Any) -> Any:
    data = {"place": "queue", "name": name, "query": query, "back": QUEUE, **also}
    return client.post(SAVE, data, follow=True)


def delete(client: Client, view: SavedView, **also: Any) -> Any:
    return client.post(f"/en/admin/views/{view.pk}/delete/", {"back": QUEUE, **also})


def links(client: Client, page: str = QUEUE) -> str:
    return (
        client.get(page).content.decode().partition('class="desk-views"')[2].partition("</ul>")[0]
    )


def test_a_view_is_a_link_above_the_list_it_was_saved_for() -> None:
    olena = signed_in_as(Role.MODERATOR, "olena")
    answer = save(olena, query=f"{QUERY}&page=3&language=&known=1")
    address, parameters = answer.redirect_chain[-1][0].split("?")
    assert (address, QueryDict(parameters).dict()) == (QUEUE, {"reason": "spam", "order": "risk"})
    page = answer.content.decode()
    assert "The view “Spam first” is saved." in page
    assert (
        f'<a href="?{SavedView.objects.get().query}" aria-current="page">'.replace("&", "&amp;")
        in page
    )
    assert "Spam first" not in links(olena, ALL)
    assert "Spam first" not in links(signed_in_as(Role.MODERATOR, "petro"))


def test_the_same_name_replaces_the_view() -> None:
    olena = signed_in_as(Role.MODERATOR)
    save(olena)
    save(olena, query="language=en")
    assert [view.query for view in SavedView.objects.all()] == ["language=en"]


def test_only_a_lead_shares_a_view_and_everyone_sees_it() -> None:
    save(signed_in_as(Role.MODERATOR, "olena"), "Own", is_shared="on")
    save(signed_in_as(Role.LEAD, "lead"), "Shared", is_shared="on")
    for role in Role:
        shown = links(signed_in_as(role, f"other-{role.name}"))
        assert "Shared" in shown
        assert "Own" not in shown


@pytest.mark.parametrize("role", Role)
def test_moderators_and_leads_save_views_and_auditors_only_see_them(role: Role) -> None:
    client = signed_in_as(role)
    may = role != Role.AUDITOR
    assert save(client).status_code == (200 if may else 403)
    assert SavedView.objects.exists() is may
    assert ("Save this view" in client.get(QUEUE, {"reason": "spam"}).content.decode()) is may


def test_a_view_is_deleted_by_its_owner_and_a_shared_one_by_leads_too() -> None:
    olena, petro = (signed_in_as(Role.MODERATOR, name) for name in ("olena", "petro"))
    first, second = (signed_in_as(Role.LEAD, name) for name in ("first", "second"))
    save(olena, "Own")
    save(first, "Shared", is_shared="on")
    own, shared = SavedView.objects.order_by("pk")
    assert delete(petro, own).status_code == delete(second, own).status_code == 403
    assert delete(olena, shared).status_code == 403
    assert delete(olena, own).status_code == delete(second, shared).status_code == 302
    assert not SavedView.objects.exists()


def test_after_a_deletion_the_filter_is_as_it_was() -> None:
    olena = signed_in_as(Role.MODERATOR)
    save(olena)
    answer = delete(olena, SavedView.objects.get(), query="language=en")
    assert answer["Location"] == f"{QUEUE}?language=en"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "", "queue/"])
def test_a_form_leads_to_no_other_site(back: str) -> None:
    answer = save(signed_in_as(Role.MODERATOR), back=back)
    assert answer.redirect_chain[0][0].startswith("/en/admin/queue/?")


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"query": "page=2"}, "Choose a filter or an order first"),
        ({"name": ""}, "required"),
        ({"name": "x" * 61}, "60"),
        ({"query": f"q={'x' * 1001}"}, "1000"),
        ({"place": "elsewhere"}, "choice"),
    ],
)
def test_what_cannot_be_saved_is_told(over: dict[str, str], sentence: str) -> None:
    page = save(signed_in_as(Role.MODERATOR), **over).content.decode()
    assert sentence in page.partition('class="messagelist"')[2].partition("</ul>")[0]
    assert not SavedView.objects.exists()


def test_nobody_has_more_views_than_fit_above_a_list() -> None:
    olena = signed_in_as(Role.MODERATOR)
    for number in range(MAX_VIEWS):
        save(olena, f"View {number}")
    assert "You have 30 saved views" in save(olena, "One more").content.decode()
    assert "is saved" in save(olena, "View 3", "language=en").content.decode()
    assert SavedView.objects.count() == MAX_VIEWS


def test_a_name_is_shown_as_it_was_written() -> None:
    make_comment()
    page = save(signed_in_as(Role.MODERATOR), "<b>Спам & образи</b>").content.decode()
    assert "&lt;b&gt;Спам &amp; образи&lt;/b&gt;" in page
