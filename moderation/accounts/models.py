"""Staff accounts: users, the log of their actions, their one-time codes."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.append_only import AppendOnly
from moderation.accounts.devices import CodeGenerator, RecoveryCodes

__all__ = ["AccountDeed", "AccountEntry", "CodeGenerator", "RecoveryCodes", "User"]


class User(AbstractUser):
    """A member of staff. A custom model from the start, so that it can be extended."""


class AccountDeed(models.TextChoices):
    SIGN_IN = "sign_in", _("signed in")
    SIGN_OUT = "sign_out", _("signed out")
    SHUT_OUT = "shut_out", _("locked out after ten wrong passwords")
    MADE = "made", _("account created")
    PASSWORD = "password", _("password set")
    ROLES = "roles", _("roles changed")
    CLOSED = "closed", _("account closed")
    OPENED = "opened", _("account reopened")
    CODES_ON = "codes_on", _("one-time codes turned on")
    CODES_OFF = "codes_off", _("one-time codes turned off")
    CODES_RESET = "codes_reset", _("one-time codes reset")
    CODE_RIGHT = "code_right", _("correct one-time code")
    CODE_WRONG = "code_wrong", _("wrong one-time code")
    RECOVERY_USED = "recovery_used", _("recovery code used")
    RECOVERY_MADE = "recovery_made", _("new recovery codes")


class AccountEntry(AppendOnly):
    """An action on a desk account; network addresses are not recorded."""

    deed = models.CharField(_("what was done"), max_length=20, choices=AccountDeed)
    account = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("account"))
    actor = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by whom"),
    )
    # The system user who ran a command.
    operator = models.CharField(_("operator"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("account log entry")
        verbose_name_plural = _("log of sign-ins and accounts")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.get_deed_display()
