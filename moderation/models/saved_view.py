"""A filter and an order of a list, saved under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    """The lists that can be filtered; the value is the name of the list's URL."""

    QUEUE = "queue", _("queue")
    REJECTED = "rejected", _("rejected by the service")
    COMMENTS = "comments", _("all comments")


class SavedView(models.Model):
    """The query of a list's address under a name, for its owner or, if shared, for everyone."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.CharField(_("list"), max_length=10, choices=Place)
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField(_("for everyone"), default=False)

    class Meta:
        default_permissions = ("add", "share")
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "place", "name"], name="%(app_label)s_%(class)s_owner_place_name"
            ),
        )

    def __str__(self) -> str:
        return self.name
