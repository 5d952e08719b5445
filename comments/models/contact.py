"""The encrypted e-mail and address of a comment's author."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments import encryption
from comments.models.comment import Comment

EMAIL_LONGEST = 254


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
