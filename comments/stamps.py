"""Signs that a person wrote: a form that was open for a while, and under attack a little work.

A stamp is signed and says when a form was made. Under attack it also asks for a proof of work
(hashcash): a number which, hashed together with the stamp, begins with so many zero bits.
"""

import time
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from django.core import signing

from comments import throttles

# Nobody reads, thinks and types faster; a day and a night is as long as a page may lie open.
LEAST_AGE = 2.0
GREATEST_AGE = 36 * 3600.0
# About a second of a telephone's work, and a spammer's for each comment.
PROOF_BITS = 15
_SALT = "comments.stamp"


class StampError(Exception):
    """The stamp was not made here."""


class StaleStampError(StampError):
    """The stamp was made too long ago."""


@dataclass(frozen=True)
class Stamp:
    """What a stamp says: its age in seconds and how many zero bits its proof must begin with."""

    text: str
    age: float
    bits: int

    def is_proved_by(self, proof: str) -> bool:
        digest = sha256(f"{self.text}:{proof}".encode()).digest()
        return int.from_bytes(digest) >> (256 - self.bits) == 0


def new_stamp() -> Stamp:
    bits = PROOF_BITS if throttles.under_attack() else 0
    text = signing.dumps([time.time(), bits, token_urlsafe(6)], salt=_SALT)
    return Stamp(text, 0.0, bits)


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


def has_worked(stamp: str, proof: str) -> bool:
    """Whether work was done for this stamp, and not used for another comment before."""
    try:
        known = read_stamp(stamp)
    except StampError:
        return False
    worked = known.bits >= PROOF_BITS and known.is_proved_by(proof)
    return worked and throttles.is_first(f"proof:{stamp}")
