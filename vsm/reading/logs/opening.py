"""Bytes of any kind of file -> the `Frame` of its log, or the texts of its first rows."""

from __future__ import annotations

from vsm.reading.files import open_bytes
from vsm.reading.limits import Limits, megabytes
from vsm.reading.logs.book_frames import LARGE, read_book_frame
from vsm.reading.logs.frames import Frame
from vsm.reading.logs.large_texts import Wanted
from vsm.reading.logs.sheet_frames import choose_log_sheets, frame_of_workbook, sample_of_sheet
from vsm.reading.logs.text_frames import read_text_frame, sample_of_text
from vsm.reading.parts import Parts
from vsm.reading.recognise import Kind, recognise
from vsm.reading.shapes import ReadError
from vsm.reading.spans import Span, Stored

SAMPLE_ROWS = 200
IN_ONE_PIECE = (Kind.HTML, Kind.JSON)
"""Kinds that are no workbook, whatever their size."""
BEGINNING = 1 << 20
"""Bytes that tell what kind of file it is."""


def open_frame(file: Stored, name: str, sheet: str | None, limits: Limits, wanted: Wanted) -> Frame:
    """Open a file as the columns of one of its sheets; raises `ReadError` where there is no table at all.

    `wanted` tells from the first rows which columns will be needed.
    """
    kind, parts = _recognised(file, name, limits)
    if kind is Kind.TEXT:
        return read_text_frame(file, name, limits, wanted)
    data = Span.of(file).bytes()
    if kind not in IN_ONE_PIECE and (len(data) if parts is None else parts.size) > LARGE:
        if parts is not None:
            parts.check_all()
        return read_book_frame(data, name, sheet, limits)
    return frame_of_workbook(open_bytes(data, name, limits), sheet)


def open_sample(file: Stored, name: str, limits: Limits) -> list[list[str]]:
    """Return the texts of the first couple of hundred rows of a file; raises `ReadError`."""
    kind, parts = _recognised(file, name, limits)
    if kind is Kind.TEXT:
        return sample_of_text(file, name, limits)
    data = Span.of(file).bytes()
    if kind not in IN_ONE_PIECE and (len(data) if parts is None else parts.size) > LARGE:
        return sample_of_frame(read_book_frame(data, name, None, limits))
    return sample_of_sheet(choose_log_sheets(open_bytes(data, name, limits), None)[0])


def sample_of_frame(frame: Frame) -> list[list[str]]:
    """Return the header and the first couple of hundred rows of columns that are read already."""
    rows = range(min(SAMPLE_ROWS, len(frame)))
    return [[c.header for c in frame.columns], *([c.text(row) for c in frame.columns] for row in rows)]


def _recognised(file: Stored, name: str, limits: Limits) -> tuple[Kind, Parts | None]:
    span = Span.of(file)
    if not len(span):
        raise ReadError(f"“{name}” is empty; bring a file with one row for each event or item.")
    if len(span) > limits.upload_bytes:
        raise ReadError(
            f"“{name}” has {megabytes(len(span))}, more than the {megabytes(limits.upload_bytes)} that are read; bring "
            "a shorter period, or only the columns with item, stage and time."
        )
    # The beginning tells text from all else; `decode` of a whole log would cost more than reading it.
    head = span.part(0, BEGINNING).bytes()
    return recognise(span.bytes() if head.startswith((b"PK", b"\xd0\xcf")) else head, name, limits)
