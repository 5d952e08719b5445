"""The REST serializers of what authors see of a comment of their own, and do with it."""

from typing import Any

from rest_framework import serializers

from comments.error_messages import ERROR_MESSAGES
from comments.models import MAX_NAME_LENGTH, MAX_TEXT_LENGTH, MAX_WEBSITE_LENGTH
from comments.reception.change_forms import APPEAL_CHECKS, APPEAL_MISSING, APPEAL_TOO_LONG, CHANGED
from comments.reception.serializers import StatusSerializer
from comments.validators import NAME_CHECKS, TEXT_CHECKS, WEBSITE_CHECKS
from moderation.models import MAX_APPEAL_LENGTH


class ChangeSerializer(serializers.Serializer):
    """What an author changes; fields that are left out keep their values."""

    text = serializers.CharField(
        required=False,
        max_length=MAX_TEXT_LENGTH,
        validators=TEXT_CHECKS,
        error_messages=ERROR_MESSAGES["text"],
    )
    author_name = serializers.CharField(
        required=False,
        max_length=MAX_NAME_LENGTH,
        validators=NAME_CHECKS,
        error_messages=ERROR_MESSAGES["author_name"],
    )
    author_url = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MAX_WEBSITE_LENGTH,
        validators=WEBSITE_CHECKS,
        error_messages=ERROR_MESSAGES["author_url"],
    )

    def written(self, comment: Any) -> dict[str, str]:
        """Return all that the author has written now; call after is_valid()."""
        sent = self.validated_data
        return {name: sent.get(name, getattr(comment, name)) for name in CHANGED}


class AppealSerializer(serializers.Serializer):
    sentence = serializers.CharField(
        max_length=MAX_APPEAL_LENGTH,
        validators=APPEAL_CHECKS,
        error_messages={
            **dict.fromkeys(("required", "blank", "null"), APPEAL_MISSING),
            "max_length": APPEAL_TOO_LONG,
        },
        help_text="Why the moderators should look again, in the author's own words.",
    )

    def validate_sentence(self, sentence: str) -> str:
        return " ".join(sentence.split())


class WordSerializer(serializers.Serializer):
    """Words that led to the decision, by characters (code points) of a field."""

    field = serializers.ChoiceField(CHANGED)  # type: ignore[assignment]
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()


class WaitingSerializer(serializers.Serializer):
    ahead = serializers.IntegerField(
        help_text="How many comments wait longer, at most 1,000; people may take another order."
    )
    usual_seconds = serializers.IntegerField(
        source="usual",
        allow_null=True,
        help_text="After how many seconds a moderator usually decides now; null if not known.",
    )


class AppealStatusSerializer(serializers.Serializer):
    sentence = serializers.CharField()
    created_at = serializers.DateTimeField()
    message = serializers.CharField(help_text="What became of it, in the reader's language.")
    answer = serializers.CharField(help_text="The moderator's own words; may be empty.")


class OwnCommentSerializer(StatusSerializer):
    """A comment for its author only: its status, what was decided, and what they can do."""

    text = serializers.CharField()
    author_name = serializers.CharField()
    author_url = serializers.CharField()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    url = serializers.URLField(
        allow_null=True, help_text="Where readers see the comment; null if they do not."
    )
    waiting = WaitingSerializer(
        allow_null=True, help_text="Its place in the queue; null once it is decided."
    )
    words = WordSerializer(
        many=True, help_text="What led to the service's decision, if the site lets authors know."
    )
    can_change = serializers.BooleanField()
    change_until = serializers.DateTimeField(
        allow_null=True, help_text="Until when, if a time limits it."
    )
    can_withdraw = serializers.BooleanField()
    can_appeal = serializers.BooleanField()
    appeal = AppealStatusSerializer(allow_null=True)
