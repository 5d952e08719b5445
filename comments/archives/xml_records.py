"""Read records from large XML files, also damaged ones, without believing what they declare.

The file is read in pieces, so memory does not grow with it. It is refused if it declares a document
type (and with it entities), nests too deeply or has an oversized tag. Characters that XML forbids
are left out before parsing: WordPress writes them as they are. After a fault the reading continues
with the next record, also with one inside a record that is still open.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from comments.archives.records import Broken, RefusedError
from comments.archives.xml_pieces import PIECE, pieces

MAX_DEPTH = 40
MAX_TAG = 1 << 20
MAX_FIELD = 1 << 20
MAX_PATHS = 1000
_MAX_PROLOGUE = 1 << 22


@dataclass(frozen=True)
class Nesting:
    """Records within another one, from which the reading can continue while that is open."""

    # The outer record, and a tag that opens it.
    path: str
    opening: bytes
    # The beginnings of their tags; in a group the end of the outer record, and the next such one.
    starts: re.Pattern[bytes]


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
    nesting: Nesting | None = None
    # Records within such as have none: the outer one was not closed.
    unclosed: frozenset[str] = frozenset()


class _UnclosedError(Exception):
    """A record begins, at this byte, before the one above it has ended."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


@dataclass
class Element:
    """A record: its path, attributes, the text of its fields (and "path@attribute"), its line."""

    path: str
    line: int
    # The record that it is in; one with a fault was not told.
    within: "Element | None" = None
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
    for piece in pieces(file):
        yield from reading.feed(piece)
    yield from reading.end()


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
        # Where the reading was lost: the open record that may have others within it.
        self.outer: Element | None = None
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
                start = self._next_start(piece)
                if start is None:
                    self.lines_before += piece.count(b"\n")
                    return
                self.lines_before += piece.count(b"\n", 0, start)
                piece = piece[start:]
                self._restart()
            piece = self._parse(piece)
            yield from self.found
            self.found.clear()

    def _next_start(self, piece: bytes) -> int | None:
        """Return where the next record begins; forget the outer one if it has ended before."""
        searched = 0
        if self.outer and (nesting := self.scheme.nesting):
            found = nesting.starts.search(piece)
            if found is None:
                return None
            if found.lastindex is None:
                return found.start()
            self.outer, searched = None, found.start()
        start = self.scheme.starts.search(piece, searched)
        return start.start() if start else None

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
            # From after the faulty character on, in this piece.
            return self._lose(piece, max(self.parser.ErrorByteIndex + 1 - before, 1))
        except _UnclosedError as error:
            self.found.append(Broken(f"line {self.open[-1].line}", "a record that does not end"))
            return self._lose(piece, max(error.index - before, 0))
        self.fed_lines += piece.count(b"\n")
        if self.fed - max(self.parser.CurrentByteIndex, 0) > MAX_TAG + PIECE:
            raise RefusedError(f"line {self._line(self.parser.CurrentLineNumber)}: oversized tag")
        return b""

    def _lose(self, piece: bytes, used: int) -> bytes:
        """Give up this parser; return the piece without the bytes that were used."""
        self.lost = True
        nested_in = self.scheme.nesting and self.scheme.nesting.path
        self.outer = next((each for each in self.open if each.path == nested_in), None)
        self.lines_before += self.fed_lines + piece.count(b"\n", 0, used)
        return piece[used:]

    def _restart(self) -> None:
        """Begin a new parser where the next record can follow."""
        prologue, outer = self.prologue or b"", self.outer
        opening = self.scheme.nesting.opening if outer and self.scheme.nesting else b""
        self._begin()
        try:
            self.parser.Parse(prologue + opening, False)
        except expat.ExpatError as error:
            at = f"line {error.lineno}, before the first record"
            raise RefusedError(f"{at}: {_why(error)}") from error
        if outer and self.open and self.open[-1].path == outer.path:
            # If it was not told before the fault, its fields are not whole.
            outer.is_told = True
            self.open[-1] = outer
        self.fed = self.begun = len(prologue) + len(opening)
        self.lines_before -= prologue.count(b"\n")
        self.fed_lines = prologue.count(b"\n")
        self.lost = False

    def _begin(self) -> None:
        self.fed = self.fed_lines = self.begun = 0
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
        if path in self.scheme.unclosed and self.parser.CurrentByteIndex > self.begun:
            raise _UnclosedError(self.parser.CurrentByteIndex)
        if path in self.scheme.records:
            self._tell_open()
            outer = self.open[-1] if self.open else None
            self.open.append(Element(path, self._line(self.parser.CurrentLineNumber), outer))
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
