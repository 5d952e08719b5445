"""The classifier of each site, loaded once per process and again when its folder changes.

A worker loads its model before it forks, so that its children share one copy. After the files have
changed each child loads the new model for itself; a restart makes them share it again.
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from comments.models import Site
from moderation.classifier import Ensemble, load
from moderation.classifier.ensemble_store import SECOND_FILE
from moderation.classifier.store import INFO_FILE, SHIPPED, WEIGHTS_FILE

logger = logging.getLogger(__name__)

# Seconds between two checks whether a model's files have changed.
CHECK_INTERVAL = 5.0

# The modification time, size and inode of each file of a model.
FolderState = tuple[tuple[int, int, int] | None, ...]


class ScorerError(Exception):
    """The classifier could not be loaded or could not score; no verdict was reached."""


@dataclass
class _Loaded:
    """A model, and the state of its folder at the last check."""

    model: Ensemble
    state: FolderState
    checked_at: float


_loaded: dict[Path, _Loaded] = {}
_loading = threading.Lock()


def for_site(site: Site | None = None) -> Ensemble:
    """Return the model that scores a site's comments; today all sites use that of MODEL_DIR.

    Call this once per batch, because the next call may return another model. If a changed model
    cannot be loaded, the previous one stays in use and an error is logged. Raises ScorerError if
    there is no previous one either.
    """
    folder = Path(settings.MODEL_DIR or SHIPPED)
    known = _loaded.get(folder)
    if known is None:
        known = _load_first(folder)
    elif time.monotonic() - known.checked_at >= CHECK_INTERVAL:
        _reload_if_changed(folder, known)
    return known.model


def recommended() -> Mapping[str, Mapping[str, float]]:
    """Return the model's thresholds by attribute and limit; empty without a model."""
    try:
        return for_site().thresholds
    except ScorerError:
        return {}


def _load_first(folder: Path) -> _Loaded:
    with _loading:
        if folder not in _loaded:
            # Before reading the files, so that the next check notices a change made meanwhile.
            state = _folder_state(folder)
            _loaded[folder] = _Loaded(_load(folder), state, time.monotonic())
        return _loaded[folder]


def _reload_if_changed(folder: Path, known: _Loaded) -> None:
    """Load the model again if its files have changed; other threads use the old one meanwhile."""
    if not _loading.acquire(blocking=False):
        return
    try:
        known.checked_at = time.monotonic()
        state = _folder_state(folder)
        if state != known.state:
            _replace(folder, known)
            known.state = state
    finally:
        _loading.release()


def _replace(folder: Path, known: _Loaded) -> None:
    old = known.model.version
    try:
        known.model = _load(folder)
    except ScorerError as error:
        logger.error("the changed model cannot be loaded, model %s stays: %s", old, error)
    else:
        logger.info("model %s loaded in place of model %s", known.model.version, old)


def _load(folder: Path) -> Ensemble:
    try:
        return load(folder, settings.SECOND_JUDGE, settings.ONNX_JUDGE_DIR)
    except SoftTimeLimitExceeded:
        # The task's time limit, not an error of the model.
        raise
    except Exception as error:
        raise ScorerError(str(error)) from error


def _folder_state(folder: Path) -> FolderState:
    return tuple(
        map(_file_state, [folder / name for name in (INFO_FILE, WEIGHTS_FILE, SECOND_FILE)])
    )


def _file_state(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
