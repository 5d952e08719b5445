"""Read XML of any encoding in pieces of UTF-8 that the parser accepts."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from comments.archives.records import RefusedError

PIECE = 1 << 16
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
# What may be the beginning of a reference to a character, or of a short tag.
_MAX_TORN = 256
_TORN = re.compile(r"(?:&[^&;<]{0,11}|<[^<>]*)\Z")


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file in pieces, without the characters that XML forbids.

    Neither a reference to a character nor the tag of a record is torn apart.
    """
    first = file.read(PIECE)
    declared = _DECLARED.match(first.removeprefix(codecs.BOM_UTF8).lstrip())
    decoder = _decoder(first, declared[1].decode() if declared else "utf-8")
    last = ""
    while True:
        text = last + decoder.decode(first, final=not first)
        torn = _TORN.search(text, max(0, len(text) - _MAX_TORN)) if first else None
        text, last = (text[: torn.start()], torn[0]) if torn else (text, "")
        yield FORBIDDEN.sub("", text).encode()
        if not first:
            return
        first = file.read(PIECE)


def _decoder(first: bytes, declared: str) -> codecs.IncrementalDecoder:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")("replace")
    if first.startswith(codecs.BOM_UTF8):
        declared = "utf-8-sig"
    try:
        # The declaration itself was read so. Some of Python's codecs are none of text.
        if b"<?xml".decode(declared, "replace") == "<?xml":
            return codecs.getincrementaldecoder(declared)("replace")
    except (LookupError, ValueError):
        pass
    raise RefusedError(f"the file is in an unknown encoding, {declared[:40]}")
