"""A mark tells what it is and how much it weighed, in the same way in the list and in the queue."""

import re
from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation import acts, services
from moderation.accounts.roles import Role
from moderation.models import Act, ActKind
from moderation.policy_changes import record, settings_of
from moderation.scoring import spans_by_attribute, weighed
from tests.makers import make_article, make_comment, set_policy
from tests.moderation.desk.desks import ALL, QUEUE, press, signed_in_as

pytestmark = pytest.mark.django_db
FOCUS = "/en/admin/queue/"
HOLDS = {"toxicity_hold_at": 0.01, "toxicity_reject_at": 1, "spam_hold_at": 1, "spam_reject_at": 1}
INSULT = "Шановна редакціє, дякую. А ти, Степане, тупий ідіот і дурень."
THREAT = "Здохни, тварюко, приїду до тебе додому і вб’ю."


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def held(text: str, **over: Any) -> Comment:
    comment = make_comment(status=Status.PENDING, text=text, **over)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.HELD
    return comment


def text_of(client: Client, page: str) -> str:
    shown = client.get(page).content.decode()
    return re.findall(r'<div class="desk-text[^>]*>(.*?)</div>', shown, re.DOTALL)[0]


def test_the_list_and_the_queue_mark_the_same(marta: Client) -> None:
    set_policy(**HOLDS)
    held(INSULT)
    assert "mark-toxicity" in text_of(marta, QUEUE)
    assert text_of(marta, QUEUE) == text_of(marta, FOCUS)


def test_the_strongest_word_is_marked_as_such_and_weaker_ones_are_not(marta: Client) -> None:
    found = weighed(text=INSULT, attribute="toxicity")
    assert {mark.strength for mark in found} == {1, 3}
    strongest = next(INSULT[mark.start : mark.end] for mark in found if mark.strength == 3)
    set_policy(**HOLDS)
    held(INSULT)
    marks = re.findall(
        r'<mark class="mark-toxicity mark-(\d)"[^>]*>(.*?)</mark>', text_of(marta, QUEUE)
    )
    assert ("3", strongest) in marks
    assert [(INSULT[m.start : m.end], str(m.strength)) for m in found] == [(w, s) for s, w in marks]


def test_the_weighed_words_are_those_that_are_marked() -> None:
    covered = {
        place
        for start, end in spans_by_attribute(text=INSULT)["toxicity"]
        for place in range(start, end)
    }
    for start, end, _strength in weighed(text=INSULT, attribute="toxicity"):
        assert set(range(start, end)) <= covered


def test_a_legend_says_in_words_what_the_marks_are(marta: Client) -> None:
    set_policy(**HOLDS)
    held(INSULT)
    for page in (QUEUE, FOCUS):
        legend = marta.get(page).content.decode().partition('class="desk-legend"')[2]
        assert ">insult</span>" in legend.partition("</p>")[0]
        assert "The thicker the line" in legend.partition("</p>")[0]


def test_marks_stay_after_the_decision_with_the_thresholds_of_that_time(marta: Client) -> None:
    policy = set_policy(**HOLDS)
    comment = held(INSULT)
    before = text_of(marta, f"{ALL}{comment.pk}/")
    policy.thresholds = {"toxicity": {"hold_at": 0.99, "reject_at": 1}}
    policy.save()
    press(marta, QUEUE, "spam", comment)
    assert text_of(marta, f"{ALL}{comment.pk}/") == before


def test_a_word_stays_marked_after_it_has_left_the_list(marta: Client) -> None:
    policy = set_policy(banned_words="ванн*", toxicity_hold_at=1, spam_hold_at=1)
    comment = held("Кому стару ванну, недорого?")
    lead = signed_in_as(Role.LEAD)
    user: Any = lead.get("/en/admin/").wsgi_request.user
    before = settings_of(policy)
    policy.banned_words = "ракет*"
    policy.save()
    act = record(policy=policy, before=before, user=user)
    assert ">ванну</mark>" in text_of(marta, f"{ALL}{comment.pk}/")
    assert act
    acts.undo(act=act, user=user)
    assert Act.objects.filter(kind=ActKind.POLICY).count() == 2
    assert ">ванну</mark>" in text_of(marta, f"{ALL}{comment.pk}/")


@pytest.mark.parametrize("said", ["Правильно!", "Оце я розумію, і так буде з кожним із вас"])
def test_a_threat_that_a_comment_quotes_from_its_page_is_marked(marta: Client, said: str) -> None:
    article = make_article()
    make_comment(article, text=THREAT)
    comment = make_comment(article, Status.PENDING, text=f"> {THREAT}\n{said}")
    set_policy(toxicity_hold_at=1, toxicity_reject_at=1, spam_hold_at=1, spam_reject_at=1)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    if comment.status == Status.HELD:
        assert comment.reason == "hate"
        assert 'mark-hate mark-3"' in text_of(marta, QUEUE)
    else:
        assert len(said.split()) >= 6
