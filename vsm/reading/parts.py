"""The bytes of a zip file -> its parts, streamed, with every size counted and every trick of XML refused."""

from __future__ import annotations

import io
import posixpath
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from xml.etree import ElementTree

from vsm.reading.limits import Limits, megabytes
from vsm.reading.shapes import ReadError

MOST_PARTS = 10_000
CHUNK = 256 * 1024
DEEPEST = 200
"""Elements inside each other; a spreadsheet needs about ten."""
LARGEST_ELEMENT = 500_000
"""Elements inside one row or text; the widest row has 16,384 cells."""
MOST_UNKNOWN = 300_000
"""Elements outside of rows and texts: columns, links, rules."""
DECLARATIONS = tuple(
    text.encode(encoding) for text in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
OVERLAP = max(map(len, DECLARATIONS)) - 1
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What `zipfile` raises for a torn, lying or exotic archive."""

_Events = Iterator[tuple[str, ElementTree.Element]]


@dataclass(frozen=True)
class Deadline:
    """The moment at which reading must end, and whose reading it is."""

    name: str
    moment: float
    seconds: float

    @classmethod
    def after(cls, name: str, seconds: float) -> Deadline:
        """Start the clock for the file `name`."""
        return cls(name, time.monotonic() + seconds, seconds)

    def check(self) -> None:
        """Raise `ReadError` when the time is over."""
        if time.monotonic() > self.moment:
            raise too_slow(self.name, self.seconds)


def too_slow(name: str, seconds: float) -> ReadError:
    """Say that a file took too long."""
    return ReadError(
        f"“{name}” takes longer than {seconds:g} seconds to read; copy the table of stages alone into a new workbook "
        "and bring that."
    )


class DamagedError(ReadError):
    """A file, or a part of it, is torn."""


def damaged(name: str) -> DamagedError:
    """Say that a file is torn."""
    return DamagedError(
        f"“{name}” is damaged or incomplete and cannot be read; open it in your spreadsheet program, save it as xlsx "
        "or CSV, and bring that."
    )


class Parts:
    """The parts of one zip file, by name without regard to case; nothing is unpacked to disk."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.deadline = Deadline.after(name, limits.seconds)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED as error:
            raise damaged(name) from error
        self._entries = {_tidy(entry.filename): entry for entry in self._zip.infolist()}
        _check_sizes(self._zip.infolist(), name, limits)

    def __contains__(self, part: str) -> bool:
        return _tidy(part) in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    @property
    def encrypted(self) -> bool:
        """Whether a part of the archive is locked with a password."""
        return any(entry.flag_bits & 1 for entry in self._entries.values())

    @property
    def size(self) -> int:
        """Bytes of all parts together, unpacked."""
        return sum(entry.file_size for entry in self._entries.values())

    def check_all(self) -> None:
        """Read through every part, for those that another library will open: a torn or lying one is refused."""
        for part in self:
            for _ in self.chunks(part):
                pass

    def read(self, part: str) -> bytes:
        """Read a whole part; empty where there is none."""
        return b"".join(self.chunks(part)) if part in self else b""

    def chunks(self, part: str) -> Iterator[bytes]:
        """Stream a part, checking the time and, in XML, that no document type is declared (entities can explode)."""
        if part not in self:
            raise damaged(self.name)
        try:
            with self._zip.open(self._entries[_tidy(part)]) as stream:
                tail = b""
                while chunk := stream.read(CHUNK):
                    self.deadline.check()
                    window = tail + chunk
                    if any(mark in window for mark in DECLARATIONS) and not _binary(part):
                        raise ReadError(
                            f"“{self.name}” declares XML entities, which no spreadsheet program writes and which can "
                            "be used to attack a server, so it was not read; save the table as CSV and bring that."
                        )
                    tail = window[-OVERLAP:]
                    yield chunk
        except DAMAGED as error:
            raise damaged(self.name) from error

    def elements(self, part: str, *tags: str, opened: str = "") -> Iterator[ElementTree.Element]:
        """Stream the finished elements of an XML part that have one of the plain tags; all others are forgotten.

        An element with the tag `opened` is given when it begins, with its attributes and before what is inside it.
        """
        parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(("start", "end"))
        open_elements: list[ElementTree.Element] = []
        outermost: ElementTree.Element | None = None
        inside = outside = 0
        try:
            for chunk in self.chunks(part):
                parser.feed(chunk)
                for event, element in cast(_Events, parser.read_events()):
                    if event == "start":
                        open_elements.append(element)
                        if outermost is not None:
                            inside += 1
                        elif plain(element.tag) in tags:
                            outermost, inside = element, 0
                        else:
                            outside += 1
                            if plain(element.tag) == opened:
                                yield element
                        if len(open_elements) > DEEPEST or inside > LARGEST_ELEMENT or outside > MOST_UNKNOWN:
                            raise damaged(self.name)
                        continue
                    open_elements.pop()
                    if element is outermost:
                        yield element
                        outermost = None
                    if outermost is None and open_elements:
                        open_elements[-1].remove(element)
            parser.close()
        except (ElementTree.ParseError, LookupError, ValueError) as error:  # the latter: an encoding nobody knows
            raise damaged(self.name) from error


@lru_cache(maxsize=1024)
def plain(tag: str) -> str:
    """Strip a tag or attribute name of its namespace, which differs between the two kinds of xlsx.

    >>> plain("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row")
    'row'
    """
    return tag.rpartition("}")[2]


def _tidy(part: str) -> str:
    return posixpath.normpath("/" + part.replace("\\", "/")).lstrip("/").lower()


def _binary(part: str) -> bool:
    return not part.lower().endswith((".xml", ".rels", ".vml"))


def _check_sizes(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """Refuse by the archive's own directory; `zipfile` never gives out more than the size stated there."""
    size = sum(entry.file_size for entry in entries)
    if size > limits.unzipped_bytes:
        raise ReadError(
            f"“{name}” would unpack to {megabytes(size)}, more than the {megabytes(limits.unzipped_bytes)} that are "
            "read; copy the table of stages alone into a new workbook and bring that."
        )
    if len(entries) > MOST_PARTS:
        raise ReadError(
            f"“{name}” is made of {len(entries):,} parts, more than the {MOST_PARTS:,} that are read; copy the table "
            "of stages alone into a new workbook and bring that."
        )
