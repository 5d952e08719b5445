"""Checks of texts of other systems: how many a day, and the texts that a key allows to keep."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import MAX_NAME_LENGTH, MAX_WEBSITE_LENGTH
from comments.models.site_key import SiteKey


class Label(models.TextChoices):
    """What a person of the other system says about a text."""

    SPAM = "spam", _("spam")
    HAM = "ham", _("not spam")


class CheckDay(models.Model):
    """The number of checks with one key on one day; a person says what was missed or wrong."""

    site_key = models.ForeignKey(SiteKey, models.CASCADE, related_name="check_days", db_index=False)
    day = models.DateField()
    checks = models.PositiveIntegerField(default=0)
    spam = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    false_alarms = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["site_key", "day"], name="%(app_label)s_%(class)s_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day}: {self.checks}"


class CheckedText(models.Model):
    """A checked text that the key allows to keep, or a label without the text."""

    site_key = models.ForeignKey(
        SiteKey, models.CASCADE, related_name="checked_texts", db_index=False
    )
    # A keyed hash by which a later label finds the text.
    text_key = models.CharField(max_length=64)
    # Links the texts of one e-mail: see identity.author_key.
    author_key = models.CharField(max_length=64, blank=True, db_index=True)
    text = models.TextField(blank=True)
    author_name = models.CharField(max_length=MAX_NAME_LENGTH, blank=True)
    author_url = models.CharField(max_length=MAX_WEBSITE_LENGTH, blank=True)
    language = models.CharField(max_length=10, blank=True)
    scores = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    model_version = models.CharField(max_length=100, blank=True)
    label = models.CharField(max_length=4, choices=Label, blank=True)
    # The scores that a person of the other system gives it, by attribute.
    suggested = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    delete_after = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["site_key", "text_key"], name="%(app_label)s_%(class)s_once"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"
