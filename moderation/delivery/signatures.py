"""Sign webhooks as the Standard Webhooks specification says (version v1, HMAC-SHA256)."""

import base64
import hashlib
import hmac
from collections.abc import Iterable

from moderation.delivery.models import SECRET_PREFIX


def headers(*, uid: str, timestamp: int, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """Return the headers that prove who sent the body and when, with a signature for each key."""
    signed = f"{uid}.{timestamp}.".encode() + body
    return {
        "webhook-id": uid,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def _signature(key: str, signed: bytes) -> str:
    raw = base64.b64decode(key.removeprefix(SECRET_PREFIX))
    return f"v1,{base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode()}"
