"""The encrypted e-mail and address of a comment's author."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments import encryption
from comments.models.comment import Comment

MAX_EMAIL_LENGTH = 254


class Contact(models.Model):
    """The e-mail and the address of a comment's author, stored separately from the comment.

    Both are encrypted, and each is deleted when its retention period is over; the row is deleted
    with the last one.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True)
    sealed_email = models.TextField(blank=True, editable=False)
    sealed_address = models.TextField(blank=True, editable=False)
    # A hash that links the comments from one network: see identity.address_key.
    address_key = models.CharField(max_length=64, blank=True, editable=False)
    # The id of the key that encrypted the row: see encryption.key_id.
    key_id = models.CharField(max_length=16, blank=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = (models.Index(fields=["address_key"]),)

    def __str__(self) -> str:
        return f"contact of {self.comment_id}"

    @property
    def email(self) -> str:
        """Decrypt it; raises encryption.WrongKeyError."""
        return encryption.unseal(self.sealed_email)

    @property
    def address(self) -> str:
        """Decrypt it; raises encryption.WrongKeyError."""
        return encryption.unseal(self.sealed_address)

    def seal(self, *, email: str, address: str) -> None:
        self.sealed_email = encryption.seal(email)
        self.sealed_address = encryption.seal(address)
        self.key_id = encryption.key_id()
