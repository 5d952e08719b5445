"""A link in a marked text is marked as a whole or not at all."""

from itertools import pairwise

import pytest

from moderation.scorer import stretches
from moderation.verdict import Reason

OFFER = "Дипломи, курсові, довідки будь-яких вишів. Швидко, анонімно, з доставкою. Ціни на сайті "
CASINO = "Казино, бонус 500 грн за реєстрацію! "


@pytest.mark.parametrize(
    ("before", "link", "after"),
    [
        (OFFER, "https://diplom-shvydko.example.com", "."),
        (OFFER, "www.diplom.example.com/ціни?a=1", ", пишіть!"),
        (OFFER, "diplom-shvydko.example.com", ""),
        (
            CASINO,
            "http://casino-bonus.example.com/x",
            ") (реклама)",
        ),
        (CASINO, "t.example.me/casino_bonus", " – тисни"),
    ],
)
def test_no_stretch_begins_or_ends_within_a_link(before: str, link: str, after: str) -> None:
    found = stretches(text=f"{before}{link}{after}", attribute=Reason.SPAM)
    first, last = len(before), len(before) + len(link)
    assert found
    for start, end in found:
        assert end <= first or start >= last or (start <= first and end >= last)
    assert found == sorted(found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_a_marked_link_is_marked_to_its_end() -> None:
    link = "https://diplom-shvydko.example.com"
    found = stretches(text=f"{OFFER}{link}.", attribute=Reason.SPAM)
    assert (len(OFFER), len(OFFER) + len(link)) in found
