"""A file in memory or on disk -> stretches of its bytes, so that a large one need never lie in memory as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

Stored = bytes | Path
"""The bytes of a file, or where it is."""


@dataclass(frozen=True, eq=False)
class Span:
    """The bytes of a file from `start` up to `end`."""

    file: Stored
    start: int
    end: int

    @classmethod
    def of(cls, file: Stored) -> Span:
        """Return all of a file."""
        return cls(file, 0, len(file) if isinstance(file, bytes) else file.stat().st_size)

    def __len__(self) -> int:
        return self.end - self.start

    def part(self, start: int, end: int | None = None) -> Span:
        """Return a stretch of this one, counted from its own start; as far as it goes."""
        end = len(self) if end is None else min(end, len(self))
        return Span(self.file, self.start + min(start, end), self.start + end)

    def load(self) -> pa.Buffer:
        """Return the bytes without copying those that are in memory."""
        if isinstance(self.file, bytes):
            return pa.py_buffer(self.file).slice(self.start, len(self))
        with self.file.open("rb", buffering=0) as opened:
            opened.seek(self.start)
            return pa.py_buffer(opened.read(len(self)))

    def bytes(self) -> bytes:
        """Return the bytes; those of a whole file in memory are not copied."""
        if isinstance(self.file, bytes) and len(self) == len(self.file):
            return self.file
        return bytes(self.load())
