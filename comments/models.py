"""What people wrote: a site's articles, the comments under them, how to reach their authors."""

import datetime as dt
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import encryption
from comments.fields import CheckedCharField, CheckedTextField, CheckedURLField
from comments.validators import (
    validate_direction,
    validate_legible,
    validate_length,
    validate_links,
)

EMAIL_LONGEST = 254
WEBSITE_LONGEST = 200
# No reader can write it: this is how a comment whose author was erased is told apart.
ERASED_TEXT = ""
# Characters that are letters or symbols to Unicode and nothing to the eye.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def validate_visible(text: str) -> None:
    """Refuses what shows nothing: spaces, marks without a letter, characters of no width."""
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in text):
        raise ValidationError(_("There is nothing to see here: use letters."), code="invisible")


NAME_CHECKS = [validate_visible, validate_legible, validate_direction]
TEXT_CHECKS = [validate_visible, validate_length, validate_legible, validate_links]


class Status(models.TextChoices):
    PENDING = "pending", _("waiting for the check")
    PUBLISHED = "published", _("published")
    HELD = "held", _("waiting for a moderator")
    REJECTED = "rejected", _("rejected")


class ArticleManager(models.Manager["Article"]):
    def discussed(self, slug: str) -> "Article":
        """The article with what its discussion is known by; raises Article.DoesNotExist.

        Each call of REST begins with it, and the statement takes a tenth of the time in which the
        ORM would make it.
        """
        table = connection.ops.quote_name(self.model._meta.db_table)
        statement = f"SELECT id, slug, thread_revision FROM {table} WHERE slug = %s"  # noqa: S608
        for article in self.raw(statement, [slug]):
            return article
        raise self.model.DoesNotExist


class Article(models.Model):
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    title = models.CharField(_("title"), max_length=200)
    section = models.CharField(_("section"), max_length=80)
    author_name = models.CharField(_("author"), max_length=80)
    author_about = models.TextField(_("about the author"), blank=True)
    lead = models.TextField(_("lead"), blank=True)
    body = models.TextField(_("body (HTML)"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    # Kept by moderation.transitions together with the statuses that they follow from.
    published_count = models.PositiveIntegerField(
        _("published comments"), default=0, editable=False
    )
    thread_revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ArticleManager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("comments:article", kwargs={"slug": self.slug})


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
    author_name = CheckedCharField(_("Name"), max_length=80, validators=NAME_CHECKS)
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
    text = CheckedTextField(_("Comment"), max_length=5000, validators=TEXT_CHECKS)
    # A program seems to have sent it, so a person reads it first: see reception.challenges.
    looks_automated = models.BooleanField(default=False, editable=False)
    # Unique, so that of two equal comments at once one is stored: see reception.duplicates.
    repeat_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
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


class Contact(models.Model):
    """How to reach a comment's author, and from where they wrote: apart from the comment.

    Both are sealed, and each is emptied when its time is over; the row goes with the last.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True)
    sealed_email = models.TextField(blank=True, editable=False)
    sealed_address = models.TextField(blank=True, editable=False)
    # Joins what came from one network without telling it: see identity.address_key.
    address_key = models.CharField(max_length=64, blank=True, editable=False)
    # Which key sealed the row: see sealing.key_id.
    key_id = models.CharField(max_length=16, blank=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = (models.Index(fields=["address_key"]),)

    def __str__(self) -> str:
        return f"contact of {self.comment_id}"

    @property
    def email(self) -> str:
        """Raises sealing.WrongKeyError."""
        return encryption.unseal(self.sealed_email)

    @property
    def address(self) -> str:
        """Raises sealing.WrongKeyError."""
        return encryption.unseal(self.sealed_address)

    def seal(self, *, email: str, address: str) -> None:
        self.sealed_email = encryption.seal(email)
        self.sealed_address = encryption.seal(address)
        self.key_id = encryption.key_id()
