"""Where imported comments come from, so that a repeated import stores nothing twice."""

from django.db import models

from comments.models import Comment, Site

MAX_SOURCE_LENGTH = 200
MAX_NUMBER_LENGTH = 100


class Archive(models.Model):
    """A source whose comments were imported into a site: one blog, forum or installation."""

    site = models.ForeignKey(Site, models.CASCADE)
    # The format and what the source calls itself, such as "wxr https://blog.example.org".
    source = models.CharField(max_length=MAX_SOURCE_LENGTH)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["site", "source"], name="%(app_label)s_%(class)s_source"
            ),
        )

    def __str__(self) -> str:
        return self.source


class Origin(models.Model):
    """The number that an imported comment had in its source."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True)
    # The unique constraint below serves as its index.
    archive = models.ForeignKey(Archive, models.CASCADE, db_index=False)
    number = models.CharField(max_length=MAX_NUMBER_LENGTH)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["archive", "number"], name="%(app_label)s_%(class)s_once"
            ),
        )

    def __str__(self) -> str:
        return self.number
