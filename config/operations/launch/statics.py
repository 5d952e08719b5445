"""Collect static files, only when one has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static() -> None:
    """Fills STATIC_ROOT; the second start costs a look at each file's size and time."""
    stamp = settings.VAR_DIR / "static.stamp"
    found = _fingerprint()
    if stamp.exists() and stamp.read_text() == found and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(found)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            size, changed = storage.size(path), storage.get_modified_time(path)
            digest.update(f"{storage.path(path)} {size} {changed.timestamp()}\n".encode())
    return digest.hexdigest()
