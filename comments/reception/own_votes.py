"""How many readers find the comments of a page useful, and which of them this reader does."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from comments import votes
from comments.identity import browser_secret, voter_key
from comments.models import Article


def context(request: HttpRequest, article: Article, shown: Collection[int]) -> dict[str, Any]:
    """Return what the buttons of the comments need."""
    counts, secret = votes.counts(shown), browser_secret(request)
    mine: set[int] = set()
    if counts and secret:
        mine = votes.voted(counts.keys(), voter_key(secret, article.site_id))
    return {"votes": counts, "own_votes": mine}
