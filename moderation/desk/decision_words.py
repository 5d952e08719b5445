"""A decision in words, for moderators, and who was first with it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.models import Comment, Status
from moderation.actors import ActorKind
from moderation.labels import for_moderator, of_outcome
from moderation.models import Decision
from moderation.policy.verdict import Outcome

# What nobody has decided on; the latest decision, if there is one, was on what it was before.
UNDECIDED = (Status.PENDING, Status.HELD)
_BY_NAME = gettext_lazy("Comment %(comment)s was decided first by %(who)s: %(what)s, %(when)s.")
_WITHOUT_NAME: Mapping[str, Any] = {
    ActorKind.POLICY: gettext_lazy(
        "Comment %(comment)s has already been decided automatically: %(what)s, %(when)s."
    ),
    ActorKind.AUTHOR: gettext_lazy(
        "The author got to comment %(comment)s first: %(what)s, %(when)s."
    ),
    ActorKind.SYSTEM: gettext_lazy(
        "The service got to comment %(comment)s first: %(what)s, %(when)s."
    ),
}


def what(decision: Decision) -> str:
    """Return the outcome; if it has a reason worth saying, with the reason."""
    outcome = of_outcome(decision.outcome)
    if decision.outcome in (Outcome.PUBLISH, Outcome.WITHDRAW):
        return outcome
    return f"{outcome} ({decision.own_reason or for_moderator(decision.reason)})"


def has_changed(comment: Comment) -> str:
    """Say that a comment on which nobody has decided is not what the moderator saw."""
    return _("Comment %s has changed since you opened it. Read it again.") % comment


def was_first(decision: Decision) -> str:
    """Say who was first with a comment, with what and when."""
    return str(_WITHOUT_NAME.get(decision.actor_kind, _BY_NAME)) % {
        "comment": str(decision.comment),
        "who": decision.by_whom,
        "what": what(decision),
        "when": naturaltime(decision.created_at),
    }
