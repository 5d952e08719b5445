"""The sentences that embed.js says by itself, in the language of the discussion."""

import json
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import MAX_TEXT_LENGTH
from comments.reception.report_form import REASONS

# A number for each plural form that Intl.PluralRules may name.
_EXAMPLES = {"one": 1, "few": 3, "many": 5, "other": 2}


def words() -> str:
    """Return them as JSON; in those about numbers, # stands for the number."""
    said = {
        "title": _("Comments"),
        "count": _forms(lambda n: ngettext("%(count)s comment", "%(count)s comments", n)),
        "fresh": _forms(_fresh),
        "mute": _("Mute"),
        "muted": _("Author muted. Show"),
        "arrived": _("There are new comments."),
        "limit": MAX_TEXT_LENGTH,
        "reasons": {reason.value: str(label) for reason, label in REASONS.items()},
        **_about_the_form(),
        **_about_own_comments(),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _forms(of_number: Callable[[int], str]) -> dict[str, str]:
    return {name: of_number(number) % {"count": "#"} for name, number in _EXAMPLES.items()}


def _fresh(number: int) -> str:
    return ngettext("Show %(count)s new comment", "Show %(count)s new comments", number)


def _about_the_form() -> dict[str, str]:
    return {
        "write": _("Leave a Reply"),
        "replyTo": _("Reply to %(name)s") % {"name": "#"},
        "cancel": _("Cancel"),
        "send": _("Post Comment"),
        "sending": _("Sending…"),
        "restored": _("This is what you typed here before."),
        "left": _("Characters left:"),
        "over": _("Too long by this many characters:"),
        "unsent": _("Your comment has not been sent yet."),
        "wait": _("Seconds until you can try again:"),
        "text": _("Comment"),
    }


def _about_own_comments() -> dict[str, str]:
    return {
        "own": _("Only you can see this"),
        "mine": _("Your comment"),
        "pending": _("Being checked"),
        "held": _("Waiting for a moderator"),
        "rejected": _("Not published"),
        "withdrawn": _("Withdrawn"),
        "published": _("Published"),
        "ahead": _("Before it in the queue:"),
        "edit": _("Change"),
        "save": _("Save"),
        "withdraw": _("Withdraw"),
        "sure": _("Withdraw the comment? This cannot be undone."),
        "appeal": _("Appeal"),
        "because": _("Why should the decision be reconsidered?"),
        "away": _("Put away"),
        "ok": _("Send"),
        "why": _("What is wrong with it?"),
        "sentence": _("In a sentence, if you like"),
    }
