"""The result of examining one part."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comments.reception.database_unavailable import DATABASE_ERRORS

# Checks one part: returns a short report, or raises CheckError with the fault and its remedy.
Check = Callable[[], str]


class CheckError(Exception):
    """A check failed; the message tells the operator what is wrong and how to correct it."""


@dataclass(frozen=True)
class Diagnosis:
    part: str
    healthy: bool
    message: str

    def __str__(self) -> str:
        verdict = _("ok") if self.healthy else _("FAIL")
        return f"{verdict:<9}{self.part}: {self.message}"


def examine(part: str | Promise, check: Check) -> Diagnosis:
    """Run one check; any exception becomes a failed diagnosis, so the others still run."""
    try:
        return Diagnosis(str(part), True, check())
    except CheckError as failure:
        return Diagnosis(str(part), False, str(failure))
    except DATABASE_ERRORS as error:
        message = _("the database cannot be queried (%(error)s): correct that first.")
        return Diagnosis(str(part), False, message % {"error": type(error).__name__})
    except Exception as error:
        # Only the type of the error: its message may contain a URL with a password.
        message = _("could not be checked (%(error)s).") % {"error": type(error).__name__}
        return Diagnosis(str(part), False, message)
