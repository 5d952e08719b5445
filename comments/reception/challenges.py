"""Form challenges: a signed token and, during an attack, a proof of work.

A stamp is signed and says when a form was made. Under attack it also asks for a proof of work
(hashcash): a number which, hashed together with the stamp, begins with so many zero bits.
"""

import time
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from django.core import signing

from comments.reception import throttles

# Nobody reads, thinks and types faster; a day and a night is as long as a page may lie open.
LEAST_AGE = 2.0
GREATEST_AGE = 36 * 3600.0
# About a second of a telephone's work in a browser, a fifth of one on a desk. A program needs a
# hundredth: this stops what does not bother, and the limits stop the rest.
PROOF_BITS = 14
_SALT = "comments.stamp"


class StampError(Exception):
    """The stamp was not made here."""


class StaleStampError(StampError):
    """The stamp was made too long ago."""


class HastyStampError(StampError):
    """The form was sent before anyone could have filled it in."""


class SpentStampError(StampError):
    """Another comment was sent with the stamp."""


class WorklessStampError(StampError):
    """The stamp was made before the attack and asks for no work."""


@dataclass(frozen=True)
class Stamp:
    """What a stamp says: its age in seconds and how many zero bits its proof must begin with."""

    text: str
    age: float
    bits: int

    @property
    def asks_for_work(self) -> bool:
        return self.bits >= PROOF_BITS

    def is_proved_by(self, proof: str) -> bool:
        digest = sha256(f"{self.text}:{proof}".encode()).digest()
        return int.from_bytes(digest) >> (256 - self.bits) == 0


def new_stamp(site: str, age: float = 0.0) -> Stamp:
    """A stamp for a form of the site that was opened so many seconds ago."""
    bits = PROOF_BITS if throttles.under_attack(site) else 0
    text = signing.dumps([time.time() - age, bits, token_urlsafe(6)], salt=_SALT)
    return Stamp(text, age, bits)


def read_stamp(text: str) -> Stamp:
    """Raises StampError for a text that is no stamp, StaleStampError for one that is too old."""
    try:
        made_at, bits, _once = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise StampError from error
    age = time.time() - made_at
    if age > GREATEST_AGE:
        raise StaleStampError
    return Stamp(text, age, bits)


def spend(text: str, *, on: str | None) -> Stamp:
    """Uses the stamp up for one comment; that one, known by its repeat key, may be sent twice.

    Raises StampError where it is no stamp, too old, or was spent on another comment.
    """
    stamp = read_stamp(text)
    if throttles.is_first(f"stamp:{text}"):
        throttles.is_first(f"stamp:{text} {on}")
    elif not (on and throttles.is_known(f"stamp:{text} {on}")):
        raise SpentStampError
    return stamp
