"""What a visitor loaded and chose -> the reading of it; the session keeps nothing that is computed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from vsm.opening import AnyReading, MeasuredReading, layout_of, log_limits, measure_reading
from vsm.reading.files import from_grid, open_bytes
from vsm.reading.log_shapes import Layout, LogChoices, LogReading
from vsm.reading.logs import read_log
from vsm.reading.shapes import Choices, ReadError, Workbook
from vsm.reading.stages import read_workbook

_LOADED = "loaded"
_CHOICES = "choices"
_REFUSED = "refused"
_EARLIER = "earlier"
_NUMBER = "load_number"
UPLOAD_MEGABYTES = 200
"""An item log may be as large; a table of stages is refused earlier, by the reader's own limit."""

AnyChoices = Choices | LogChoices
Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The data as it came: the bytes of a file, or the rows that were typed in."""

    name: str
    data: bytes | None = None
    rows: Rows | None = None

    def open(self) -> Workbook:
        """Open it as a workbook; raises `ReadError` where it holds no table."""
        if self.rows is not None:
            return from_grid(self.rows, self.name)
        return _open_file(self.sha256, self.name, self.data or b"")

    def open_log(self, choices: LogChoices) -> LogReading:
        """Read it as an item log, whatever the clock; raises `ReadError` where it holds no table."""
        plain = replace(choices, calendar=None, name=None, start=None, end=None)
        return _read_log(self.sha256, self.name, repr(plain), self.data or b"", plain)

    def measure(self, choices: LogChoices) -> MeasuredReading:
        """Measure it as an item log on the clock chosen; raises `ReadError` where it holds no table."""
        clock = replace(choices, name=None, start=None, end=None)
        key = repr(replace(clock, calendar=None)) + _calendar_key(clock)
        found = _measure(self.sha256, self.name, key, self.open_log(choices), clock)
        if found.stream is None:
            return found
        named = replace(found.stream, name=choices.name or found.stream.name, start=choices.start, end=choices.end)
        return replace(found, stream=named)

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, counted once: a log may have 200 MB."""
        return hashlib.sha256(self.data or b"").hexdigest()


def _calendar_key(choices: LogChoices) -> str:
    calendar = choices.calendar
    return "" if calendar is None else repr((replace(calendar, holidays=frozenset()), sorted(calendar.holidays)))


@st.cache_resource(scope="session", max_entries=2, show_spinner="Opening the file …")
def _open_file(sha256: str, name: str, _data: bytes) -> Workbook:
    """Open a file once for a visitor; `cache_resource`, as a frozen workbook needs no copy on each run."""
    return open_bytes(_data, name)


@st.cache_resource(scope="session", max_entries=4, show_spinner="Reading the log …")
def _read_log(sha256: str, name: str, key: str, _data: bytes, _choices: LogChoices) -> LogReading:
    """Read a log once for each set of choices."""
    return read_log(_data, name, _choices, log_limits())


@st.cache_resource(scope="session", max_entries=8, show_spinner="Measuring the log …")
def _measure(sha256: str, name: str, key: str, _reading: LogReading, _choices: LogChoices) -> MeasuredReading:
    return measure_reading(_reading, _choices)


def load_file(data: bytes, name: str, choices: AnyChoices | None = None) -> None:
    """Take a file in place of what was loaded; where it cannot be read, keep what was loaded and note why.

    Without `choices` the file itself tells whether it is a table of stages or an item log.
    """
    new = Loaded(name=name, data=data)
    if choices is None:
        try:
            log = layout_of(data, name) is not Layout.STAGE_TABLE
        except ReadError:
            log = False  # nothing can be read: opening it as a table says why
        choices = LogChoices() if log else Choices()
    _load(new, choices)


def load_rows(rows: Sequence[Sequence[object]], name: str) -> None:
    """Take typed rows, the header first, in place of what was loaded; as `load_file` where they cannot be read."""
    _load(Loaded(name=name, rows=tuple(tuple(row) for row in rows)), Choices())


def _load(new: Loaded, choices: AnyChoices) -> None:
    reading = _try_to_read(new, choices)
    if reading is None:
        return
    if reading.stream is None:
        _keep_what_could_be_analysed()
    else:
        st.session_state.pop(_EARLIER, None)
    _take(new, choices)


def _take(data: Loaded, choices: AnyChoices) -> None:
    st.session_state[_LOADED] = data
    st.session_state[_CHOICES] = choices
    st.session_state[_NUMBER] = load_number() + 1


def choose(new: AnyChoices) -> None:
    """Take `new` as the visitor's choices; where the data cannot be read with them, keep the old and note why."""
    data = loaded()
    if data is not None and _try_to_read(data, new) is not None:
        st.session_state[_CHOICES] = new


def _try_to_read(data: Loaded, choices: AnyChoices) -> AnyReading | None:
    """Read, or note why not; a table that has columns to decide on counts as read, one without any row does not."""
    try:
        reading = read_with(data, choices)
    except ReadError as error:
        st.session_state[_REFUSED] = str(error)
        return None
    if reading.stream is None and reading.rows.left_out == 0 and not isinstance(reading, MeasuredReading):
        st.session_state[_REFUSED] = " ".join(problem.message for problem in reading.blocking)
        return None
    st.session_state.pop(_REFUSED, None)
    return reading


def _keep_what_could_be_analysed() -> None:
    """Remember the data before one that something blocks, for the way back."""
    reading = current_reading()
    if reading is not None and reading.stream is not None:
        st.session_state[_EARLIER] = (loaded(), choices())


def earlier() -> Loaded | None:
    """Return the data that could be analysed before the present one was loaded, which cannot."""
    kept: tuple[Loaded, AnyChoices] | None = st.session_state.get(_EARLIER)
    return None if kept is None else kept[0]


def go_back() -> None:
    """Take the earlier data again, with what was decided about it."""
    _take(*st.session_state.pop(_EARLIER))


def refused() -> str | None:
    """Say why the last file could not be read; `None` where it could."""
    return st.session_state.get(_REFUSED)


def loaded() -> Loaded | None:
    """Return what was loaded last and could be read."""
    return st.session_state.get(_LOADED)


def choices() -> AnyChoices:
    """Return what the visitor decided about the loaded data."""
    chosen: AnyChoices = st.session_state.get(_CHOICES, Choices())
    return chosen


def data_key() -> str:
    """Return a text that changes with the data and with every choice: what is computed from both is kept under it."""
    data, chosen = loaded(), choices()
    if not isinstance(chosen, LogChoices):
        return f"{data.sha256 if data else ''} {chosen!r}"
    return f"{data.sha256 if data else ''} {replace(chosen, calendar=None)!r} {_calendar_key(chosen)}"


def load_number() -> int:
    """Count the loads of this visit: a part of widget keys, so that no answer about one table is taken for another."""
    return int(st.session_state.get(_NUMBER, 0))


def current_workbook() -> Workbook | None:
    """Return the opened file, `None` where nothing is loaded; an opened file is remembered, so this costs nothing."""
    data = loaded()
    return None if data is None else data.open()


def current_reading() -> AnyReading | None:
    """Return what is understood of the loaded data under the choices, `None` where nothing is loaded."""
    data = loaded()
    return None if data is None else read_with(data, choices())


def read_with(data: Loaded, choices: AnyChoices) -> AnyReading:
    """Read data as what the choices are for; raises `ReadError` where it holds no table."""
    if isinstance(choices, LogChoices):
        return data.measure(choices)
    return read_workbook(data.open(), choices)


def reading_with(other: LogChoices) -> MeasuredReading | None:
    """Return what the loaded log would be with other choices, `None` where it cannot be read with them."""
    data = loaded()
    try:
        return None if data is None else data.measure(other)
    except ReadError:
        return None
