"""What a publication freezes <-> JSON: the stream with its definitions and data notes, and the scenario."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from vsm.model import RowCount, ValueStream
from vsm.plan import Scenario
from vsm.reading.shapes import Reading
from vsm.sharing.found import StoreError

FORMAT = 1
"""Grows when a key changes its meaning; what a newer release froze is refused."""


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What the full app needs to show a publication's stream again."""

    stream: ValueStream
    scenario: Scenario | None = None


_FROZEN = TypeAdapter(Frozen)
OF_A_NEWER_RELEASE = "This publication was made by a newer release of the app, which alone can open it in full."
NOT_READABLE = "This publication can no longer be opened in the full app; its page still shows it."


def frozen_text(frozen: Frozen) -> bytes:
    """Write what is frozen as JSON in UTF-8."""
    content = {"format": FORMAT, **_FROZEN.dump_python(frozen, mode="json")}
    return json.dumps(content, ensure_ascii=True, allow_nan=False).encode()


def read_frozen(text: bytes) -> Frozen:
    """Read what `frozen_text` wrote. Raises `StoreError` with a sentence where it is of a newer release or damaged."""
    content = json.loads(text)
    if content.pop("format", None) != FORMAT:
        raise StoreError(OF_A_NEWER_RELEASE)
    try:
        return _FROZEN.validate_python(content)
    except ValidationError as error:
        raise StoreError(NOT_READABLE) from error


def reading_of_stream(stream: ValueStream) -> Reading:
    """Give a frozen stream the shape of a reading: what was noted of the file, without its cells and columns."""
    source = stream.source
    return Reading(
        file=stream.name if source is None else source.file,
        sheet="",
        sheets=(),
        header_rows=(),
        columns=(),
        rows=RowCount(used=len(stream.stages), left_out=0, blank=0) if source is None else source.rows,
        problems=() if source is None else source.problems,
        left_out=(),
        definitions=stream.definitions,
        stream=stream,
    )
