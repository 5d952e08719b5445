"""Find the articles that a moderator means: by key, by address or by words of the title."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from comments.models import Article

# With these left out, a title is found however its apostrophes are typed, or without them.
_APOSTROPHES = "'’ʼ`´‘ʹ′"
MAX_WORDS = 8
_OPTIONAL = f"[{_APOSTROPHES}]?"


def articles(asked: str) -> QuerySet[Any]:
    """Return the article with this key or address; without one, those with all words in the title.

    The address may be the frontend's or that of the service's own page.
    """
    known = Article.objects.filter(_key_or_address(asked))
    if known.exists():
        return known
    found = Article.objects.all()
    for word in asked.split()[:MAX_WORDS]:
        found = found.filter(title__regex=_pattern(word))
    return found


def _key_or_address(asked: str) -> Q:
    try:
        parts = urlsplit(asked)
    except ValueError:
        return Q(key=asked)
    if not (parts.scheme and parts.netloc):
        return Q(key=asked)
    plain = parts._replace(query="", fragment="").geturl()
    own_page = parts.path.rstrip("/").rpartition("/")[2]
    return Q(url__in=(asked, plain)) | Q(url="", key=own_page)


def _pattern(word: str) -> str:
    """Return an expression for a word in any case, with or without apostrophes.

    Of letters outside ASCII, SQLite never knows the case, PostgreSQL only with some locales.
    """
    letters = [letter for letter in word if letter not in _APOSTROPHES]
    return _OPTIONAL.join(map(_in_both_cases, letters))


def _in_both_cases(letter: str) -> str:
    lower, upper = letter.lower(), letter.upper()
    has_cases = lower != upper and len(lower) == len(upper) == 1
    return f"[{lower}{upper}]" if has_cases else re.escape(letter)
