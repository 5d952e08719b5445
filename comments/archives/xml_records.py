"""Read records from large XML files, also damaged ones, without believing what they declare.

The file is read in pieces, so memory does not grow with it. It is refused if it declares a document
type (and with it entities), nests too deeply or has an oversized tag. Characters that XML forbids
are left out before parsing: WordPress writes them as they are. After a fault the reading continues
with the next record.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from comments.archives.records import Broken, RefusedError

MAX_DEPTH = 40
MAX_TAG = 1 << 20
MAX_FIELD = 1 << 20
MAX_PATHS = 1000
_PIECE = 1 << 16
_MAX_PROLOGUE = 1 << 22
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)


@dataclass(frozen=True)
class Scheme:
    """Which elements are records, and which fields of them are read, by their whole paths.

    `pairs` are elements with a key and a value: the path, and the paths of both.
    """

    records: Mapping[str, frozenset[str]]
    # The beginnings of record tags, from which the reading can continue.
    starts: re.Pattern[bytes]
    # The prefix that stands for a namespace, by the beginning of its name.
    prefixes: Mapping[str, str]
    pairs: tuple[str, str, str] = ("", "", "")


@dataclass
class Element:
    """A record: its path, attributes, the text of its fields (and "path@attribute"), its line."""

    path: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    # An oversized field was found.
    fault: str = ""
    is_told: bool = False


def elements(file: BinaryIO, scheme: Scheme) -> Iterator[Element | Broken]:
    """Yield the records; one that has others within it comes before them.

    Raises RefusedError for a file that is no XML or tries to harm its reader.
    """
    reading = _Reading(scheme)
    for piece in _pieces(file):
        yield from reading.feed(piece)
    yield from reading.end()


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file in pieces of UTF-8 that XML allows."""
    first = file.read(_PIECE)
    declared = _DECLARED.match(first.removeprefix(codecs.BOM_UTF8).lstrip())
    decoder = _decoder(first, declared[1].decode() if declared else "utf-8")
    last = ""
    while True:
        # A reference to a character is not torn apart.
        text = last + decoder.decode(first, final=not first)
        cut = text.rfind("&", len(text) - 12) if first else -1
        text, last = (text[:cut], text[cut:]) if cut >= 0 else (text, "")
        yield FORBIDDEN.sub("", text).encode()
        if not first:
            return
        first = file.read(_PIECE)


def _decoder(first: bytes, declared: str) -> codecs.IncrementalDecoder:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        declared = "utf-16"
    elif first.startswith(codecs.BOM_UTF8):
        declared = "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(declared)("replace")
    except LookupError as error:
        raise RefusedError(f"the file is in an unknown encoding, {declared[:40]}") from error


class _Reading:
    """The state of reading one file: the parser, and where it stands."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.found: list[Element | Broken] = []
        # The beginning of the file up to its first record, with which a new parser begins.
        self.prologue: bytes | None = None
        self.seen = b""
        # Lines that are in the file, but not in what this parser has got.
        self.lines_before = 0
        self.lost = False
        self.paths: dict[tuple[str, str], str] = {}
        self._begin()

    def feed(self, piece: bytes) -> Iterator[Element | Broken]:
        if self.prologue is None:
            self.seen += piece
            if start := self.scheme.starts.search(self.seen):
                self.prologue, piece = self.seen[: start.start()], self.seen
                self.seen = b""
            elif len(self.seen) < _MAX_PROLOGUE:
                return
            else:
                raise RefusedError("the file has no record of this format at its beginning")
        yield from self._parsed(piece)

    def end(self) -> Iterator[Element | Broken]:
        if self.prologue is None:
            self.prologue = self.seen
            yield from self._parsed(self.seen)
        if not self.lost:
            try:
                self.parser.Parse(b"", True)
            except expat.ExpatError as error:
                yield Broken(f"line {self._line(error.lineno)}", _why(error))

    def _parsed(self, piece: bytes) -> Iterator[Element | Broken]:
        """Parse a piece; after a fault, continue with the next record in it."""
        while piece:
            if self.lost:
                start = self.scheme.starts.search(piece)
                if not start:
                    self.lines_before += piece.count(b"\n")
                    return
                self.lines_before += piece.count(b"\n", 0, start.start())
                piece = piece[start.start() :]
                self._restart()
            piece = self._parse(piece)
            yield from self.found
            self.found.clear()

    def _parse(self, piece: bytes) -> bytes:
        """Parse a piece; return what is left of it after a fault."""
        before = self.fed
        self.fed += len(piece)
        try:
            self.parser.Parse(piece, False)
        except expat.ExpatError as error:
            if not self.tags:
                raise RefusedError(f"the file is no XML: {_why(error)}") from error
            self.found.append(Broken(f"line {self._line(error.lineno)}", _why(error)))
            self.lost = True
            # From after the faulty character on, in this piece.
            used = min(max(self.parser.ErrorByteIndex + 1 - before, 1), len(piece))
            self.lines_before += self.fed_lines + piece.count(b"\n", 0, used)
            return piece[used:]
        self.fed_lines += piece.count(b"\n")
        if self.fed - max(self.parser.CurrentByteIndex, 0) > MAX_TAG + _PIECE:
            raise RefusedError(f"line {self._line(self.parser.CurrentLineNumber)}: oversized tag")
        return b""

    def _restart(self) -> None:
        self._begin()
        prologue = self.prologue or b""
        self.parser.Parse(prologue, False)
        self.fed = len(prologue)
        self.lines_before -= prologue.count(b"\n")
        self.fed_lines = prologue.count(b"\n")
        self.lost = False

    def _begin(self) -> None:
        self.fed = self.fed_lines = 0
        self.tags: list[str] = []
        self.open: list[Element] = []
        self.text: list[str] | None = None
        self.size = 0
        self.key = ""
        self.parser: expat.XMLParserType = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _line(self, line: int) -> int:
        return self.lines_before + line

    def _doctype(self, *_: object) -> None:
        raise RefusedError("the file declares a document type, which such files never do")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tags = self.tags
        above = tags[-1] if tags else ""
        path = self.paths.get((above, name)) or self._path(above, name)
        tags.append(path)
        if len(tags) > MAX_DEPTH:
            line = self._line(self.parser.CurrentLineNumber)
            raise RefusedError(f"line {line}: elements are nested too deeply")
        if path in self.scheme.records:
            self._tell_open()
            self.open.append(Element(path, self._line(self.parser.CurrentLineNumber)))
        if not self.open:
            return
        if path in self.scheme.records[self.open[-1].path] or path in self.scheme.pairs:
            self.text, self.size = [], 0
        if attributes:
            within = path[len(self.open[-1].path) :].lstrip("/")
            for each, value in attributes.items():
                self.open[-1].fields[f"{within}@{self._named(each)}"] = value

    def _path(self, above: str, name: str) -> str:
        path = f"{above}/{self._named(name)}" if above else self._named(name)
        # A file with ever new names must not fill the memory.
        if len(self.paths) < MAX_PATHS:
            self.paths[above, name] = path
        return path

    def _characters(self, data: str) -> None:
        if self.text is not None:
            self.size += len(data)
            if self.size > MAX_FIELD:
                self.text = None
                self.open[-1].fault = "a field of it is longer than a megabyte"
            else:
                self.text.append(data)

    def _end(self, _name: str) -> None:
        path = self.tags.pop()
        if self.open and path == self.open[-1].path:
            self._tell_open()
            self.open.pop()
        elif self.text is not None:
            value, self.text = "".join(self.text), None
            _pair, key, of_key = self.scheme.pairs
            if path == key:
                self.key = value
            elif path == of_key:
                self.open[-1].meta[self.key] = value
            elif path in self.scheme.records[self.open[-1].path]:
                self.open[-1].fields[path[len(self.open[-1].path) + 1 :]] = value

    def _tell_open(self) -> None:
        if self.open and not self.open[-1].is_told:
            told = self.open[-1]
            told.is_told = True
            self.found.append(Broken(f"line {told.line}", told.fault) if told.fault else told)

    def _named(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        if not namespace:
            return local
        for beginning, prefix in self.scheme.prefixes.items():
            if namespace.startswith(beginning):
                return f"{prefix}{local}"
        return f"?{local}"


def _why(error: expat.ExpatError) -> str:
    return f"not well-formed XML ({expat.ErrorString(error.code)})"
