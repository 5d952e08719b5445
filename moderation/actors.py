"""The actors of decisions: policy, person, readers, author, system."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.accounts.models import User


class ActorKind(models.TextChoices):
    # The scores and the site's rules.
    POLICY = "policy", _("automatically")
    PERSON = "person", _("moderator")
    # Enough readers have flagged the comment.
    READERS = "readers", _("readers")
    # Withdrew the comment, or appealed against its rejection.
    AUTHOR = "author", _("author")
    # Erased on request, expired, or could not be scored: nobody judged the text.
    SYSTEM = "system", _("system")


@dataclass(frozen=True)
class Actor:
    """Who decided. Only a person has a user; the database has the same constraint."""

    kind: ActorKind
    user: User | None = None

    def __post_init__(self) -> None:
        if (self.kind == ActorKind.PERSON) != (self.user is not None):
            raise ValueError(f"{self.kind} with user {self.user and self.user.pk}")

    @classmethod
    def person(cls, user: User) -> "Actor":
        return cls(ActorKind.PERSON, user)


POLICY = Actor(ActorKind.POLICY)
READERS = Actor(ActorKind.READERS)
AUTHOR = Actor(ActorKind.AUTHOR)
SYSTEM = Actor(ActorKind.SYSTEM)
