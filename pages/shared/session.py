"""What a visitor loaded and chose -> the reading of it, made once for each content and choice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from pages.shared import published_data
from vsm.hosting import measures
from vsm.model import ValueStream
from vsm.opening import AnyReading, MeasuredReading, layout_of, log_limits, measure_reading
from vsm.reading.files import from_grid, open_bytes
from vsm.reading.log_shapes import Layout, LogChoices, LogReading
from vsm.reading.logs import LogFile, read_joined, read_log
from vsm.reading.shapes import Choices, ReadError, Reading, Workbook
from vsm.reading.stages import read_workbook
from vsm.said import Said
from vsm.settings_file import Settings

_LOADED = "loaded"
_CHOICES = "choices"
_REFUSED = "refused"
_EARLIER = "earlier"
_NUMBER = "load_number"
_ADDED = "added"
_REMEMBERED = "remembered"
_SAID = "said"
UPLOAD_MEGABYTES = 200
"""An item log may be as large; a table of stages is refused earlier, by the reader's own limit."""
SCENARIO_MEGABYTES = 4
"""A file of saved scenarios may be as large, as its reader says, too."""

AnyChoices = Choices | LogChoices
Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The data as it came: the bytes of a file, the rows that were typed in, or the link of a publication."""

    name: str
    data: bytes | None = None
    rows: Rows | None = None
    published: str | None = None
    """The token of the publication that `data` is of: its frozen stream, or with the choices about a log its items,
    packed; `None`: `data` is a file."""

    def open(self) -> Workbook:
        """Open it as a workbook; raises `ReadError` where it holds no table."""
        if self.rows is not None:
            return from_grid(self.rows, self.name)
        return _open_file(self.sha256, self.name, self.data or b"")

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes or of the typed rows, counted once: a log may have 200 MB."""
        content = self.data or b"" if self.rows is None else repr(self.rows).encode(errors="replace")
        return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Added:
    """A file about the items of the loaded log, and what the visitor decided about it."""

    file: Loaded
    choices: LogChoices


@dataclass(frozen=True, kw_only=True)
class Brought:
    """Loaded data with all that was decided and said about it."""

    file: Loaded
    choices: AnyChoices
    added: tuple[Added, ...] = ()
    remembered: tuple[LogChoices, ...] = ()
    """Saved choices about files that are not there yet."""
    said: Said


def _open_log(data: Loaded, choices: LogChoices, more: Sequence[Added]) -> LogReading:
    """Read files as one item log, whatever the clock; raises `ReadError` where one holds no table."""
    return _read_log(_plain_key(data, choices, more), _files(data, choices, more))


def _files(data: Loaded, choices: LogChoices, more: Sequence[Added]) -> tuple[Added, ...]:
    return Added(file=data, choices=_plain(choices)), *more


def _plain(choices: LogChoices) -> LogChoices:
    """Leave out what is said about the stream and not about the log."""
    return replace(choices, calendar=None, name=None, start=None, end=None)


def _plain_key(data: Loaded, choices: LogChoices, more: Sequence[Added]) -> str:
    return _key(data, _plain(choices), more)


def _measure(data: Loaded, choices: LogChoices, more: Sequence[Added]) -> MeasuredReading:
    """Measure files as one item log on the clock chosen; raises `ReadError` where one holds no table."""
    clock = replace(choices, name=None, start=None, end=None)
    found = _measure_log(_key(data, clock, more), _open_log(data, choices, more), clock)
    if found.stream is None:
        return found
    named = replace(found.stream, name=choices.name or found.stream.name, start=choices.start, end=choices.end)
    return replace(found, stream=named)


def _key(data: Loaded, choices: LogChoices, more: Sequence[Added]) -> str:
    """Return a text that changes with every byte and every choice."""
    files = [(one.file.sha256, one.file.name, one.choices) for one in more]
    return f"{data.sha256} {data.name} {replace(choices, calendar=None)!r} {_calendar_key(choices)} {files!r}"


def _table_key(data: Loaded, choices: Choices) -> str:
    return f"{data.sha256} {data.name} {data.rows is None} {choices!r}"


def _calendar_key(choices: LogChoices) -> str:
    calendar = choices.calendar
    return "" if calendar is None else repr((replace(calendar, holidays=frozenset()), sorted(calendar.holidays)))


@st.cache_resource(scope="session", max_entries=2, show_spinner="Opening the file …")
def _open_file(sha256: str, name: str, _data: bytes) -> Workbook:
    """Open a file once for a visitor; `cache_resource`, as a frozen workbook needs no copy on each run."""
    return open_bytes(_data, name)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _read_table(key: str, _data: Loaded, _choices: Choices) -> Reading:
    """Understand a table of stages once for each set of choices, as every click runs the page again."""
    return read_workbook(_data.open(), _choices)


@st.cache_resource(scope="session", max_entries=2, show_spinner="Reading the log …")
def _read_log(key: str, _files: tuple[Added, ...]) -> LogReading:
    """Read a log once for each set of choices; two are kept, for the way back."""
    return _read_files(_files)


def _read_files(added_files: tuple[Added, ...]) -> LogReading:
    """Read a log, from one file or joined from several."""
    files = [LogFile(name=one.file.name, file=one.file.data or b"", choices=one.choices) for one in added_files]
    if len(files) > 1:
        return read_joined(files, log_limits())
    return read_log(files[0].file, files[0].name, files[0].choices, log_limits())


@st.cache_resource(scope="session", max_entries=2, show_spinner="Measuring the log …")
def _measure_log(key: str, _reading: LogReading, _choices: LogChoices) -> MeasuredReading:
    return measure_reading(_reading, _choices)


@st.cache_resource(scope="session", max_entries=8, show_spinner="Measuring the log …")
def _measure_stream(key: str, _files: tuple[Added, ...], _choices: LogChoices) -> ValueStream | None:
    """Measure what another choice would make of a log, and keep the stream alone: logs fill the memory."""
    return measure_reading(_read_files(_files), _choices).stream


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


def load_published(data: bytes, name: str, link: str, choices: AnyChoices, said: Said) -> None:
    """Take what was published in place of what was loaded; `published_data` reads it."""
    _take(Brought(file=Loaded(name=name, data=data, published=link), choices=choices, said=said))


def _load(new: Loaded, choices: AnyChoices) -> None:
    measures.UPLOADS.inc()
    reading = _try_to_read(new, choices)
    if reading is None:
        measures.REFUSALS.inc()
        return
    if reading.stream is None:
        _keep_what_could_be_analysed()
    else:
        st.session_state.pop(_EARLIER, None)
    _take(Brought(file=new, choices=choices, said=Said()))


def _take(new: Brought) -> None:
    st.session_state[_LOADED] = new.file
    st.session_state[_CHOICES] = new.choices
    st.session_state[_ADDED] = new.added
    st.session_state[_REMEMBERED] = new.remembered
    st.session_state[_NUMBER] = load_number() + 1
    st.session_state[_SAID] = new.said


def brought() -> Brought | None:
    """Return the loaded data with all that was decided and said about it; `None` where nothing is loaded."""
    data = loaded()
    if data is None:
        return None
    remembered: tuple[LogChoices, ...] = st.session_state.get(_REMEMBERED, ())
    return Brought(file=data, choices=choices(), added=added(), remembered=remembered, said=said())


def bring_back(new: Brought, before: Brought | None) -> bool:
    """Take data again with all that was decided about it, and the data before it; False where it cannot be read."""
    if _try_to_read(new.file, new.choices, new.added) is None:
        return False
    _take(new)
    if before is not None:
        st.session_state[_EARLIER] = before
    return True


def choose(new: AnyChoices, place: int = 0) -> None:
    """Take `new` as the choices about a file, the loaded one or an added one in its `place` from 1 on.

    Where the data cannot be read with them, keep the old and note why.
    """
    data, (first, more) = loaded(), _with_choices(new, place)
    if data is not None and _try_to_read(data, first, more) is not None:
        st.session_state[_CHOICES] = first
        st.session_state[_ADDED] = more


def _with_choices(new: AnyChoices, place: int) -> tuple[AnyChoices, tuple[Added, ...]]:
    more = added()
    if place == 0:
        return new, more
    return choices(), (*more[: place - 1], replace(more[place - 1], choices=new), *more[place:])


def added() -> tuple[Added, ...]:
    """Return the files that are joined to the loaded log."""
    return st.session_state.get(_ADDED, ())


def add_file(data: bytes, name: str) -> None:
    """Join a file to the loaded log; where it holds no table, note why and leave all as it was.

    Until something else is said of it, what was remembered for its place counts, or the first file's time zone.
    """
    more, first = added(), choices()
    remembered: tuple[LogChoices, ...] = st.session_state.get(_REMEMBERED, ())
    plain = LogChoices(timezone=first.timezone, dates=first.dates, far_dates=first.far_dates)
    new = Added(file=Loaded(name=name, data=data), choices=[*remembered, plain][min(len(more), len(remembered))])
    opened = loaded()
    if opened is not None and _try_to_read(opened, first, (*more, new)) is not None:
        st.session_state[_ADDED] = (*more, new)


def remove_added(place: int) -> None:
    """Take an added file, in its place from 1 on, out of the log."""
    more = added()
    st.session_state[_ADDED] = (*more[: place - 1], *more[place:])
    st.session_state[_NUMBER] = load_number() + 1


def settings() -> Settings:
    """Return the choices about all files of the loaded log."""
    return Settings(choices=choices(), added=tuple(one.choices for one in added()))


def use_settings(new: Settings) -> None:
    """Take saved choices; those about files that are not there yet are remembered until they are added."""
    more, data = added(), loaded()
    chosen = tuple(replace(one, choices=said) for one, said in zip(more, new.added, strict=False))
    more = (*chosen, *more[len(chosen) :])
    if data is not None and _try_to_read(data, new.choices, more) is not None:
        st.session_state[_CHOICES], st.session_state[_ADDED] = new.choices, more
        st.session_state[_REMEMBERED] = new.added


def _try_to_read(data: Loaded, choices: AnyChoices, more: tuple[Added, ...] = ()) -> AnyReading | None:
    """Read, or note why not; a table that has columns to decide on counts as read, one without any row does not."""
    try:
        reading = read_with(data, choices, more)
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
        st.session_state[_EARLIER] = brought()


def earlier() -> Brought | None:
    """Return the data that could be analysed before the present one was loaded, which cannot."""
    return st.session_state.get(_EARLIER)


def go_back() -> None:
    """Take the earlier data again, with what was decided and said about it."""
    _take(st.session_state.pop(_EARLIER))


def refused() -> str | None:
    """Say why the last file could not be read; `None` where it could."""
    return st.session_state.get(_REFUSED)


def loaded() -> Loaded | None:
    """Return what was loaded last and could be read."""
    return st.session_state.get(_LOADED)


def choices(place: int = 0) -> AnyChoices:
    """Return what the visitor decided about the loaded data, or about an added file in its `place` from 1 on."""
    if place:
        return added()[place - 1].choices
    chosen: AnyChoices = st.session_state.get(_CHOICES, Choices())
    return chosen


def said() -> Said:
    """Return what the visitor said about the stream where the file is silent, or in its place."""
    kept: Said = st.session_state.get(_SAID, Said())
    return kept


def say(new: Said) -> None:
    """Take what the visitor says about the stream; it counts until other data is loaded."""
    st.session_state[_SAID] = new


def data_key() -> str:
    """Return a text that changes with the data and with every choice: what is computed from both is kept under it."""
    data, chosen = loaded(), choices()
    if not isinstance(chosen, LogChoices):
        return "" if data is None else _table_key(data, chosen)
    return "" if data is None else _key(data, chosen, added())


def load_number() -> int:
    """Count the loads of this visit: a part of widget keys, so that no answer about one table is taken for another."""
    return int(st.session_state.get(_NUMBER, 0))


def key(name: str, place: int = 0) -> str:
    """Name a widget about a file of this load: the first one, or an added one in its `place` from 1 on."""
    return f"{name}_{load_number()}" + (f".{place}" if place else "")


def current_workbook() -> Workbook | None:
    """Return the opened file, `None` where nothing is loaded; an opened file is remembered, so this costs nothing."""
    data = loaded()
    return None if data is None else data.open()


def current_reading() -> AnyReading | None:
    """Return what is understood of the loaded data under the choices, `None` where nothing is loaded."""
    data = loaded()
    return None if data is None else read_with(data, choices(), added())


def read_with(data: Loaded, choices: AnyChoices, more: Sequence[Added] = ()) -> AnyReading:
    """Read data, joined to more files, as what the choices are for; raises `ReadError` where one holds no table."""
    if data.published is not None:
        return published_data.read(data.data or b"", choices)
    if isinstance(choices, LogChoices):
        return _measure(data, choices, more)
    return _read_table(_table_key(data, choices), data, choices)


def stream_with(other: LogChoices, place: int = 0) -> ValueStream | None:
    """Return the stream that the loaded log would make with other choices about a file; `None` where it makes none."""
    data, now, (first, more) = loaded(), choices(), _with_choices(other, place)
    if data is None or not isinstance(now, LogChoices) or not isinstance(first, LogChoices):
        return None
    try:
        if _plain_key(data, first, more) == _plain_key(data, now, added()):
            return _measure(data, first, more).stream  # of the log that is at hand: only the clock differs
        return _measure_stream(_key(data, first, more), _files(data, first, more), first)
    except ReadError:
        return None
