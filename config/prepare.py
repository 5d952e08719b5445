"""Create missing folders and trial secrets before Django reads the settings.

Importing the settings alone leaves the disk as it is, so that a check of types or of migrations
writes nothing. A program that forgets this has no SECRET_KEY at the first start, and says so.
"""

import os
import secrets
from functools import cache

from cryptography.fernet import Fernet

from config import settings
from config.folders import generated_secret, own_folder, private_folder


@cache
def prepare() -> None:
    """Makes the folders of the settings, and the secrets that only a trial may go without.

    Raises ImproperlyConfigured where that cannot be done.
    """
    private_folder("VAR_DIR", settings.VAR_DIR)
    own_folder("METRICS_DIR", settings.METRICS_DIR)
    # prometheus_client takes it from here only, and when it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.METRICS_DIR)
    settings.SECRET_KEY = settings.SECRET_KEY or generated_secret(
        settings.VAR_DIR / "secret_key", lambda: secrets.token_urlsafe(50)
    )
    settings.CONTACT_KEYS = settings.CONTACT_KEYS or [
        generated_secret(settings.VAR_DIR / "contact_key", lambda: Fernet.generate_key().decode())
    ]
