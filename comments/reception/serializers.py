"""The REST serializers: validation with the limits of the model fields."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from comments.error_messages import ERROR_MESSAGES
from comments.models import (
    MAX_EMAIL_LENGTH,
    MAX_NAME_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_WEBSITE_LENGTH,
    Article,
    Comment,
    Status,
)
from comments.reception.article_serializers import AboutArticleField
from comments.reception.challenges import ChallengeError, ExpiredChallengeError, read_challenge
from comments.reception.receive import Visit
from comments.reception.services import Draft
from comments.validators import NAME_CHECKS, TEXT_CHECKS, WEBSITE_CHECKS

# Long enough not to be guessed: a UUID has 36 characters.
MIN_SECRET_LENGTH = 32


class ParentField(serializers.PrimaryKeyRelatedField):
    def to_internal_value(self, data: Any) -> Any:
        """Reject numbers such as 1e400, which are valid JSON but overflow."""
        try:
            return super().to_internal_value(data)
        except OverflowError:
            self.fail("incorrect_type", data_type=type(data).__name__)


# Not a ModelSerializer, which builds its fields again for every request:
# https://github.com/encode/django-rest-framework/issues/2504.
class SubmissionSerializer(serializers.Serializer):
    """A comment as a frontend posts it."""

    author_name = serializers.CharField(
        max_length=MAX_NAME_LENGTH,
        validators=NAME_CHECKS,
        error_messages=ERROR_MESSAGES["author_name"],
    )
    author_email = serializers.EmailField(
        max_length=MAX_EMAIL_LENGTH,
        write_only=True,
        error_messages=ERROR_MESSAGES["author_email"],
    )
    # Not a URLField, whose own validator has a single message for every error.
    author_url = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MAX_WEBSITE_LENGTH,
        validators=WEBSITE_CHECKS,
        error_messages=ERROR_MESSAGES["author_url"],
        help_text="Begins with `https://` or `http://`, with no `@` before the host name.",
    )
    text = serializers.CharField(
        max_length=MAX_TEXT_LENGTH, validators=TEXT_CHECKS, error_messages=ERROR_MESSAGES["text"]
    )
    parent = ParentField(  # type: ignore[assignment]
        queryset=Comment.objects.visible(),
        required=False,
        allow_null=True,
        error_messages=ERROR_MESSAGES["parent"],
        help_text="The comment that this one answers: a top comment or a reply.",
    )
    article = AboutArticleField(
        required=False,
        write_only=True,
        help_text="Required with the first comment on an article and allowed with every one. It "
        "does not change an article that already exists.",
    )
    author_secret = serializers.CharField(
        required=False,
        min_length=MIN_SECRET_LENGTH,
        max_length=200,
        write_only=True,
        help_text="A random secret that the author's browser keeps. It identifies the author's "
        "comments: a comment sent twice is stored once, and a good record counts.",
    )
    challenge = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        write_only=True,
        help_text="From `/api/v1/challenge/`; needed only during an attack.",
    )
    proof = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=20,
        write_only=True,
        help_text="The proof of work.",
    )
    notify = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="Whether to tell the author by e-mail what is decided, and of replies. The "
        "address is asked to confirm it first. Ignored where the service sends no e-mails.",
    )

    def validate_challenge(self, challenge: str) -> str:
        """Report an invalid challenge, so that a faulty frontend does not get all comments held."""
        try:
            return challenge and read_challenge(challenge).text
        except ExpiredChallengeError:
            raise serializers.ValidationError(_("This challenge has expired."), "expired") from None
        except ChallengeError:
            raise serializers.ValidationError(
                _("This challenge is not valid."), "invalid"
            ) from None


@cache
def _serializer(_language: str | None) -> SubmissionSerializer:
    """Return the serializer of all requests in a language: run_validation keeps no state.

    Copying the fields for each request would take a tenth of the time of a submission. There is one
    per language, because a field keeps its length messages in the first one used.
    """
    return SubmissionSerializer()


@dataclass(frozen=True)
class PostedComment:
    """A validated comment as a frontend posted it."""

    sent: dict[str, Any]

    @classmethod
    def of(cls, data: Any) -> "PostedComment":
        """Validate the data of a request; raises ValidationError."""
        return cls(_serializer(get_language()).run_validation({} if data is None else data))

    @property
    def about(self) -> Any:
        """The frontend's description of the article, if any, not validated yet."""
        return self.sent.get("article")

    def draft(self, article: Article) -> Draft:
        """The input for submit_comment; raises ValidationError for a parent on another article."""
        other = {"article", "author_secret", "challenge", "proof"}
        draft = Draft(**{name: self.sent[name] for name in self.sent.keys() - other})
        if draft.parent and draft.parent.article_id != article.pk:
            message = ERROR_MESSAGES["parent"]["does_not_exist"]
            raise serializers.ValidationError({"parent": [message]}, "does_not_exist")
        return draft

    def visit(self, address: str) -> Visit:
        return Visit(
            address=address,
            secret=self.sent.get("author_secret", ""),
            challenge=self.sent.get("challenge", ""),
            proof=self.sent.get("proof", ""),
        )


class StatusSerializer(serializers.Serializer):
    """The status of a comment, for its author only."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(Status.choices)
    # No closed list: a generated client would fail at a reason that is new.
    reason = serializers.CharField(
        help_text="Why, as a code: see docs/frontend.md. Empty while the comment is pending."
    )
    message = serializers.CharField(
        help_text="A sentence for the author in the language of `Accept-Language`."
    )
    status_url = serializers.URLField()
    page_url = serializers.URLField(
        help_text="The service's own page for the author, with all that `status_url` has."
    )


class ChallengeSerializer(serializers.Serializer):
    """A challenge to fetch before a comment is sent, and to send with it."""

    challenge = serializers.CharField(source="text")
    proof_bits = serializers.IntegerField(
        source="bits",
        help_text="Normally 0. During an attack, SHA-256 of `challenge:proof` must begin with this "
        "many 0 bits.",
    )


class AddresseeSerializer(serializers.Serializer):
    """The comment that a reply answers."""

    id = serializers.IntegerField()
    author_name = serializers.CharField(help_text="Empty if readers no longer see the comment.")


class ReplySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    parent_id = serializers.IntegerField(
        allow_null=True, help_text="The comment at the top of the thread; null for that one itself."
    )
    branch_id = serializers.IntegerField(
        allow_null=True,
        help_text="The reply to the top comment under which this one stands, or this one itself.",
    )
    reply_to = AddresseeSerializer(
        allow_null=True, help_text="Whom a reply answers, if that is not the top comment."
    )
    author_name = serializers.CharField()
    author_url = serializers.CharField()
    text = serializers.CharField(
        help_text="As typed: escape it before showing it as HTML. Empty if erased or withdrawn."
    )
    withdrawn = serializers.BooleanField(
        help_text="Whether its author took it back: only its place is left, because of its replies."
    )
    html = serializers.CharField(
        help_text="The text with paragraphs, quotations, emphasis and links, safe to insert: it "
        "has no elements but `p`, `br`, `blockquote`, `em`, `strong` and `a`."
    )
    language = serializers.CharField(help_text="For the attribute `lang`; empty if not known.")
    created_at = serializers.DateTimeField()
    staff = serializers.BooleanField(
        help_text="Whether the newsroom wrote it, signed in at the desk: no reader can cause it."
    )
    picked = serializers.BooleanField(help_text="Whether the newsroom recommends it.")


class ThreadSerializer(ReplySerializer):
    replies = ReplySerializer(many=True, help_text="The first 20, each before its own answers.")
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

    type = serializers.CharField(
        help_text="For programs, and stable: `urn:comments:problem:validation`, `...:closed`."
    )
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    message = serializers.CharField(
        help_text="The same sentence as `detail`, under the name that other answers use."
    )
    errors = ProblemEntrySerializer(  # type: ignore[assignment]
        many=True, required=False
    )
