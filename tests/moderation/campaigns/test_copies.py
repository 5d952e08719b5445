"""Which texts are copies of one another. Needs no database."""

import pytest

from moderation.campaigns.copies import Candidates, assign_campaigns
from moderation.campaigns.quotations import OwnContent
from moderation.campaigns.senders import Senders

WORDS = [f"word{number}" for number in range(40)]


def test_the_largest_campaign_of_each_kind_counts() -> None:
    one = Senders(text=2, contact=3)
    assert one.with_campaign(7, 4) == Senders(text=4, contact=3)
    assert one.with_campaign(-7, 4) == Senders(text=2, contact=4)
    assert one.with_campaign(7, 1) == one.with_campaign(-7, 1) == one


@pytest.mark.parametrize(
    ("words", "of", "contacts", "spam", "is_copy"),
    [
        (20, 25, 0, 0.34, True),
        (20, 26, 0, 0.34, False),
        (19, 19, 0, 0.34, False),
        (19, 20, 0, 0.34, False),
        (20, 19, 0, 0.34, False),
        (12, 30, 0, 0.35, True),
        (12, 30, 1, 0.34, True),
        (12, 31, 1, 0.34, False),
        (12, 12, 0, 0.34, False),
        (12, 12, 0, None, False),
        (11, 12, 1, 0.34, False),
        (12, 11, 1, 0.34, False),
    ],
)
def test_a_text_that_offers_something_counts_as_a_copy_sooner(
    words: int, of: int, contacts: int, spam: float | None, is_copy: bool
) -> None:
    later = OwnContent(frozenset(WORDS[:words]), frozenset(["phone:671234567"][:contacts]))
    first = OwnContent(frozenset(WORDS[:of]), frozenset())
    found = Candidates(comments={}, similar={9: {4, 5}}, campaigns={})
    scores = {} if spam is None else {9: spam}
    assert assign_campaigns(found, {9: later, 4: first}, scores) == (
        {9: 4, 4: 4} if is_copy else {}
    )


def test_a_comment_is_not_a_copy_of_itself() -> None:
    itself = OwnContent(frozenset(WORDS[:30]), frozenset())
    other = OwnContent(frozenset(WORDS[30:]), frozenset())
    assert (
        assign_campaigns(Candidates({}, {9: {4}}, campaigns={4: 9}), {9: itself, 4: other}, {})
        == {}
    )
