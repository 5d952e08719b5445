"""The words in which the texts of a campaign differ: what its senders have changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from comments.models import Comment
from moderation.models import Membership
from moderation.policy.reading import Span

# How many of the latest texts of a campaign are compared, and how many words are named.
COMPARED = 12
MAX_NAMED = 12
_WORD = re.compile(r"\w+(?:['’ʼ-]\w+)*")


def of_campaigns(campaigns: Collection[int]) -> dict[int, list[str]]:
    """Return the words in which the latest texts of each campaign differ, in two queries.

    Spelling counts: a letter of another alphabet makes another word.
    """
    if not campaigns:
        return {}
    members: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(campaign__in=campaigns).order_by("campaign", "-comment")
    for campaign, comment in rows.values_list("campaign", "comment"):
        if len(members[campaign]) < COMPARED:
            members[campaign].append(comment)
    chosen = [pk for ids in members.values() for pk in ids]
    texts = dict(Comment.objects.filter(pk__in=chosen).values_list("pk", "text"))
    return {
        campaign: named([texts[pk] for pk in ids if pk in texts])
        for campaign, ids in members.items()
    }


def named(texts: Sequence[str]) -> list[str]:
    """Return the words that some of the texts have and others do not, the most frequent first."""
    shared = shared_words(texts)
    spelled: dict[str, str] = {}
    found: Counter[str] = Counter()
    for text in filter(None, texts):
        words = {word.casefold(): word for word in _WORD.findall(text)}
        found.update(word for word in words if word not in shared)
        spelled = {**words, **spelled}
    # Numbers come last: they are often only counted up.
    ordered = sorted(found, key=lambda word: (word.isdigit(), -found[word]))
    return [spelled[word] for word in ordered[:MAX_NAMED]]


def shared_words(texts: Iterable[str]) -> set[str]:
    """Return the words that more than half of the texts have; erased texts do not count."""
    given = [text for text in texts if text]
    counts = Counter(word for text in given for word in _words(text))
    return {word for word, count in counts.items() if 2 * count > len(given)}


def spans(text: str, shared: Collection[str]) -> list[Span]:
    """Return where a text has other words than the shared ones; all of them are one if adjacent."""
    found: list[Span] = []
    for match in _WORD.finditer(text):
        if match[0].casefold() in shared:
            continue
        start, end = match.span()
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
