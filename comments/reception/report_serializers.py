"""The REST serializers of a reader's report."""

from rest_framework import serializers

from comments.reception.report_form import REASON_MISSING, SENTENCE_CHECKS, TOO_LONG
from comments.reception.serializers import MIN_SECRET_LENGTH
from moderation.models import MAX_SENTENCE_LENGTH, ReportOutcome, ReportReason


class ReportSerializer(serializers.Serializer):
    """A report as a frontend posts it."""

    reason = serializers.ChoiceField(
        [reason.value for reason in ReportReason],
        error_messages=dict.fromkeys(("required", "null", "invalid_choice"), REASON_MISSING),
    )
    sentence = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MAX_SENTENCE_LENGTH,
        validators=SENTENCE_CHECKS,
        error_messages={"max_length": TOO_LONG},
        help_text="For the moderators, in the reader's own words.",
    )
    author_secret = serializers.CharField(
        min_length=MIN_SECRET_LENGTH,
        max_length=200,
        help_text="The same random secret as with a comment: one reader reports a comment once, "
        "and never their own.",
    )

    def validate_sentence(self, sentence: str) -> str:
        return " ".join(sentence.split())


class ReportStatusSerializer(serializers.Serializer):
    """What became of a report, for the reader who sent it."""

    comment_id = serializers.IntegerField()
    outcome = serializers.ChoiceField([outcome.value for outcome in ReportOutcome])
    message = serializers.CharField(
        help_text="A sentence for the reader in the language of `Accept-Language`."
    )
    status_url = serializers.URLField()
