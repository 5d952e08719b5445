"""Form challenges: a signed token and, during an attack, a proof of work.

A challenge is signed and contains the time at which its form was created. During an attack it also
asks for a proof of work (hashcash): a number that, hashed together with the challenge, gives a
digest that begins with `bits` zero bits.
"""

import time
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from django.core import signing

from comments.reception import throttles

# In seconds. Nobody can read an article and comment on it faster; a page may stay open overnight.
MIN_AGE = 2.0
MAX_AGE = 36 * 3600.0
# Takes a browser on a phone about a second, on a desktop a fifth of that. A native program needs a
# hundredth: this stops simple bots, and the rate limits stop the others.
PROOF_BITS = 14
_SALT = "comments.challenge"


class ChallengeError(Exception):
    """The challenge is missing or has no valid signature."""


class ExpiredChallengeError(ChallengeError):
    """The challenge is older than MAX_AGE."""


class TooFastError(ChallengeError):
    """The form was sent less than MIN_AGE after it was opened."""


class UsedChallengeError(ChallengeError):
    """The challenge was already used for another comment."""


class NoWorkChallengeError(ChallengeError):
    """The challenge was created before the attack began and asks for no work."""


@dataclass(frozen=True)
class Challenge:
    """A challenge: its text, its age in seconds and the zero bits that its proof must produce."""

    text: str
    age: float
    bits: int

    @property
    def asks_for_work(self) -> bool:
        return self.bits >= PROOF_BITS

    def is_solved_by(self, proof: str) -> bool:
        digest = sha256(f"{self.text}:{proof}".encode()).digest()
        return int.from_bytes(digest) >> (256 - self.bits) == 0


def new_challenge(site: str, age: float = 0.0) -> Challenge:
    """Create a challenge for a form of the site, dated back by `age` seconds."""
    bits = PROOF_BITS if throttles.under_attack(site) else 0
    text = signing.dumps([time.time() - age, bits, token_urlsafe(6)], salt=_SALT)
    return Challenge(text, age, bits)


def read_challenge(text: str) -> Challenge:
    """Verify and parse a challenge.

    Raises ExpiredChallengeError if it is too old, ChallengeError if it is invalid.
    """
    try:
        created_at, bits, _nonce = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise ChallengeError from error
    age = time.time() - created_at
    if age > MAX_AGE:
        raise ExpiredChallengeError
    return Challenge(text, age, bits)


def redeem(text: str, *, duplicate_key: str | None) -> Challenge:
    """Use up the challenge for one comment, which may be repeated if it has a duplicate key.

    Raises a ChallengeError if it is invalid, expired or was used for another comment.
    """
    challenge = read_challenge(text)
    repeated = f"challenge:{text} {duplicate_key}"
    if throttles.is_first(f"challenge:{text}"):
        throttles.is_first(repeated)
    elif not (duplicate_key and throttles.is_known(repeated)):
        raise UsedChallengeError
    return challenge
