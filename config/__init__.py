"""Composition of the service; importing it registers the Celery app.

Every entry (manage.py, gunicorn, Celery) imports this before anything else of ours, so no file
that the service makes is ever open to other users of the machine.
"""

import os

# Before the settings, which make files.
os.umask(0o077)

from config.celery import app as celery_app  # noqa: E402

__all__ = ["celery_app"]
