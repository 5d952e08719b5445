"""A decision sent by the page's script: what it answers, and what who was second is told."""

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.actors import AUTHOR, POLICY, SYSTEM, Actor
from moderation.desk import focus_queue
from moderation.models import Act, Decision
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, edit, make_comment
from tests.moderation.desk.desks import decision, signed_in_as
from tests.moderation.desk.test_focus_page import FOCUS, in_focus

pytestmark = pytest.mark.django_db
DECIDE = f"{FOCUS}decide/"


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def held() -> list[Comment]:
    return [make_comment(status=Status.HELD) for _ in range(3)]


@pytest.mark.parametrize(
    ("verdict", "status", "sentence"),
    [
        ("publish", Status.PUBLISHED, "Published, 2 left."),
        ("spam", Status.REJECTED, "Rejected as spam, 2 left."),
    ],
)
def test_a_decision_answers_with_its_sentence_and_its_act(
    marta: Client, held: list[Comment], verdict: str, status: Status, sentence: str
) -> None:
    answer = marta.post(DECIDE, decision(held[0], verdict))
    act = Act.objects.get()
    assert answer.json() == {"done": True, "sentence": sentence, "act": act.pk, "left": "2"}
    assert Comment.objects.get(pk=held[0].pk).status == status
    assert list(act.decisions.all()) == [Decision.objects.latest("pk")]


def test_a_decided_comment_can_be_returned(marta: Client, held: list[Comment]) -> None:
    marta.post(DECIDE, decision(held[0], "spam"))
    held[0].refresh_from_db()
    answer = marta.post(DECIDE, decision(held[0], "return"))
    assert answer.json()["sentence"] == "Returned to the queue, 3 left."


def test_what_is_left_is_counted_under_the_filter(marta: Client, held: list[Comment]) -> None:
    answer = marta.post(f"{DECIDE}?reason=links", decision(held[0], "publish"))
    assert answer.json()["left"] == "0"


@pytest.mark.parametrize(
    ("filters", "left"), [("", "2+"), ("?reason=toxicity", "2+"), ("?q=міст", "1+")]
)
def test_of_a_long_queue_only_so_many_are_counted(
    marta: Client, held: list[Comment], monkeypatch: pytest.MonkeyPatch, filters: str, left: str
) -> None:
    monkeypatch.setattr(focus_queue, "MOST_LEFT", 2)
    monkeypatch.setattr(focus_queue, "MOST_FOUND", 1)
    answer = marta.post(f"{DECIDE}{filters}", decision(held[0], "publish"))
    assert answer.json()["left"] == left


def test_who_is_second_is_told_who_decided_what_and_when(
    marta: Client, held: list[Comment]
) -> None:
    signed_in_as(Role.LEAD, "larysa").post(DECIDE, decision(held[0], "off_topic"))
    answer = marta.post(DECIDE, decision(held[0], "publish"))
    assert answer.status_code == 409
    assert answer.json() == {
        "done": False,
        "sentence": (
            f"Comment #{held[0].pk} was decided first by larysa: rejected (off topic), now."
        ),
        "decided": "larysa: rejected (off topic)",
        "left": "2",
    }
    assert Comment.objects.get(pk=held[0].pk).status == Status.REJECTED


def test_a_comment_that_has_changed_is_read_again(marta: Client, held: list[Comment]) -> None:
    stale = decision(held[0], "publish")
    Comment.objects.filter(pk=held[0].pk).update(version=held[0].version + 1)
    answer = marta.post(DECIDE, stale).json()
    assert answer["sentence"] == (
        f"Comment #{held[0].pk} has changed since you opened it. Read it again."
    )
    assert answer["decided"] == ""


def test_a_comment_that_its_author_has_changed_is_read_again(
    marta: Client, held: list[Comment]
) -> None:
    stale = decision(held[0], "publish")
    edit(held[0])
    answer = marta.post(DECIDE, stale)
    assert answer.status_code == 409
    assert answer.json() == {
        "done": False,
        "sentence": f"Comment #{held[0].pk} has changed since you opened it. Read it again.",
        "decided": "",
        "left": "2",
    }


@pytest.mark.parametrize(
    ("actor", "outcome", "english", "ukrainian"),
    [
        (
            POLICY,
            Outcome.PUBLISH,
            "Comment #{pk} has already been decided automatically: published, now.",
            "Коментар #{pk} уже вирішено автоматично: опубліковано, зараз.",
        ),
        (
            AUTHOR,
            Outcome.WITHDRAW,
            "The author got to comment #{pk} first: withdrawn, now.",
            "Автор випередив вас. Коментар #{pk}: забрано, зараз.",
        ),
        (
            SYSTEM,
            Outcome.REJECT,
            "The service got to comment #{pk} first: rejected (expired without a decision), now.",
            "Сервіс випередив вас. Коментар #{pk}: відхилено (строк зберігання минув без рішення), "
            "зараз.",
        ),
    ],
    ids=["policy", "author", "system"],
)
def test_it_is_told_in_plain_words_that_no_moderator_was_first(
    marta: Client,
    held: list[Comment],
    actor: Actor,
    outcome: Outcome,
    english: str,
    ukrainian: str,
) -> None:
    stale, pk = decision(held[0], "publish"), held[0].pk
    decide(held[0], outcome, Reason.EXPIRED, actor)
    assert marta.post(DECIDE, stale).json()["sentence"] == english.format(pk=pk)
    in_ukrainian = marta.post(DECIDE.replace("/en/", "/uk/"), stale).json()
    assert in_ukrainian["sentence"] == ukrainian.format(pk=pk)


def test_a_comment_that_is_gone_is_named(marta: Client) -> None:
    unknown = {"comment": 999, "status": "held", "version": 1, "decision": "publish"}
    assert marta.post(DECIDE, unknown).json()["sentence"] == "Comment #999 does not exist any more."


def test_an_invalid_decision_is_refused_with_a_sentence(marta: Client, held: list[Comment]) -> None:
    answer = marta.post(DECIDE, decision(held[0], "anything"))
    assert answer.status_code == 400
    assert answer.json() == {"done": False, "sentence": "Choose what to do with the comments."}


@pytest.mark.parametrize("role", Role)
def test_moderators_and_leads_decide_and_auditors_only_read(
    role: Role, held: list[Comment]
) -> None:
    client = signed_in_as(role)
    answer = client.post(DECIDE, decision(held[0], "publish"))
    assert answer.status_code == (403 if role is Role.AUDITOR else 200)
    part = client.get(f"{FOCUS}focus/{held[1].pk}/").content.decode()
    assert in_focus(part) == held[1].pk
    assert ('name="decision"' in part) is (role is not Role.AUDITOR)
