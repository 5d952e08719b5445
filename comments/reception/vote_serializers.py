"""The REST serializers of readers' votes."""

from rest_framework import serializers

from comments.reception.serializers import MIN_SECRET_LENGTH


class VoteSerializer(serializers.Serializer):
    """A vote as a frontend sends it."""

    useful = serializers.BooleanField(help_text="`false` takes the reader's vote back.")
    author_secret = serializers.CharField(
        min_length=MIN_SECRET_LENGTH,
        max_length=200,
        help_text="The same random secret as with a comment: one reader has one vote for a "
        "comment, and none for their own.",
    )


class VotedSerializer(serializers.Serializer):
    """The reader's vote, and how many the comment has with it."""

    comment_id = serializers.IntegerField()
    useful = serializers.BooleanField(help_text="Whether the reader's vote counts now.")
    votes = serializers.IntegerField(min_value=0)


class VoteCountsSerializer(serializers.Serializer):
    """How many votes comments have."""

    votes = serializers.DictField(
        child=serializers.IntegerField(min_value=0), help_text="By the ids as they were sent."
    )
