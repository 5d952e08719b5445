"""The URL converter of an article's key."""

import unicodedata

from django.urls import register_converter

from comments.validators import KEY_PATTERN


class ArticleKey:
    regex = KEY_PATTERN

    def to_python(self, value: str) -> str:
        return normalized_key(value)

    def to_url(self, value: str) -> str:
        return value


def normalized_key(key: str) -> str:
    """Return the key in the NFC form: accented letters have two encodings."""
    return unicodedata.normalize("NFC", key)


register_converter(ArticleKey, "article_key")
# Of a route; whoever uses it has registered the converter by importing it.
ARTICLE = "articles/<article_key:key>/"
