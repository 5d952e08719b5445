"""Open a file to read, packed by gzip or not, with its progress."""

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from comments.archives.records import RefusedError

_GZIP = b"\x1f\x8b"
_BUFFER = 1 << 16
Progress = Callable[[int], Any]


class _Told(io.RawIOBase):
    """A file that tells how many of its bytes were read, and in a sentence if it cannot be."""

    def __init__(self, path: Path, file: BinaryIO, progress: Progress) -> None:
        self._path, self._file, self._progress = path, file, progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            why = "what gzip packed is damaged, or its end is missing"
            raise RefusedError(f"{self._path} cannot be read: {why}") from error
        except OSError as error:
            raise RefusedError(f"{self._path} cannot be read: {error.strerror}") from error
        buffer[: len(data)] = data
        self._progress(len(data))
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def opened(path: Path, progress: Progress) -> BinaryIO:
    """Open the file for reading its content; `progress` hears how many bytes of it were read.

    Raises RefusedError if it cannot be read, also later.
    """
    try:
        file = path.open("rb")
        is_packed = file.read(2) == _GZIP
        file.seek(0)
    except OSError as error:
        raise RefusedError(f"{path} cannot be read: {error.strerror}") from error
    counted = io.BufferedReader(_Told(path, file, progress), _BUFFER)
    if not is_packed:
        return counted
    unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=counted))
    return io.BufferedReader(_Told(path, unpacked, lambda _bytes: None), _BUFFER)
