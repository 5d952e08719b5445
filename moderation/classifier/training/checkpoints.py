"""Store the result of each training step under a digest of its inputs.

An interrupted training resumes after its last finished step. A step whose inputs changed runs
again.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.generic]]
_CHARACTERS = 24


def digest(*parts: object) -> str:
    """Return a digest of strings, arrays and lists of strings."""
    found = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            found.update(f"{part.dtype}{part.shape}".encode())
            found.update(np.ascontiguousarray(part).tobytes())
        else:
            found.update(repr(part).encode("utf-8", "surrogatepass"))
        found.update(b"\0")
    return found.hexdigest()[:_CHARACTERS]


def code_digest(files: Iterable[Path]) -> str:
    """Return a digest of source files, so that a step runs again when its code changes."""
    return digest(*(path.read_text("utf-8") for path in sorted(files)))


@dataclass(frozen=True)
class Steps:
    """The results of training steps, stored in `folder`; with None nothing is stored."""

    folder: Path | None

    def arrays(self, name: str, inputs: str, make: Callable[[], Arrays]) -> Arrays:
        """Return the stored arrays of the step `name` for `inputs`, or make and store them.

        Only the newest result of each name is kept. A truncated file is made again.
        """
        if self.folder is None:
            return make()
        path = self.folder / f"{name}-{inputs}.npz"
        try:
            with np.load(path, allow_pickle=False) as stored:
                return dict(stored)
        except (OSError, ValueError, BadZipFile, EOFError):
            found = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{name}.partial.npz"
        np.savez(partial, allow_pickle=False, **found)
        for older in self.folder.glob(f"{name}-{'?' * _CHARACTERS}.npz"):
            older.unlink()
        partial.replace(path)
        return found
