"""The keys with which other systems ask for checks."""

from comments.models import SiteKey
from comments.reception.throttles import admit_program


class UnknownKeyError(Exception):
    """There is no such key for checks, or it was revoked."""


def require_check_key(key: str) -> SiteKey:
    """Return the active key for checks and count the request.

    Raises UnknownKeyError, or ThrottledError if the key's limit is full.
    """
    found = SiteKey.objects.active_for_checks(key.strip())
    if found is None:
        raise UnknownKeyError
    admit_program(found.pk, checks=True)
    return found
