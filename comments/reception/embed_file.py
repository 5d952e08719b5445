"""The script of the embedded discussion: where it is, and the hash that pages may require."""

import base64
import hashlib
from pathlib import Path

BUILT = Path(__file__).parent / "static/comments/embed.js"


def integrity(script: bytes) -> str:
    """Return the value of the attribute `integrity` for a script."""
    return f"sha384-{base64.b64encode(hashlib.sha384(script).digest()).decode()}"
