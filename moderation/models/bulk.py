"""Bulk decisions: one verdict on many comments, previewed first and then applied in batches."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Status
from moderation.models.act import Act
from moderation.models.reason import RejectionReason

MAX_ADDRESS = 2000


class BulkState(models.TextChoices):
    PREPARED = "prepared", _("not started")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    FINISHED = "finished", _("finished")


class Fate(models.TextChoices):
    """What became of one comment of a bulk decision."""

    WAITING = "waiting", _("waiting for its turn")
    DONE = "done", _("decided")
    CHANGED = "changed", _("changed or decided by a colleague since")
    SAME = "same", _("already decided that way")
    CLAIMED = "claimed", _("a colleague has it open")
    ASKED = "asked", _("a colleague was asked about it")
    SEPARATE = "separate", _("to be decided separately")
    LEFT_OUT = "left_out", _("left out by you")


class BulkDecision(models.Model):
    """One verdict on many comments. Its decisions belong to one act and are undone together."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.PREPARED)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=20)
    own_reason = models.ForeignKey(
        RejectionReason, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # None until a comment is decided.
    act = models.OneToOneField(Act, models.PROTECT, null=True, related_name="bulk")
    # How many comments matched, which may be more than one bulk decision takes.
    matched = models.PositiveIntegerField()
    # The page to go back to.
    back = models.CharField(max_length=MAX_ADDRESS)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    # When its latest batch was decided.
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(
                name="%(app_label)s_bulk_running",
                fields=["moved_at"],
                condition=models.Q(state=BulkState.RUNNING),
            ),
        )

    def __str__(self) -> str:
        return f"bulk decision {self.pk}"

    @property
    def is_prepared(self) -> bool:
        return self.state == BulkState.PREPARED

    @property
    def is_running(self) -> bool:
        return self.state == BulkState.RUNNING

    @property
    def is_stopped(self) -> bool:
        return self.state == BulkState.STOPPED


class BulkItem(models.Model):
    """A comment of a bulk decision, in the state in which it was chosen, and its fate."""

    bulk = models.ForeignKey(BulkDecision, models.CASCADE, related_name="items", db_index=False)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Status)
    version = models.PositiveIntegerField()
    fate = models.CharField(max_length=10, choices=Fate, default=Fate.WAITING)

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        indexes = (models.Index(fields=["bulk", "fate", "id"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["bulk", "comment"], name="%(app_label)s_%(class)s_bulk_comment_uniq"
            ),
        )

    def __str__(self) -> str:
        return f"{self.comment_id} of {self.bulk_id}"
