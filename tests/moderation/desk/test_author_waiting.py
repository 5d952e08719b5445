"""Whoever holds or bans an author can decide about the author's waiting comments right there."""

import html
import re

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation import notes
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.models import Act, Decision
from moderation.policy.verdict import Reason
from tests.makers import make_comment
from tests.moderation.desk.desks import decisions, send, signed_in_as
from tests.moderation.desk.test_author_page import HERS, measure, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def lead() -> Client:
    return signed_in_as(Role.LEAD, "olena")


@pytest.fixture
def hers() -> Comment:
    return make_comment(status=Status.HELD, text="Перша думка.", **HERS)


def ticked(page: str) -> list[int]:
    """The waiting comments that are selected, by their places in the form."""
    form = page.partition('class="desk-waiting"')[2].partition("</form>")[0]
    ids = dict(re.findall(r'name="cards-(\d+)-comment" value="(\d+)"', form))
    return [int(ids[place]) for place in re.findall(r'name="cards-(\d+)-chosen" checked', form)]


def decide(client: Client, verdict: str, shown: list[Comment], chosen: list[Comment]) -> str:
    address = f"{page_of(shown[0])}decide/"
    return send(client, address, decisions(verdict, shown, chosen))


def test_after_a_ban_the_comments_of_that_browser_are_selected(lead: Client, hers: Comment) -> None:
    second = make_comment(status=Status.HELD, text="Друга думка.", **HERS)
    other_browser = make_comment(status=Status.HELD, **{**HERS, "secret": "another"})
    answer = lead.post(page_of(hers), measure(second, "ban"), follow=True)
    page = html.unescape(answer.content.decode())
    assert "3 comments waiting in the queue" in page
    assert ticked(page) == [hers.pk, second.pk]
    decide(lead, "toxicity", [hers, second, other_browser], [hers, second])
    statuses = Comment.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.REJECTED, Status.REJECTED, Status.HELD]
    assert Decision.objects.filter(act=Act.objects.latest("pk")).count() == 2


def test_a_comment_about_which_a_colleague_was_asked_is_not_selected(
    lead: Client, hers: Comment
) -> None:
    user = User.objects.get(username="olena")
    notes.ask(comment=hers, text="Лишити?", by=user, addressee=None)
    answer = lead.post(page_of(hers), measure(hers, "hold"), follow=True)
    page = html.unescape(answer.content.decode())
    assert ticked(page) == []
    assert "a colleague was asked" in page


def test_without_a_measure_nothing_is_selected(lead: Client, hers: Comment) -> None:
    page = lead.get(page_of(hers)).content.decode()
    assert "1 comment waiting in the queue" in page
    assert ticked(page) == []
    answer = decide(lead, "spam", [hers], [])
    assert "Select comments first." in answer
    assert Comment.objects.get().status == Status.HELD


def test_without_comments_in_the_queue_there_is_nothing_to_decide(lead: Client) -> None:
    published = make_comment(**HERS)
    answer = lead.post(page_of(published), measure(published, "ban"), follow=True)
    assert "waiting in the queue" not in answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_auditors_read_and_decide_nothing(role: Role, hers: Comment) -> None:
    client = signed_in_as(role)
    page = client.get(page_of(hers)).content.decode()
    assert "Перша думка." in page
    assert ("cards-0-chosen" in page) is (role is not Role.AUDITOR)
    decide(client, "publish", [hers], [hers])
    hers.refresh_from_db()
    assert hers.reason == (Reason.TOXICITY if role is Role.AUDITOR else Reason.REVIEWED)


def test_even_one_comment_is_previewed(lead: Client, hers: Comment) -> None:
    answer = lead.post(f"{page_of(hers)}decide/", decisions("spam", [hers], [hers]))
    assert answer.status_code == 302
    assert Comment.objects.get().status == Status.HELD
