"""Settings and shared infrastructure; importing it registers the Celery app.

Every entry point (manage.py, gunicorn, Celery) imports this package first, so every file that the
service creates is closed to other users of the machine from the start.
"""

import os

# Before the settings, which create files.
os.umask(0o077)

from config.celery import app as celery_app  # noqa: E402

__all__ = ["celery_app"]
