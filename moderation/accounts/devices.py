"""django-otp's devices for one-time codes, without usable secrets in the database.

Secrets are derived from SECRET_KEY and the stored value, so a copy of the database alone gives no
codes. After a change of SECRET_KEY all devices have to be set up again.
"""

import secrets

from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

# Without letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_CODES = 10


class CodeGenerator(TOTPDevice):  # type: ignore[misc]
    """An authenticator app that shows six digits, new ones every 30 seconds."""

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        return salted_hmac("moderation.one_time_codes", self.key, algorithm="sha1").digest()


class RecoveryCodes(StaticDevice):  # type: ignore[misc]
    """Printed codes that work once each, for a lost phone."""

    class Meta:
        proxy = True

    def verify_token(self, token: str) -> bool:
        return bool(super().verify_token(self._hash(token)))

    def renew(self) -> list[str]:
        """Replace all codes and return the new ones. Only their hashes are stored."""
        codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
        self.token_set.all().delete()
        kept = [StaticToken(device=self, token=self._hash(code)) for code in codes]
        StaticToken.objects.bulk_create(kept)
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def _hash(self, code: str) -> str:
        value = f"{self.user_id} {code}"
        return salted_hmac("moderation.recovery_codes", value, algorithm="sha256").hexdigest()[:16]
