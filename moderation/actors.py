"""The actors of decisions: policy, person, program, readers, author, system, import."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models import SiteKey
from moderation.accounts.models import User


class ActorKind(models.TextChoices):
    # The scores and the site's rules.
    POLICY = "policy", _("automatically")
    PERSON = "person", _("moderator")
    # A program of the site, with a site key: people or rules that this service does not know.
    PROGRAM = "program", _("connected program")
    # Enough readers have flagged the comment.
    READERS = "readers", _("readers")
    # Withdrew the comment, or appealed against its rejection.
    AUTHOR = "author", _("author")
    # Erased on request, expired, or could not be scored: nobody judged the text.
    SYSTEM = "system", _("system")
    # Decided in the comment system that the site used before, by whomever.
    IMPORT = "import", _("earlier comment system")


@dataclass(frozen=True)
class Actor:
    """Who decided. Only a person has a user, only a program a key; so the database requires."""

    kind: ActorKind
    user: User | None = None
    site_key: SiteKey | None = None

    def __post_init__(self) -> None:
        if (self.kind == ActorKind.PERSON) != (self.user is not None):
            raise ValueError(f"{self.kind} with user {self.user and self.user.pk}")
        if (self.kind == ActorKind.PROGRAM) != (self.site_key is not None):
            raise ValueError(f"{self.kind} with site key {self.site_key and self.site_key.pk}")

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a decision that say who decided."""
        return {"actor_kind": self.kind, "user": self.user, "site_key": self.site_key}

    @classmethod
    def person(cls, user: User) -> "Actor":
        return cls(ActorKind.PERSON, user)

    @classmethod
    def program(cls, site_key: SiteKey) -> "Actor":
        return cls(ActorKind.PROGRAM, site_key=site_key)


POLICY = Actor(ActorKind.POLICY)
READERS = Actor(ActorKind.READERS)
AUTHOR = Actor(ActorKind.AUTHOR)
SYSTEM = Actor(ActorKind.SYSTEM)
IMPORT = Actor(ActorKind.IMPORT)
