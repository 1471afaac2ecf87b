"""What a visit holds <-> JSON: which data, what was decided and said about it, the scenarios; files by their hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from vsm.model import ValueStream, Wanted
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Choices
from vsm.said import Said
from vsm.scenario_file import SavedScenarios
from vsm.scenario_list import History
from vsm.sharing.found import StoreError

FORMAT = 1
"""Grows when a key changes its meaning; a draft of another format is not opened."""
_NOT_READABLE = "This draft was kept by another release of the app, which this one cannot open."

Typed = bool | int | float | str | None
"""A cell as a person types it."""


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file by the SHA-256 of its bytes, in hexadecimal; or the rows that were typed in."""

    name: str
    sha256: str | None = None
    rows: tuple[tuple[Typed, ...], ...] | None = None


@dataclass(frozen=True, kw_only=True)
class KeptLog:
    """A file that was joined to a log, with what was decided about it."""

    file: KeptFile
    choices: LogChoices


@dataclass(frozen=True, kw_only=True)
class KeptData:
    """Loaded data with what was decided and said about it; `table` or `log` says which of the two it was read as."""

    file: KeptFile
    table: Choices | None = None
    log: LogChoices | None = None
    added: tuple[KeptLog, ...] = ()
    remembered: tuple[LogChoices, ...] = ()
    """Choices about files that are still to be added."""
    said: Said


@dataclass(frozen=True, kw_only=True)
class KeptSecond:
    """The file that the loaded one is compared with."""

    file: KeptFile
    is_log: bool


@dataclass(frozen=True, kw_only=True)
class KeptParts:
    """Two parts of a log that were compared, and the key of the items that they are parts of."""

    items: str
    parts: tuple[Wanted, Wanted]


@dataclass(frozen=True, kw_only=True)
class KeptPromise:
    """The scenario file of last time."""

    name: str
    saved: SavedScenarios


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a visit holds; nothing in it is derived from anything else in it."""

    data: KeptData
    earlier: KeptData | None = None
    """The data before, where what was loaded last cannot be analysed."""
    wanted: Wanted
    scenarios: History
    baseline: ValueStream | None = None
    """The stream for which a loaded scenario file was made."""
    made_for: str | None = None
    """Name of the file for which the last change was made."""
    second: KeptSecond | None = None
    promised: KeptPromise | None = None
    compared: KeptParts | None = None
    answers: Mapping[str, bool | int | str] | None = None
    """What the visitor answered beside the data, by the name of the question: names in files or not, and the like."""


_DRAFT = TypeAdapter(Draft)


def draft_text(draft: Draft) -> bytes:
    """Write a draft as JSON. Raises `StoreError` where it holds what no JSON can."""
    try:
        return json.dumps({"format": FORMAT, **_DRAFT.dump_python(draft, mode="json")}).encode()
    except ValueError as error:
        raise StoreError("It holds something that cannot be stored.") from error


def read_draft(text: bytes) -> Draft:
    """Read what `draft_text` wrote. Raises `StoreError` with a sentence where this release cannot."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
            raise StoreError(_NOT_READABLE)
        return _DRAFT.validate_python(found)
    except (ValidationError, ValueError) as error:
        raise StoreError(_NOT_READABLE) from error
