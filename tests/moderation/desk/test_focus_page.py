"""The page of the queue: one comment in focus, the next ones beside it, without a script too."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment
from tests.moderation.desk.desks import decision, signed_in_as

pytestmark = pytest.mark.django_db
FOCUS = "/en/admin/queue/"


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def held() -> list[Comment]:
    return [make_comment(status=Status.HELD) for _ in range(3)]


def in_focus(page: str) -> int | None:
    """The comment in focus."""
    found = re.search(r'<article [^>]*id="comment-(\d+)"', page)
    return int(found[1]) if found else None


def listed(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'id="row-(\d+)"', page)]


def body(client: Client, page: str = FOCUS) -> str:
    return client.get(page).content.decode()


def test_the_oldest_is_in_focus_and_all_are_listed(marta: Client, held: list[Comment]) -> None:
    page = body(marta)
    assert in_focus(page) == held[0].pk
    assert listed(page) == [each.pk for each in held]
    assert page.count("<article") == 1


def test_what_a_decision_needs_is_shown_at_once(marta: Client) -> None:
    article = make_article(title="Міст", text="<p>Міст &amp; набережну закриють.</p>")
    root = make_comment(article, text="А коли відкриють?")
    make_comment(article, parent=root, text="Навесні, кажуть.")
    last = make_comment(article, Status.HELD, parent=root, text="Не вірю я їм. " * 30)
    page = strip_tags(body(marta)).replace("\n", " ")
    for said in ("А коли відкриють?", "Навесні, кажуть.", "Міст &amp; набережну закриють."):
        assert said in page
    assert last.text.strip() in page
    assert "Waiting for a moderator: insult" in page
    assert "published 0, waiting 1, rejected 0" in page


def test_a_decision_leads_to_the_next_comment(marta: Client, held: list[Comment]) -> None:
    data = decision(held[0], "publish", next=held[1].pk)
    answer = marta.post(FOCUS, data, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{FOCUS}?comment={held[1].pk}", 302)]
    assert in_focus(page) == held[1].pk
    assert "1 comment published." in page
    assert Comment.objects.get(pk=held[0].pk).status == Status.PUBLISHED


def test_the_form_says_which_comment_is_next(marta: Client, held: list[Comment]) -> None:
    assert f'name="next" value="{held[1].pk}"' in body(marta)
    assert f'comment={held[1].pk}">Skip' in body(marta)
    last = body(marta, f"{FOCUS}?comment={held[2].pk}")
    assert f'name="next" value="{held[0].pk}"' in last


def test_the_filter_is_kept(marta: Client, held: list[Comment]) -> None:
    decide(held[1], Outcome.PUBLISH, Reason.CLEAN)
    decide(held[1], Outcome.HOLD, Reason.REPORTED)
    page = body(marta, f"{FOCUS}?reason=toxicity")
    assert listed(page) == [held[0].pk, held[2].pk]
    data = decision(held[0], "spam", next=held[2].pk)
    answer = marta.post(f"{FOCUS}?reason=toxicity", data)
    assert answer["Location"] == f"{FOCUS}?reason=toxicity&comment={held[2].pk}"


def test_a_tab_for_each_reason_has_its_number(marta: Client, held: list[Comment]) -> None:
    decide(held[1], Outcome.PUBLISH, Reason.CLEAN)
    decide(held[1], Outcome.HOLD, Reason.REPORTED)
    tabs = strip_tags(body(marta).partition('class="focus-tabs"')[2].partition("</nav>")[0])
    assert re.findall(r"([a-z][a-z ]*) (\d)", tabs) == [
        ("all", "3"),
        ("insult", "2"),
        ("reported by readers", "1"),
    ]


def test_a_decided_comment_stays_open_with_what_can_still_be_done(
    marta: Client, held: list[Comment]
) -> None:
    marta.post(FOCUS, decision(held[0], "spam"))
    page = body(marta, f"{FOCUS}?comment={held[0].pk}")
    assert in_focus(page) == held[0].pk
    assert 'value="return"' in page
    assert 'value="toxicity"' in page
    assert 'name="decision" value="spam"' not in page


def test_an_invalid_form_decides_nothing(marta: Client, held: list[Comment]) -> None:
    answer = marta.post(FOCUS, decision(held[0], "anything"), follow=True)
    assert "Choose what to do" in answer.content.decode()
    assert not Comment.objects.exclude(status=Status.HELD).exists()


def test_an_empty_queue_says_so(marta: Client) -> None:
    assert "The queue is empty" in body(marta)
    make_comment(status=Status.HELD)
    page = body(marta, f"{FOCUS}?reason=links")
    assert "Nothing that matches is waiting" in page
    assert f'<a href="{FOCUS}">The whole queue: 1 comment</a>' in page


@pytest.mark.parametrize("asked", ["0", "x", "999", "99999999999999999999"])
def test_an_unknown_comment_in_the_address_is_not_in_focus(
    marta: Client, held: list[Comment], asked: str
) -> None:
    assert in_focus(body(marta, f"{FOCUS}?comment={asked}")) == held[0].pk


def test_the_list_for_many_and_its_way_back_are_linked(marta: Client, held: list[Comment]) -> None:
    assert f'href="{FOCUS}list/"' in body(marta)
    assert f'href="{FOCUS}list/?reason=toxicity"' in body(marta, f"{FOCUS}?reason=toxicity")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "Ремонт почнеться 1 березня, водіям обіцяють автобус.\n<p>Уже другий рік.</p>",
            "Ремонт почнеться 1 березня, водіям обіцяють автобус.",
        ),
        (
            "<h1>Міст</h1><p>Ремонт почнеться 1&nbsp;березня і триватиме пів року.</p><p>Далі.</p>",
            "Міст Ремонт почнеться 1 березня і триватиме пів року.",
        ),
        ("Одне речення без кінця рядка.", "Одне речення без кінця рядка."),
    ],
)
def test_the_articles_lead_is_its_first_paragraph(marta: Client, text: str, lead: str) -> None:
    make_comment(make_article(text=text), Status.HELD)
    shown = re.search(r'<p class="focus-lead">(.*?)</p>', body(marta))
    assert shown
    assert shown[1] == lead
