"""Open a file to read, packed by gzip or not, with its progress."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from comments.archives.records import RefusedError

_GZIP = b"\x1f\x8b"
Progress = Callable[[int], Any]


class _Counted(io.RawIOBase):
    """A file that tells how many of its bytes were read."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file, self._progress = file, progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._progress(len(data))
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def opened(path: Path, progress: Progress) -> BinaryIO:
    """Open the file for reading its content; `progress` hears how many bytes of it were read.

    Raises RefusedError if it cannot be read.
    """
    try:
        file = path.open("rb")
        is_packed = file.read(2) == _GZIP
        file.seek(0)
    except OSError as error:
        raise RefusedError(f"{path} cannot be read: {error.strerror}") from error
    counted = io.BufferedReader(_Counted(file, progress), 1 << 16)
    return cast(BinaryIO, gzip.GzipFile(fileobj=counted)) if is_packed else counted
