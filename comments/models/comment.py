"""A comment, its status and its state in the pipeline."""

import datetime as dt

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.fields import CheckedCharField, CheckedTextField, CheckedURLField
from comments.models.article import Article
from comments.validators import NAME_CHECKS, TEXT_CHECKS, validate_direction

NAME_LONGEST = 80
TEXT_LONGEST = 5000
WEBSITE_LONGEST = 200
# No reader can write it: this is how a comment whose author was erased is told apart.
ERASED_TEXT = ""


class Status(models.TextChoices):
    PENDING = "pending", _("waiting to be checked")
    PUBLISHED = "published", _("published")
    HELD = "held", _("waiting for a moderator")
    REJECTED = "rejected", _("rejected")


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self) -> "CommentQuerySet":
        """What readers see: the published, unless they answer one that is not."""
        return self.filter(
            Q(parent=None) | Q(parent__status=Status.PUBLISHED), status=Status.PUBLISHED
        )

    def held(self) -> "CommentQuerySet":
        return self.filter(status=Status.HELD)

    def roots(self) -> "CommentQuerySet":
        return self.filter(parent=None)

    def unclaimed(self, moment: dt.datetime, longest: dt.timedelta) -> "CommentQuerySet":
        """Those that wait for their verdict and are in no worker's hands, the longest first.

        A claim that ends later than `longest` from now was made by a clock that has been set back
        since: it counts for nothing.
        """
        free = (
            Q(claimed_until=None)
            | Q(claimed_until__lte=moment)
            | Q(claimed_until__gt=moment + longest)
        )
        return self.filter(free, status=Status.PENDING).order_by("created_at", "id")


class Comment(models.Model):
    """One comment. It carries no e-mail, so nothing that shows a comment can show one."""

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
    author_name = CheckedCharField(_("Name"), max_length=NAME_LONGEST, validators=NAME_CHECKS)
    author_url = CheckedURLField(
        _("Website"),
        max_length=WEBSITE_LONGEST,
        blank=True,
        validators=[URLValidator(["http", "https"]), validate_direction],
    )
    # Joins the comments of one e-mail without telling it: see identity.author_key.
    author_key = models.CharField(max_length=64, editable=False)
    # Joins what one writer sent under that e-mail: see identity.writer_key. Nothing for comments
    # from before there was one.
    writer_key = models.CharField(max_length=64, blank=True, default="", editable=False)
    text = CheckedTextField(_("Comment"), max_length=TEXT_LONGEST, validators=TEXT_CHECKS)
    # A program seems to have sent it, so a person reads it first: see reception.challenges.
    looks_automated = models.BooleanField(default=False, editable=False)
    # Unique, so that of two equal comments at once one is stored: see reception.duplicates.
    duplicate_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False
    )
    reason = models.CharField(_("reason"), max_length=20, blank=True, editable=False)
    # The number of the text. Each change of the row, a move as well as an edit, raises `version`:
    # who decided about what they saw decides only while nothing has happened since.
    revision = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("submitted"), default=timezone.now, editable=False)
    # The request that brought it, for the log of its verdict.
    request_id = models.CharField(max_length=64, blank=True, editable=False)
    # A worker has it in hand until then; if that one dies, the next may take it.
    claimed_until = models.DateTimeField(null=True, editable=False)
    # So many workers took it in hand and never came back.
    claims = models.PositiveSmallIntegerField(default=0, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = (
            # a page of a discussion, a page of its replies, the queue and the sweep, an author's
            # record, a writer's, all comments by age
            models.Index(fields=["article", "status", "parent", "created_at", "id"]),
            models.Index(fields=["parent", "status", "created_at", "id"]),
            models.Index(fields=["status", "created_at", "id"]),
            models.Index(fields=["author_key", "status"]),
            models.Index(fields=["writer_key", "status"]),
            models.Index(fields=["created_at", "id"]),
        )
        # That a reply's parent is no reply itself looks at another row, which no check can: see
        # reception.services, the one way in, and its tests on both databases.
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(app_label)s_%(class)s_status_check"
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="%(app_label)s_%(class)s_parent_check"
            ),
            models.CheckConstraint(
                condition=Q(revision__gte=1, version__gte=1),
                name="%(app_label)s_%(class)s_revision_version_check",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_visible(self) -> bool:
        """The same as the query set's visible(), for one comment."""
        parent_shown = self.parent is None or self.parent.status == Status.PUBLISHED
        return parent_shown and self.status == Status.PUBLISHED

    @property
    def is_erased(self) -> bool:
        return self.text == ERASED_TEXT

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"
