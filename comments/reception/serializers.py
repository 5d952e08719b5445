"""The REST serializers: validation with the limits of the model fields."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from comments.error_messages import MISTAKES
from comments.models import (
    EMAIL_LONGEST,
    NAME_LONGEST,
    TEXT_LONGEST,
    WEBSITE_LONGEST,
    Article,
    Comment,
    Status,
)
from comments.reception.article_serializers import AboutArticleField
from comments.reception.challenges import StaleStampError, StampError, read_stamp
from comments.reception.receive import Visit
from comments.reception.services import Draft
from comments.validators import NAME_CHECKS, TEXT_CHECKS, WEBSITE_CHECKS
from moderation.policy.verdict import Reason

# What no one guesses: a UUID has 36 characters.
SECRET_LEAST = 32


class ParentField(serializers.PrimaryKeyRelatedField):
    def get_queryset(self) -> Any:
        """Made only where a parent is given: most comments answer none."""
        article: Article | None = getattr(self.parent, "under", None)
        return article.comments.visible() if article else Comment.objects.none()

    def to_internal_value(self, data: Any) -> Any:
        """1e400 is a number in JSON and no id."""
        try:
            return super().to_internal_value(data)
        except OverflowError:
            self.fail("incorrect_type", data_type=type(data).__name__)


# Not a ModelSerializer, which makes its fields of the model's again for each request:
# https://github.com/encode/django-rest-framework/issues/2504.
class SubmissionSerializer(serializers.Serializer):
    """A comment as a frontend posts it."""

    author_name = serializers.CharField(
        max_length=NAME_LONGEST,
        validators=NAME_CHECKS,
        error_messages=MISTAKES["author_name"],
    )
    author_email = serializers.EmailField(
        max_length=EMAIL_LONGEST,
        write_only=True,
        error_messages=MISTAKES["author_email"],
    )
    # Not a URLField, whose own validator has a single message for every error.
    author_url = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=WEBSITE_LONGEST,
        validators=WEBSITE_CHECKS,
        error_messages=MISTAKES["author_url"],
        help_text="Begins with `https://` or `http://`, with no `@` before the host name.",
    )
    text = serializers.CharField(
        max_length=TEXT_LONGEST, validators=TEXT_CHECKS, error_messages=MISTAKES["text"]
    )
    parent = ParentField(  # type: ignore[assignment]
        queryset=Comment.objects.all(),
        required=False,
        allow_null=True,
        error_messages=MISTAKES["parent"],
    )
    article = AboutArticleField(
        required=False,
        write_only=True,
        help_text="Required with the first comment on an article and allowed with every one. It "
        "does not change an article that already exists.",
    )
    author_secret = serializers.CharField(
        required=False,
        min_length=SECRET_LEAST,
        max_length=200,
        write_only=True,
        help_text="A random secret that the author's browser keeps. It identifies the author's "
        "comments: a comment sent twice is stored once, and a good record counts.",
    )
    stamp = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        write_only=True,
        help_text="From `/api/v1/stamp/`; needed only during an attack.",
    )
    proof = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=20,
        write_only=True,
        help_text="The proof of work.",
    )

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.under = article

    def validate_stamp(self, stamp: str) -> str:
        """A frontend that sends one is told of a wrong one, or its comments would all be held."""
        try:
            return stamp and read_stamp(stamp).text
        except StaleStampError:
            raise serializers.ValidationError(_("This challenge has expired."), "expired") from None
        except StampError:
            raise serializers.ValidationError(
                _("This challenge is not valid."), "invalid"
            ) from None

    def draft(self) -> Draft:
        """What was sent, for submit_comment; only after is_valid()."""
        sent = dict(self.validated_data)
        other = {"article", "author_secret", "stamp", "proof"}
        return Draft(**{name: sent[name] for name in sent.keys() - other})

    @property
    def about(self) -> Any:
        """How the frontend describes the article, if it does; only after is_valid()."""
        return self.validated_data.get("article")

    def visit(self, address: str) -> Visit:
        sent = self.validated_data
        return Visit(
            address=address,
            secret=sent.get("author_secret", ""),
            stamp=sent.get("stamp", ""),
            proof=sent.get("proof", ""),
        )


class StatusSerializer(serializers.Serializer):
    """The status of a comment, for its author only."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(Status.choices)
    reason = serializers.ChoiceField(
        [*Reason], allow_blank=True, help_text="Empty while the comment is pending."
    )
    message = serializers.CharField(
        help_text="A sentence for the author in the language of `Accept-Language`."
    )
    status_url = serializers.URLField()


class StampSerializer(serializers.Serializer):
    """A challenge to fetch before a comment is sent, and to send with it."""

    stamp = serializers.CharField(source="text")
    proof_bits = serializers.IntegerField(
        source="bits",
        help_text="Normally 0. During an attack, SHA-256 of `stamp:proof` must begin with this "
        "many 0 bits.",
    )


class ReplySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    parent_id = serializers.IntegerField(allow_null=True)
    author_name = serializers.CharField()
    author_url = serializers.CharField()
    text = serializers.CharField(
        help_text="As typed: escape it before showing it as HTML. Empty if it was erased."
    )
    created_at = serializers.DateTimeField()


class ThreadSerializer(ReplySerializer):
    replies = ReplySerializer(many=True, help_text="The first 20, oldest first.")
    reply_count = serializers.IntegerField()


class ThreadPageSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ThreadSerializer(many=True)


class ProblemEntrySerializer(serializers.Serializer):
    pointer = serializers.CharField(help_text="JSON pointer to the field, such as #/author_email")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Problem details of RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemEntrySerializer(  # type: ignore[assignment]
        many=True, required=False
    )
