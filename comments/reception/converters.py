"""The URL converter of an article's key."""

import unicodedata

from comments.validators import KEY_PATTERN


class ArticleKey:
    regex = KEY_PATTERN

    def to_python(self, value: str) -> str:
        return one_spelling(value)

    def to_url(self, value: str) -> str:
        return value


def one_spelling(key: str) -> str:
    """A letter and its mark may be written as one character or as two."""
    return unicodedata.normalize("NFC", key)
