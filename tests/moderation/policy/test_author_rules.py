"""What moderators decided about an author or a network, as the policy applies it."""

from typing import Any

import pytest

from moderation.policy.decide import decide
from moderation.policy.verdict import Measure, Outcome, Policy, Submission, Thresholds, Verdict
from tests.moderation.policy.scores import scored

POLICY = Policy(
    thresholds={"spam": Thresholds(0.5, 0.9), "toxicity": Thresholds(0.4, 0.8)},
    banned_phrases=("міст",),
)
TEXT = "Дорогу треба було лагодити ще торік."
HOLD, BAN, TRUST = Measure.HOLD, Measure.BAN, Measure.TRUST


def verdict(text: str = TEXT, spam: float = 0.0, **facts: Any) -> Verdict:
    return decide(Submission(text=text, **facts), scored(spam=spam), POLICY)


@pytest.mark.parametrize(
    ("author", "network", "outcome", "reason"),
    [
        ("", "", Outcome.PUBLISH, "clean"),
        (HOLD, "", Outcome.HOLD, "author_held"),
        (BAN, "", Outcome.REJECT, "author_banned"),
        (TRUST, "", Outcome.PUBLISH, "trusted"),
        ("", HOLD, Outcome.HOLD, "author_held"),
        ("", BAN, Outcome.REJECT, "author_banned"),
        (HOLD, BAN, Outcome.REJECT, "author_banned"),
        (BAN, HOLD, Outcome.REJECT, "author_banned"),
        (TRUST, HOLD, Outcome.PUBLISH, "trusted"),
        (TRUST, BAN, Outcome.PUBLISH, "trusted"),
    ],
)
def test_the_author_and_the_network_decide(
    author: str, network: str, outcome: Outcome, reason: str
) -> None:
    assert verdict(author_measure=author, network_measure=network) == Verdict(outcome, reason)


@pytest.mark.parametrize(
    ("record", "outcome", "reason"),
    [
        ({"author_published": 1}, Outcome.HOLD, "author_held"),
        ({"author_published": 1, "author_rejected": 1}, Outcome.REJECT, "author_banned"),
    ],
)
def test_a_neighbour_with_a_clean_record_is_read_where_the_network_is_banned(
    record: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    assert verdict(network_measure=BAN, **record) == Verdict(outcome, reason)


def test_a_ban_of_the_author_does_not_ask_for_the_record() -> None:
    assert verdict(author_measure=BAN, author_published=9).outcome == Outcome.REJECT


@pytest.mark.parametrize("measure", [HOLD, TRUST])
def test_sure_spam_is_rejected_from_anybody(measure: str) -> None:
    assert verdict(spam=0.95, author_measure=measure) == Verdict(Outcome.REJECT, "spam")


@pytest.mark.parametrize("measure", [HOLD, TRUST])
def test_a_more_telling_reason_to_hold_comes_first(measure: str) -> None:
    told = verdict("Закрили міст.", author_measure=measure)
    assert told == Verdict(Outcome.HOLD, "banned_word")


def test_an_author_trusted_by_hand_is_not_held_for_a_doubtful_score() -> None:
    assert verdict(spam=0.7, author_measure=TRUST, author_rejected=3).reason == "trusted"


def test_an_author_held_by_hand_cannot_earn_trust() -> None:
    policy = Policy(thresholds=POLICY.thresholds, trusted_after=2)
    held = Submission(text=TEXT, author_published=5, author_measure=HOLD)
    assert decide(held, scored(), policy).reason == "author_held"
