"""Create missing folders and trial secrets before Django reads the settings.

Importing the settings alone does not write to the disk, so that checking types or migrations leaves
no files. A program that does not call `prepare` fails at its first start: SECRET_KEY is missing.
"""

import os
import secrets
from functools import cache

from cryptography.fernet import Fernet

from config import settings
from config.folders import generated_secret, own_folder, private_folder


@cache
def prepare() -> None:
    """Create the folders that the settings name, and the secrets that were not set.

    Raises ImproperlyConfigured if a folder cannot be created or used.
    """
    private_folder("VAR_DIR", settings.VAR_DIR)
    own_folder("METRICS_DIR", settings.METRICS_DIR)
    # prometheus_client reads it from here only, when it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.METRICS_DIR)
    settings.SECRET_KEY = settings.SECRET_KEY or generated_secret(
        settings.VAR_DIR / "secret_key", lambda: secrets.token_urlsafe(50)
    )
    settings.CONTACT_KEYS = settings.CONTACT_KEYS or [
        generated_secret(settings.VAR_DIR / "contact_key", lambda: Fernet.generate_key().decode())
    ]
