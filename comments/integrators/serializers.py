"""What a site's program sends and gets, for validation and for the OpenAPI document."""

from rest_framework import serializers

from comments.models import EventKind, Status
from moderation.actors import ActorKind
from moderation.policy.verdict import Outcome

MAX_REASON_LENGTH = 30
OUTCOMES = [each.value for each in (Outcome.PUBLISH, Outcome.HOLD, Outcome.REJECT)]
# An author may withdraw.
RECORDED = [each.value for each in Outcome]


class CommentArticleSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(help_text="Empty if the article is read on the service's own page.")


class ModeratedCommentSerializer(serializers.Serializer):
    """A comment in any status. It has no e-mail and no address."""

    id = serializers.IntegerField()
    parent_id = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField(
        help_text="Changes with every change; a decision names the version that it is about."
    )
    revision = serializers.IntegerField(help_text="The number of the text.")
    status = serializers.ChoiceField(Status.choices)
    reason = serializers.CharField(
        help_text="Why it has this status: see docs/frontend.md. Empty while it is pending."
    )
    author_name = serializers.CharField()
    author_url = serializers.CharField()
    text = serializers.CharField(
        help_text="As typed: escape it before showing it as HTML. Empty if it was erased."
    )
    language = serializers.CharField(help_text="As detected, empty if it was not.")
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    article = CommentArticleSerializer()
    risk = serializers.FloatField(
        allow_null=True, help_text="The highest score, 0 to 1; null without one."
    )
    scores = serializers.DictField(
        child=serializers.FloatField(), help_text="By attribute: spam, toxicity."
    )
    reports = serializers.IntegerField(help_text="Readers' reports that nobody has settled.")


class QueuePageSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ModeratedCommentSerializer(many=True)


class NewDecisionSerializer(serializers.Serializer):
    """What a program decides about a comment."""

    outcome = serializers.ChoiceField(OUTCOMES)
    reason = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MAX_REASON_LENGTH,
        help_text="Needed to reject: one of `rejection_reasons` in the policy.",
    )
    version = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        help_text="The version that was read. If the comment has changed since, nothing is done.",
    )


class DecisionSerializer(serializers.Serializer):
    """A recorded verdict. Moderators are not named, programs are."""

    id = serializers.IntegerField()
    comment_id = serializers.IntegerField()
    revision = serializers.IntegerField()
    outcome = serializers.ChoiceField(RECORDED)
    reason = serializers.CharField()
    own_reason = serializers.CharField(help_text="The site's own name of the reason, or empty.")
    status_before = serializers.ChoiceField(Status.choices)
    by = serializers.CharField(
        help_text="The kind of actor: " + ", ".join(f"`{kind.value}`" for kind in ActorKind)
    )
    program = serializers.CharField(help_text="The name of the site key, or empty.")
    scores = serializers.DictField(child=serializers.FloatField())
    thresholds = serializers.DictField(
        child=serializers.DictField(child=serializers.FloatField()),
        help_text="Those in force then, by attribute.",
    )
    model_version = serializers.CharField()
    created_at = serializers.DateTimeField()


class DecisionPageSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = DecisionSerializer(many=True)


class OfferedReasonSerializer(serializers.Serializer):
    value = serializers.CharField(help_text="To send as `reason`.")
    name = serializers.CharField(help_text="In the language of `Accept-Language`.")


class PolicySerializer(serializers.Serializer):
    """The rules in force on the site."""

    thresholds = serializers.DictField(
        child=serializers.DictField(child=serializers.FloatField()),
        help_text="By attribute: `hold_at`, `hold_known_at` (authors with a record), `reject_at`.",
    )
    max_links = serializers.IntegerField(help_text="More of them hold a comment.")
    trusted_after = serializers.IntegerField(
        help_text="Published comments after which an author is trusted; 0 for never."
    )
    banned_words = serializers.ListField(child=serializers.CharField())
    reserved_names = serializers.ListField(child=serializers.CharField())
    own_numbers = serializers.ListField(child=serializers.CharField())
    rejection_reasons = OfferedReasonSerializer(many=True)
    model_version = serializers.CharField()


class EventSerializer(serializers.Serializer):
    """What happened to a comment. Kinds and details may be added."""

    id = serializers.IntegerField()
    kind = serializers.CharField(
        help_text=f"Such as {', '.join(f'`{kind.value}`' for kind in EventKind)}."
    )
    comment_id = serializers.IntegerField()
    status = serializers.CharField(help_text="The comment's status after the event.")
    revision = serializers.IntegerField()
    reason = serializers.CharField(help_text="Of a decision, else empty.")
    by = serializers.CharField(help_text="The kind of actor.")
    created_at = serializers.DateTimeField()


class EventPageSerializer(serializers.Serializer):
    results = EventSerializer(many=True)
    cursor = serializers.IntegerField(help_text="To send as `after` next time.")
    more = serializers.BooleanField(help_text="Whether there may be more right now.")
