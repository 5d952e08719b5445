"""A comment, its status and its state in the pipeline."""

import datetime as dt
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.fields import CheckedCharField, CheckedTextField, CheckedURLField
from comments.models.article import Article
from comments.validators import NAME_CHECKS, TEXT_CHECKS, validate_direction

MAX_NAME_LENGTH = 80
MAX_TEXT_LENGTH = 5000
MAX_WEBSITE_LENGTH = 200
# Readers cannot submit an empty text, so it marks an erased comment.
ERASED_TEXT = ""
# Scores are stored in ten-thousandths.
SCORE_SCALE = 10_000
UNSCORED = -1


class Status(models.TextChoices):
    PENDING = "pending", _("waiting to be checked")
    PUBLISHED = "published", _("published")
    HELD = "held", _("waiting for a moderator")
    REJECTED = "rejected", _("rejected")
    # By its author. Where published replies stand under it, readers still see its place.
    WITHDRAWN = "withdrawn", _("withdrawn by its author")


# The replies to a comment in these are shown, if they are published themselves.
SHOWS_REPLIES = (Status.PUBLISHED, Status.WITHDRAWN)


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self) -> "CommentQuerySet":
        """Published comments, except replies to comments that were taken down."""
        under_shown = Q(parent=None) | Q(parent__status__in=SHOWS_REPLIES)
        return self.filter(under_shown, status=Status.PUBLISHED)

    def held(self) -> "CommentQuerySet":
        return self.filter(status=Status.HELD)

    def roots(self) -> "CommentQuerySet":
        return self.filter(parent=None)

    def unclaimed(self, moment: dt.datetime, longest: dt.timedelta) -> "CommentQuerySet":
        """Pending comments that no worker has claimed, oldest first.

        A claim that ends later than `longest` from now is ignored: the clock was set back after it
        was made.
        """
        free = (
            Q(claimed_until=None)
            | Q(claimed_until__lte=moment)
            | Q(claimed_until__gt=moment + longest)
        )
        return self.filter(free, status=Status.PENDING).order_by("created_at", "id")


# The order of the replies of a thread.
IN_THREAD = ("branch_id", "id")
# By what the queue is filtered and ordered.
_OF_QUEUE = ("created_at", "reason", "article", "risk", "doubt", "due", "language")


def _index_of_held(name: str, *first: str) -> models.Index:
    """Index the held comments with all that the queue needs, so that it reads no other rows.

    SQLite does that only if the index has the status too, although all have the same.
    """
    others = [each for each in _OF_QUEUE if each not in {column.lstrip("-") for column in first}]
    return models.Index(
        name=f"comments_held_{name}",
        fields=["status", *first, "id", *others],
        condition=Q(status=Status.HELD),
    )


class Comment(models.Model):
    """A comment. E-mails are stored in Contact, so no page of a comment can show one."""

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="comments", verbose_name=_("article")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("reply to"),
    )
    # The place in the discussion: `parent` is the root of the thread, `reply_to` the comment that
    # is answered if that is not the root, and `branch` the reply to the root under which this one
    # stands, or this one itself. So order_by(*IN_THREAD) has each reply before its answers.
    # Comments are never deleted, so neither needs an index of its own.
    reply_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="answers",
        db_index=False,
        verbose_name=_("reply to"),
    )
    branch = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="in_branch",
        db_index=False,
    )
    author_name = CheckedCharField(_("Name"), max_length=MAX_NAME_LENGTH, validators=NAME_CHECKS)
    author_url = CheckedURLField(
        _("Website"),
        max_length=MAX_WEBSITE_LENGTH,
        blank=True,
        validators=[URLValidator(["http", "https"]), validate_direction],
    )
    # A hash that links the comments of one e-mail: see identity.author_key.
    author_key = models.CharField(max_length=64, editable=False)
    # A hash that links the comments of one writer under that e-mail: see identity.writer_key.
    writer_key = models.CharField(max_length=64, blank=True, default="", editable=False)
    text = CheckedTextField(_("Comment"), max_length=MAX_TEXT_LENGTH, validators=TEXT_CHECKS)
    # Probably sent by a program: a moderator reads it first. See reception.challenges.
    looks_automated = models.BooleanField(default=False, editable=False)
    # Unique, so of two equal comments sent at once only one is stored: see reception.duplicates.
    duplicate_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False
    )
    reason = models.CharField(_("reason"), max_length=20, blank=True, editable=False)
    # The number of the text. `version` increases with every change of the row, also by decisions: a
    # decision applies only if the version is still the one that the moderator saw.
    revision = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("submitted"), default=timezone.now, editable=False)
    # When its author last changed it, which made it pending again.
    edited_at = models.DateTimeField(_("changed by its author"), null=True, editable=False)
    # The id of the request that submitted it, for the log of the verdict.
    request_id = models.CharField(max_length=64, blank=True, editable=False)
    # Claimed by a worker until this time; then another worker may claim it.
    claimed_until = models.DateTimeField(null=True, editable=False)
    # The number of workers that claimed it and did not finish.
    claims = models.PositiveSmallIntegerField(default=0, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    # A moderator's rejection can be undone until this time, and the author is not told before.
    announced_at = models.DateTimeField(null=True, editable=False)
    # By these the queue is ordered and filtered: the highest score, the nearness to the line from
    # which comments are held, the urgency in minutes since 1970 (earlier is more urgent), the
    # language that was detected. See moderation.standing.
    risk = models.SmallIntegerField(default=UNSCORED, editable=False)
    doubt = models.SmallIntegerField(default=UNSCORED, editable=False)
    due = models.PositiveIntegerField(default=0, editable=False)
    language = models.CharField(max_length=5, blank=True, default="", editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = (
            # in this order: a page of a discussion, a page of replies, the sweep, an author's
            # record, a writer's record, all comments by age
            models.Index(fields=["article", "status", "parent", "created_at", "id"]),
            models.Index(fields=["parent", "status", "branch", "id"]),
            models.Index(fields=["status", "created_at", "id"]),
            models.Index(fields=["author_key", "status"]),
            models.Index(fields=["writer_key", "status"]),
            models.Index(fields=["created_at", "id"]),
            # the orders of the queue, and its tabs by reason
            _index_of_held("age", "created_at"),
            _index_of_held("risk", "-risk"),
            _index_of_held("doubt", "-doubt"),
            _index_of_held("due", "due"),
            _index_of_held("reason", "reason", "created_at"),
        )
        # A check cannot look at other rows: reception.services ensures that a reply's parent is
        # not a reply itself.
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(app_label)s_%(class)s_status_check"
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="%(app_label)s_%(class)s_parent_check"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(branch=None, reply_to=None),
                name="%(app_label)s_%(class)s_root_check",
            ),
            models.CheckConstraint(
                condition=Q(revision__gte=1, version__gte=1),
                name="%(app_label)s_%(class)s_revision_version_check",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the comment; a reply to the root begins a branch of its own."""
        super().save(*args, **kwargs)
        if self.parent_id and self.branch_id is None:
            # The number is known only now.
            self.branch_id = self.pk
            Comment.objects.filter(pk=self.pk).update(branch=self.pk)

    @property
    def answered_id(self) -> int | None:
        """The number of the comment that this one answers."""
        return self.reply_to_id or self.parent_id

    @property
    def place_of_reply(self) -> dict[str, Any]:
        """The columns that say where a reply to this comment stands."""
        if self.parent is None:
            return {"parent": self}
        return {"parent": self.parent, "branch_id": self.branch_id, "reply_to": self}

    @property
    def is_visible(self) -> bool:
        """The same as the query set's visible(), for one comment."""
        parent_shown = self.parent is None or self.parent.status in SHOWS_REPLIES
        return parent_shown and self.status == Status.PUBLISHED

    @property
    def status_for_author(self) -> Status:
        """The status that the author is told: a rejection that may yet be undone is not."""
        waits = self.announced_at is not None and timezone.now() < self.announced_at
        rejected = self.status == Status.REJECTED
        return Status.HELD if rejected and waits else Status(self.status)

    @property
    def reason_for_author(self) -> str:
        return self.reason if self.status_for_author == self.status else ""

    @property
    def sent_at(self) -> dt.datetime:
        """Since when its present version exists."""
        return self.edited_at or self.created_at

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def is_erased(self) -> bool:
        return self.text == ERASED_TEXT

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"
