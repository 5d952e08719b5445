"""Collect static files, only when one has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static() -> None:
    """Fill STATIC_ROOT, unless no file has changed its size or time since the last start."""
    stored = settings.VAR_DIR / "static.stamp"
    found = _fingerprint()
    if stored.exists() and stored.read_text() == found and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stored.write_text(found)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            size, changed = storage.size(path), storage.get_modified_time(path)
            digest.update(f"{storage.path(path)} {size} {changed.timestamp()}\n".encode())
    return digest.hexdigest()
