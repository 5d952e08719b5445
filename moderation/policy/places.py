"""The places of a text where a pattern matches, and which of them are near each other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from moderation.policy.reading import Span

# How many of each kind are examined in one text.
MOST = 60
# How many characters may separate two things that belong together.
CLOSE = 60


def places(what: re.Pattern[str], text: str) -> list[Span]:
    return [found.span() for found in islice(what.finditer(text), MOST)]


def is_near(one: Span, others: Iterable[Span], within: int) -> bool:
    """Whether there are at most so many characters between one place and one of the others."""
    return any(max(one[0] - other[1], other[0] - one[1]) <= within for other in others)


def near_each_other(some: Sequence[Span], others: Sequence[Span], within: int) -> Iterator[Span]:
    """Yield the places of both lists that have one of the other near."""
    yield from (one for one in some if is_near(one, others, within))
    yield from (other for other in others if is_near(other, some, within))
