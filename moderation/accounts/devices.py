"""django-otp's devices for one-time codes, without usable secrets in the database.

Their secrets are made with SECRET_KEY from what a row holds, so a copy of the database alone gives
nobody a code. With another SECRET_KEY all of them have to be set up anew.
"""

import secrets

from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

# Without letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_CODES = 10


class CodeGenerator(TOTPDevice):  # type: ignore[misc]
    """A telephone's app that shows a code of six digits, another one every half a minute."""

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        return salted_hmac("moderation.one_time_codes", self.key, algorithm="sha1").digest()


class RecoveryCodes(StaticDevice):  # type: ignore[misc]
    """Codes on paper, each good once, for who has lost the telephone."""

    class Meta:
        proxy = True

    def verify_token(self, token: str) -> bool:
        return bool(super().verify_token(self._kept(token)))

    def renew(self) -> list[str]:
        """New codes in place of all earlier ones: shown once, and only their hashes are kept."""
        codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
        self.token_set.all().delete()
        kept = [StaticToken(device=self, token=self._kept(code)) for code in codes]
        StaticToken.objects.bulk_create(kept)
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def _kept(self, code: str) -> str:
        said = f"{self.user_id} {code}"
        return salted_hmac("moderation.recovery_codes", said, algorithm="sha256").hexdigest()[:16]
