"""An article's key in REST addresses."""

from django.core.exceptions import ValidationError
from rest_framework import exceptions

from comments.reception.converters import normalized_key
from comments.validators import validate_article_key


def validated_key(key: str) -> str:
    """Normalize and validate the key; raises DRF's ValidationError."""
    normalized = normalized_key(key)
    try:
        validate_article_key(normalized)
    except ValidationError as error:
        raise exceptions.ValidationError({"key": error.messages}, error.code) from None
    return normalized
