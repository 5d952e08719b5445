"""The result of examining one part."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comments.reception.database_out import DATABASE_OUT

# Looks at one part: returns what it saw, raises MendError with what is wrong and how to mend it.
Look = Callable[[], str]


class MendError(Exception):
    """Something is to be mended; the message says what and how, to a person."""


@dataclass(frozen=True)
class Diagnosis:
    part: str
    healthy: bool
    words: str

    def __str__(self) -> str:
        verdict = _("ok") if self.healthy else _("MEND")
        return f"{verdict:<9}{self.part}: {self.words}"


def examine(part: str | Promise, look: Look) -> Diagnosis:
    """One look; whatever it raises is a finding, for the other parts are still to be looked at."""
    try:
        return Diagnosis(str(part), True, look())
    except MendError as found:
        return Diagnosis(str(part), False, str(found))
    except DATABASE_OUT as error:
        words = _("the database could not be asked (%(error)s): mend that first.")
        return Diagnosis(str(part), False, words % {"error": type(error).__name__})
    except Exception as error:
        # Only the kind of error: a message may hold an address with a password.
        words = _("could not be looked at (%(error)s).") % {"error": type(error).__name__}
        return Diagnosis(str(part), False, words)
