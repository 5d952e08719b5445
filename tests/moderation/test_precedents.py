"""A person's earlier decisions are found by the same or a similar text, on the same site."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from comments.models import Comment, Site, Status
from moderation import acts, precedents, privacy
from moderation.accounts.models import User
from moderation.models import SLOTS, Decision, Precedent
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
REJECT = Verdict(Outcome.REJECT, Reason.TOXICITY)
RETURN = Verdict(Outcome.HOLD, Reason.RETURNED)
LONG = "Мер знову обіцяє відкрити міст навесні, а гроші з бюджету вже давно поділили між своїми."


@pytest.fixture
def marta() -> User:
    return User.objects.create(username="marta")


def held(text: str, **over: Any) -> Comment:
    return make_comment(status=Status.HELD, text=text, **over)


def decided(by: User, text: str, verdict: Verdict = REJECT, **over: Any) -> Decision:
    comment = held(text, **over)
    reviewed = review_all(moderator=by, verdict=verdict, seen={comment.pk: Seen.of(comment)})
    assert reviewed.act
    return reviewed.act.decisions.get()


def found(comment: Comment) -> list[Decision]:
    return [each.decision for each in precedents.similar_to(comment)]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (LONG, LONG),
        (LONG, LONG.replace("Мер", "Наш мер") + "!!!"),
        (LONG, LONG.replace("а", "a").upper()),
        ("Ти дурень!", "ти, дурень"),
        ("Слава Україні", "Слава Україні!"),
    ],
)
def test_a_decision_on_nearly_the_same_text_is_found(marta: User, earlier: str, later: str) -> None:
    decision = decided(marta, earlier)
    (similar,) = precedents.similar_to(held(later))
    assert similar.decision == decision
    assert similar.is_same


@pytest.mark.parametrize("later", ["Міст відкрили вчора.", "Дякую за новину", "!!!", "…"])
def test_other_texts_are_not_found(marta: User, later: str) -> None:
    decided(marta, LONG)
    assert found(held(later)) == []


def test_a_word_that_turns_the_meaning_is_similar_but_not_the_same(marta: User) -> None:
    decided(marta, "Ти ідіот, Степане")
    (similar,) = precedents.similar_to(held("Ти не ідіот, Степане"))
    assert not similar.is_same


def test_three_are_returned_the_most_similar_first_and_of_equals_the_newest(marta: User) -> None:
    close = decided(marta, LONG.replace("навесні", "восени"))
    same = [decided(marta, LONG) for _ in range(2)]
    decided(marta, LONG.replace("Мер знову обіцяє", "Рада вчора вирішила"))
    assert found(held(LONG)) == [*reversed(same), close]


def test_only_what_persons_decided_is_found(marta: User) -> None:
    make_comment(status=Status.REJECTED, text=LONG)
    decide(make_comment(status=Status.HELD, text=LONG), Outcome.PUBLISH, Reason.CLEAN)
    assert found(held(LONG)) == []


def test_each_site_has_its_own(marta: User) -> None:
    other = Site.objects.create(key="other", name="Інша")
    decided(marta, LONG, article=make_article(site=other))
    assert found(held(LONG)) == []


def test_an_undone_decision_is_no_precedent(marta: User) -> None:
    decision = decided(marta, LONG)
    assert decision.act
    acts.undo(act=decision.act, user=marta)
    assert found(held(LONG)) == []


def test_a_comment_that_went_back_into_the_queue_is_no_precedent(marta: User) -> None:
    comment = decided(marta, LONG).comment
    comment.refresh_from_db()
    review_all(moderator=marta, verdict=RETURN, seen={comment.pk: Seen.of(comment)})
    assert found(held(LONG)) == []


def test_of_one_comment_the_latest_decision_counts(marta: User) -> None:
    comment = decided(marta, LONG).comment
    comment.refresh_from_db()
    review_all(moderator=marta, verdict=PUBLISH, seen={comment.pk: Seen.of(comment)})
    (latest,) = found(held(LONG))
    assert latest.outcome == Outcome.PUBLISH


def test_a_comment_is_no_precedent_of_its_own(marta: User) -> None:
    comment = decided(marta, LONG).comment
    assert found(comment) == []


def test_the_opposite_of_the_latest_decision_is_against_it(marta: User) -> None:
    decided(marta, LONG)
    comment = held(LONG)
    assert precedents.against(REJECT, [comment]) == {}
    assert list(precedents.against(PUBLISH, [comment])) == [comment.pk]
    assert precedents.against(RETURN, [comment]) == {}
    decided(marta, LONG, PUBLISH)
    assert precedents.against(PUBLISH, [comment]) == {}
    assert list(precedents.against(REJECT, [comment])) == [comment.pk]


def test_a_text_decided_on_daily_needs_a_bounded_number_of_rows(marta: User) -> None:
    decisions = [decided(marta, "Дякую за новину") for _ in range(SLOTS * 2)]
    assert SLOTS * 4 <= Precedent.objects.count() <= SLOTS * 8
    assert found(held("Дякую за новину"))[0] == decisions[-1]


def test_the_decisions_before_an_upgrade_are_indexed_by_a_command(marta: User) -> None:
    decision = decided(marta, LONG)
    rows = set(Precedent.objects.values_list("value", "slot", "decision"))
    Precedent.objects.all().delete()
    for _ in range(2):
        call_command("index_decisions", stdout=StringIO())
    assert set(Precedent.objects.values_list("value", "slot", "decision")) == rows
    assert found(held(LONG)) == [decision]


def test_an_erased_comment_leaves_no_signature(marta: User) -> None:
    decided(marta, LONG, author_email="olena@example.org")
    decided(marta, "Зовсім інше: про погоду")
    privacy.erase_person(email="olena@example.org", operator="test", remove=False)
    assert found(held(LONG)) == []
    assert Precedent.objects.count() == 8
