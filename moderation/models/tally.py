"""Tallies: how persons decided on the comments that the policy held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models import Site


class Tally(models.Model):
    """What became of a site's comments that were held for one reason, with a like score.

    See moderation.chances, which counts them anew every hour.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(_("reason"), max_length=20)
    # Tenths of the score of that name; NO_BAND if the reason is no score.
    band = models.SmallIntegerField()
    published = models.IntegerField()
    rejected = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["site", "reason", "band"], name="%(app_label)s_%(class)s_key_uniq"
            ),
        )

    def __str__(self) -> str:
        return f"{self.site_id}, {self.reason}, {self.band}: {self.rejected}"
