"""An article's key in REST addresses."""

from django.core.exceptions import ValidationError
from rest_framework import exceptions

from comments.reception.converters import one_spelling
from comments.validators import validate_article_key


def known_key(key: str) -> str:
    """The key in its one spelling; raises DRF's ValidationError for what can be none."""
    spelled = one_spelling(key)
    try:
        validate_article_key(spelled)
    except ValidationError as error:
        raise exceptions.ValidationError({"key": error.messages}, error.code) from None
    return spelled
