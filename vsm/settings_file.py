"""The choices about an item log <-> a small JSON file, to be used again on next month's export."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from vsm.calendar_words import known_timezone, workday, workday_words, workweek, workweek_words
from vsm.durations import unit_of
from vsm.items.build import Status, StatusKind
from vsm.public_holidays import public_holidays
from vsm.reading.log_shapes import DateRule, FarDates, Layout, LogChoices, LogRole, Stamp
from vsm.worktime import Calendar

KIND = "settings for an item log"
FORMAT = 1
"""Grows when a key changes its meaning; a file of a later format is refused."""
LARGEST = 1_000_000
"""Bytes; a settings file is far smaller."""

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class SettingsError(ValueError):
    """A file that holds no settings; its message is a whole sentence for the person who brought it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The choices about an item log, and in turn about each of the files that are joined to it."""

    choices: LogChoices
    added: tuple[LogChoices, ...] = ()


def settings_text(settings: Settings) -> str:
    """Write choices as JSON. The as-of date is left out: it belongs to one file, not to the next."""
    choices = settings.choices
    calendar = choices.calendar
    said = {
        "kind": KIND,
        "format": FORMAT,
        **_file_object(choices),
        "statuses": [{"name": s.name, "kind": s.kind, "stage": s.stage} for s in choices.statuses],
        "stage_order": list(choices.stage_order),
        "calendar": None if calendar is None else _calendar_object(calendar),
        "hours_per_day": choices.hours_per_day,
        "unit": choices.unit,
        "name": choices.name,
        "start": choices.start,
        "end": choices.end,
        "added": [_file_object(added) for added in settings.added],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _file_object(choices: LogChoices) -> dict[str, Any]:
    """What is said of one file alone, be it the first or one that was added."""
    return {
        "sheet": choices.sheet,
        "items_by_sheet": choices.items_by_sheet,
        "layout": choices.layout,
        "columns": [{"role": role, "header": header} for role, header in choices.columns],
        "timestamp": choices.stamp,
        "dates": choices.dates,
        "far_dates": choices.far_dates,
        "day_first": choices.day_first,
        "timezone": choices.timezone,
        "called": choices.called,
    }


def _calendar_object(calendar: Calendar) -> dict[str, Any]:
    days = calendar.country or [day.isoformat() for day in sorted(calendar.holidays)]
    return {
        "workday": workday_words(calendar),
        "workweek": workweek_words(calendar.weekdays),
        "holidays": days,
        "timezone": calendar.timezone,
    }


def read_settings(data: bytes) -> Settings:
    """Read what `settings_text` wrote; keys that are missing keep their defaults.

    Raises `SettingsError` with a sentence that names what is wrong, where the file holds anything else.
    """
    if len(data) > LARGEST:
        raise SettingsError("This file is too large for settings; bring the one that the data page saved.")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise SettingsError("This is no settings file; bring the one that the data page saved.") from None
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise SettingsError("This file holds no settings for an item log; bring the one that the data page saved.")
    if found.get("format") != FORMAT:
        raise SettingsError(
            f"This settings file has the format “{found.get('format')}”, but only {FORMAT} is understood; save it "
            "again with this version of the app."
        )
    keys = _Keys(found, "the settings file")
    return Settings(choices=_choices(keys), added=keys.objects("added", _file_choices))


class _Keys:
    """The keys of one object of the file, each taken with a check."""

    def __init__(self, found: Any, place: str) -> None:
        if not isinstance(found, dict):
            raise SettingsError(f"In {place} stands “{found}” where an object with keys is expected; save it again.")
        self.found, self.place = found, place

    def wrong(self, key: str, expected: str) -> SettingsError:
        value = json.dumps(self.found.get(key), ensure_ascii=False)
        return SettingsError(f"In {self.place}, “{key}” is {value[:80]}, but must be {expected}.")

    def text(self, key: str) -> str | None:
        value = self.found.get(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, "a text or null")
        return value

    def needed(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise self.wrong(key, "a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.found.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def objects(self, key: str, make: Callable[[_Keys], T]) -> tuple[T, ...]:
        value = self.found.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "a list")
        return tuple(make(_Keys(each, f"“{key}” of {self.place}")) for each in value)

    def one_of(self, key: str, kind: type[E]) -> E | None:
        value = self.text(key)
        if value is not None and value not in tuple(kind):
            raise self.wrong(key, f"one of {_listed(tuple(kind))}")
        return None if value is None else kind(value)

    def checked(self, key: str, read: Callable[[str], T], default: T) -> T:
        value = self.text(key)
        try:
            return default if value is None else read(value)
        except ValueError as error:
            raise SettingsError(f"In {self.place}, “{key}” is wrong: {error}") from error


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _file_choices(keys: _Keys) -> LogChoices:
    day_first = keys.found.get("day_first")
    if day_first not in (None, True, False):
        raise keys.wrong("day_first", "true, false or null")
    by_sheet = keys.found.get("items_by_sheet", False)
    if by_sheet not in (True, False):
        raise keys.wrong("items_by_sheet", "true or false")
    return LogChoices(
        sheet=keys.text("sheet"),
        items_by_sheet=by_sheet,
        layout=keys.one_of("layout", Layout),
        columns=keys.objects("columns", _column),
        stamp=keys.one_of("timestamp", Stamp),
        dates=keys.one_of("dates", DateRule) or LogChoices().dates,
        far_dates=keys.one_of("far_dates", FarDates) or LogChoices().far_dates,
        day_first=day_first,
        timezone=keys.checked("timezone", known_timezone, LogChoices().timezone),
        called=keys.text("called"),
    )


def _choices(keys: _Keys) -> LogChoices:
    hours = keys.found.get("hours_per_day")
    if hours is not None and (isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24):
        raise keys.wrong("hours_per_day", "a number above 0 and at most 24")
    calendar = keys.found.get("calendar")
    return replace(
        _file_choices(keys),
        statuses=keys.objects("statuses", _status),
        stage_order=keys.texts("stage_order"),
        calendar=None if calendar is None else _calendar(_Keys(calendar, "“calendar” of the settings file")),
        hours_per_day=None if hours is None else float(hours),
        unit=keys.checked("unit", _unit, None),
        name=keys.text("name"),
        start=keys.text("start"),
        end=keys.text("end"),
    )


def _unit(text: str) -> str | None:
    unit = unit_of(text)
    if unit is None:
        raise ValueError(f"“{text}” is no unit of time.")
    return unit


def _column(keys: _Keys) -> tuple[LogRole, str]:
    role = keys.one_of("role", LogRole)
    if role is None:
        raise keys.wrong("role", f"one of {_listed(tuple(LogRole))}")
    return role, keys.needed("header")


def _status(keys: _Keys) -> Status:
    kind = keys.one_of("kind", StatusKind)
    if kind is None:
        raise keys.wrong("kind", f"one of {_listed(tuple(StatusKind))}")
    return Status(name=keys.needed("name"), kind=kind, stage=keys.needed("stage"))


def _calendar(keys: _Keys) -> Calendar:
    plain = Calendar()
    begins, ends = keys.checked("workday", workday, (plain.begins, plain.ends))
    country = keys.found.get("holidays")
    nobody = frozenset[dt.date]()
    dates = keys.checked("holidays", public_holidays, nobody) if isinstance(country, str) else _dates(keys)
    return Calendar(
        begins=begins,
        ends=ends,
        weekdays=keys.checked("workweek", workweek, plain.weekdays),
        holidays=dates,
        timezone=keys.checked("timezone", known_timezone, plain.timezone),
        country=country if isinstance(country, str) else None,
    )


def _dates(keys: _Keys) -> frozenset[dt.date]:
    try:
        return frozenset(dt.date.fromisoformat(text) for text in keys.texts("holidays"))
    except ValueError:
        raise keys.wrong("holidays", "a country such as “DE” or a list of dates such as “2026-12-24”") from None
