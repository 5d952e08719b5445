"""A comment's page at the desk: answer as the newsroom, pick the comment, undo a pick."""

import pytest

from comments.models import Comment, Pick, StaffAnswer, Status
from moderation.accounts.roles import Role
from moderation.models import Act
from tests.makers import make_comment
from tests.moderation.desk.desks import card_page, signed_in_as, signed_in_with

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
M, L, A = Role.MODERATOR, Role.LEAD, Role.AUDITOR
ANSWER = {"author_name": "Олена, редакція", "text": "Дякуємо, виправили."}


@pytest.fixture
def comment() -> Comment:
    return make_comment()


@pytest.mark.parametrize("role", Role)
def test_moderators_and_leads_answer_and_auditors_do_not(comment: Comment, role: Role) -> None:
    client, address = signed_in_as(role), f"{card_page(comment)}answer/"
    may = role is not A
    assert (address in client.get(card_page(comment)).content.decode()) is may
    assert client.get(address).status_code == (200 if may else 403)
    assert client.post(address, ANSWER).status_code == (302 if may else 403)
    assert StaffAnswer.objects.exists() is may
    if may:
        made = StaffAnswer.objects.get().comment
        assert (made.author_name, made.text, made.status, made.parent) == (
            *ANSWER.values(),
            Status.PUBLISHED,
            comment,
        )


@pytest.mark.parametrize("role", Role)
def test_moderators_and_leads_pick_and_auditors_only_see_it(comment: Comment, role: Role) -> None:
    client, address = signed_in_as(role), f"{card_page(comment)}pick/"
    assert client.post(address, {"pick": "yes"}).status_code == (403 if role is A else 302)
    assert Pick.objects.exists() is (role is not A)
    assert client.get(address).status_code == (403 if role is A else 405)


def test_without_the_permission_neither_works_by_a_direct_request(comment: Comment) -> None:
    client = signed_in_with("view_comment", "change_heldcomment")
    assert client.post(f"{card_page(comment)}answer/", ANSWER).status_code == 403
    assert client.post(f"{card_page(comment)}pick/", {"pick": "yes"}).status_code == 403
    page = client.get(card_page(comment)).content.decode()
    assert "Answer as the newsroom" not in page
    assert "editor's pick" not in page
    assert Comment.objects.count() == 1


def test_the_form_is_signed_with_the_sites_name(comment: Comment) -> None:
    page = signed_in_as(M).get(card_page(comment)).content.decode()
    assert f'value="{comment.article.site.name}"' in page


def test_an_answer_needs_words_and_a_comment_that_readers_see(comment: Comment) -> None:
    client, address = signed_in_as(M), f"{card_page(comment)}answer/"
    answer = client.post(address, {**ANSWER, "text": " "})
    assert answer.status_code == 200
    assert "Write your comment." in answer.content.decode()
    held = make_comment(status=Status.HELD)
    page = client.post(f"{card_page(held)}answer/", ANSWER, follow=True).content.decode()
    assert "publish it first" in page
    assert not StaffAnswer.objects.exists()


def test_the_page_says_who_picked_it_and_leads_to_the_undo(comment: Comment) -> None:
    client = signed_in_as(M, "marta")
    page = client.post(f"{card_page(comment)}pick/", {"pick": "yes"}, follow=True).content.decode()
    address = f"/en/admin/acts/{Act.objects.get().pk}/undo/"
    assert address in page
    assert "marta: picked" in page
    assert "No longer pick it" in page
    question = client.get(address).content.decode()
    assert f"{comment} {comment.author_name}: no editor&#x27;s pick" in question
    client.post(address)
    assert not Pick.objects.exists()
    page = client.get(card_page(comment)).content.decode()
    assert "marta: undone" in page
    assert "Make it an editor&#x27;s pick" in page or "Make it an editor's pick" in page


def test_only_leads_undo_what_others_picked(comment: Comment) -> None:
    signed_in_as(M, "marta").post(f"{card_page(comment)}pick/", {"pick": "yes"})
    address = f"/en/admin/acts/{Act.objects.get().pk}/undo/"
    for role, name, answer in ((M, "ivan", 403), (A, "anna", 403), (L, "olha", 302)):
        assert signed_in_as(role, name).post(address).status_code == answer
        assert Pick.objects.exists() is (role is not L)


def test_the_first_page_lists_the_pick_and_the_queue_can_take_it_back(comment: Comment) -> None:
    client = signed_in_as(M)
    client.post(f"{card_page(comment)}pick/", {"pick": "yes"})
    assert "Editor&#x27;s pick" in client.get("/en/admin/").content.decode()
    client.post("/en/admin/queue/undo/", {"act": Act.objects.get().pk, "sure": "on"})
    assert not Pick.objects.exists()
