"""Before many comments are decided, a page shows which, which not and why, and who is told what."""

import re

import pytest
from django.test import Client

from comments.models import Comment, Site, Status
from moderation import claims, notes
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.models import Act, BulkDecision, RejectionReason
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import (
    ALL,
    QUEUE,
    decisions,
    send,
    signed_in,
    signed_in_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def ivan() -> User:
    return make_member("ivan")[0]


def held(count: int) -> list[Comment]:
    article = make_article()
    return [make_comment(article, Status.HELD) for _ in range(count)]


def preview(
    client: Client, comments: list[Comment], verdict: str = "spam", page: str = QUEUE
) -> str:
    """Tick these comments, press a button of the bar and return the address of the preview."""
    address: str = client.post(page, decisions(verdict, comments, comments))["Location"]
    return address


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_preview_decides_nothing_and_says_what_it_would_do(marta: Client) -> None:
    comments = held(3)
    page = read(marta, preview(marta, comments))
    assert "<h1>Reject 3 comments (spam)?</h1>" in page
    assert "<q>Your comment is not published: it looks like advertising or spam.</q>" in page
    assert "3 authors" in page
    assert all(each.text in page for each in comments)
    assert Comment.objects.filter(status=Status.HELD).count() == 3


def test_one_ticked_comment_is_decided_at_once_as_by_its_own_button(marta: Client) -> None:
    (comment,) = held(1)
    assert preview(marta, [comment]).startswith(QUEUE)
    comment.refresh_from_db()
    assert comment.status == Status.REJECTED


def test_a_site_is_quoted_in_its_own_words(marta: Client) -> None:
    own = RejectionReason.objects.create(
        site=Site.objects.default(),
        code="off_topic",
        name_uk="флуд",
        name_en="chatter",
        public_en="We do not publish chatter.",
    )
    page = read(marta, preview(marta, held(2), f"own-{own.pk}"))
    assert "<h1>Reject 2 comments (chatter)?</h1>" in page
    assert "<q>We do not publish chatter.</q>" in page


def test_what_is_left_out_is_listed_with_the_reason(marta: Client, ivan: User) -> None:
    _free, claimed, asked, decided = comments = held(4)
    claims.claim(comment=claimed, user=ivan)
    notes.ask(comment=asked, text="Чи це спам?", by=ivan, addressee=None)
    send(signed_in(ivan), QUEUE, decisions("hate", [decided], [decided]))
    page = read(marta, preview(marta, comments))
    assert "<h1>Reject 1 comment (spam)?</h1>" in page
    assert "ivan is reading it." in page
    assert "ivan asked the leads: “Чи це спам?”" in page
    assert "ivan: rejected (hate or threats)," in page


def test_a_comment_can_be_left_out_and_taken_in_again(marta: Client) -> None:
    first, second = comments = held(2)
    address = preview(marta, comments)
    marta.post(address, {"step": "out", "comment": first.pk})
    assert "<h1>Reject 1 comment (spam)?</h1>" in read(marta, address)
    marta.post(address, {"step": "in", "comment": first.pk})
    marta.post(address, {"step": "out", "comment": second.pk})
    marta.post(address, {"step": "start"})
    statuses = dict(Comment.objects.values_list("pk", "status"))
    assert statuses == {first.pk: Status.REJECTED, second.pk: Status.HELD}


def test_after_it_one_is_back_at_the_list_with_a_link_to_undo_it(marta: Client) -> None:
    comments = held(2)
    page = send(marta, f"{QUEUE}?reason=toxicity", decisions("spam", comments, comments))
    assert "2 comments rejected." in page
    bulk = BulkDecision.objects.get()
    assert bulk.back.startswith(f"{QUEUE}?reason=toxicity")
    done = read(marta, f"/en/admin/bulk/{bulk.pk}/")
    act = re.search(r'name="act" value="(\d+)"', done)
    assert act
    marta.post("/en/admin/queue/undo/", {"act": act[1], "sure": "1"})
    assert Comment.objects.filter(status=Status.HELD).count() == 2
    assert "This was undone." in read(marta, f"/en/admin/bulk/{bulk.pk}/")


def test_all_that_match_a_filter_are_decided_beyond_the_page(marta: Client) -> None:
    others = make_comment(status=Status.HELD, author_name="Інша")
    for _ in range(27):
        make_comment(status=Status.HELD, author_name="Набридливий Пан")
    address = f"{QUEUE}?name=Набридливий"
    page = read(marta, address)
    assert "all that match: 27" in page
    newest = re.search(r'name="up_to" value="(\d+)"', page)
    assert newest
    later = make_comment(status=Status.HELD, author_name="Набридливий Пан")
    data = decisions("spam", [], filtered="on", up_to=newest[1])
    assert "27 comments rejected." in send(marta, address, data)
    left = Comment.objects.filter(status=Status.HELD)
    assert {each.pk for each in left} == {others.pk, later.pk}
    assert Act.objects.count() == 1


def test_a_long_preview_has_pages(marta: Client) -> None:
    for _ in range(60):
        make_comment(status=Status.HELD)
    data = decisions("spam", [], filtered="on", up_to=Comment.objects.latest("pk").pk)
    address = marta.post(QUEUE, data)["Location"]
    assert "page 1 of 2" in read(marta, address)
    assert len(re.findall('value="out"', read(marta, f"{address}?page=2"))) == 10


def test_nobody_opens_or_starts_what_a_colleague_prepared(marta: Client, ivan: User) -> None:
    address = preview(marta, held(2))
    other = signed_in(ivan)
    assert other.get(address).status_code == 404
    assert other.post(address, {"step": "start"}).status_code == 404
    assert signed_in_as(Role.AUDITOR).post(address, {"step": "start"}).status_code == 403
    assert signed_in_as(Role.AUDITOR).get(address).status_code == 403
    assert Comment.objects.filter(status=Status.HELD).count() == 2


def test_an_auditor_cannot_prepare_one(marta: Client) -> None:
    comments = held(2)
    data = decisions("spam", comments, comments)
    assert signed_in_as(Role.AUDITOR).post(QUEUE, data).status_code == 403
    assert not BulkDecision.objects.exists()


def test_the_page_of_a_running_one_asks_for_the_next_batch(
    marta: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.bulk.BATCH", 2)
    monkeypatch.setattr("moderation.bulk.carry_on.__kwdefaults__", {"seconds": 0.0})
    address = preview(marta, held(3))
    assert marta.post(address, {"step": "start"})["Location"] == address
    page = read(marta, address)
    assert "2 of 3" in page
    assert 'value="stop"' in page
    answer = marta.post(address, {"step": "on"}, headers={"Accept": "application/json"}).json()
    assert (answer["state"], answer["done"]) == ("running", 3)
    marta.post(address, {"step": "stop"})
    assert "Stopped" in read(marta, address)
    answer = marta.post(address, {"step": "start"}, follow=True)
    assert "3 comments rejected." in answer.content.decode()


def test_in_the_list_of_all_comments_the_reason_of_many_is_corrected(marta: Client) -> None:
    rejected = [make_comment(status=Status.REJECTED) for _ in range(2)]
    page = send(marta, ALL, decisions("toxicity", rejected, rejected))
    assert "Reason changed for 2 comments." in page
