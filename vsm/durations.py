"""Durations as people write them ("2d 4h", "1,5 h", "26:00", "PT2H30M") <-> hours, and hours -> words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from vsm.folding import fold
from vsm.model import Definitions
from vsm.numerals import parse_number, tidy

WEEKS_PER_MONTH = 52 / 12
WEEKS_PER_YEAR = 52

_UNIT_WORDS = {
    "ms": "ms msec msecs millisecond milliseconds millisekunde millisekunden milliseconde millisecondes milisegundo "
    "milisegundos milisekunda milisekundy milisekund",
    "s": "s sec secs second seconds sek sekunde sekunden seconde secondes seg segs segundo segundos sekunda sekundy "
    "sekund",
    "min": "m min mins minute minutes minuten minuto minutos minuta minuty minut mn",
    "h": "h hr hrs hour hours std stunde stunden heure heures hora horas godz godzina godziny godzin hs",
    "d": "d day days tag tage tagen jour jours j dia dias dzien dni dnia dniach working_day working_days workday "
    "workdays work_day work_days business_day business_days arbeitstag arbeitstage werktag werktage jour_ouvre "
    "jours_ouvres dia_habil dias_habiles dia_laborable dias_laborables dia_util dias_uteis dzien_roboczy dni_robocze "
    "dni_roboczych",
    "wk": "w wk wks week weeks wo woche wochen semaine semaines sem semana semanas tydzien tygodnie tygodni tygodnia "
    "tyg working_week working_weeks work_week work_weeks arbeitswoche arbeitswochen",
    "month": "mo mos mth mths month months monat monate monaten mois mes meses miesiac miesiace miesiecy mies",
    "year": "y yr yrs year years jahr jahre jahren an ans annee annees ano anos rok lata lat",
}
_UNITS = {word.replace("_", " "): unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_ABOUT = re.compile(r"^(?:~|≈|±|ca\.?|circa|about|approx\.?|etwa|env\.?|environ|ok\.?)\s*(?=[\d.,¼½¾])", re.IGNORECASE)
_RANGE = re.compile(r"\d[^-–—]*(?:[-–—]|\bto\b|\bbis\b|\bdo\b|\.\.)\s*\d|^[<>≤≥]|\+$", re.IGNORECASE)
_ISO = re.compile(
    r"P(?=.)(?:(?P<year>N)Y)?(?:(?P<month>N)M)?(?:(?P<wk>N)W)?(?:(?P<d>N)D)?"
    r"(?:T(?=.)(?:(?P<h>N)H)?(?:(?P<min>N)M)?(?:(?P<s>N)S)?)?".replace("N", r"\d+(?:[.,]\d+)?"),
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(-?)(\d+):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?(?: ?(?:h|hr|hrs|hours|std\.?|godz\.?))?", re.IGNORECASE
)
_PIECE = re.compile(r"([+-]?\s?(?:[\d.,][\d.,' ]*)?[¼½¾⅓⅔⅛]?)\s*([^\d.,;+&/¼½¾]*)\.?[\s,;+&]*")
_JOINING = re.compile(r"\s+(?:and|und|et|y|e|i|oraz)\s+(?=\d)", re.IGNORECASE)


def unit_of(word: str) -> str | None:
    """Find the unit that a word names, in any of six languages: "ms", "s", "min", "h", "d", "wk", "month", "year".

    >>> unit_of("Std."), unit_of("dnia"), unit_of("pcs")
    ('h', 'd', None)
    """
    return _UNITS.get(fold(word).strip(" .()[]"))


def hours_per_unit(unit: str, *, hours_per_day: float = 8.0, days_per_week: float = 5.0) -> float:
    """Return how many hours one `unit` (a name that `unit_of` gives) has; a day is a working day.

    >>> hours_per_unit("wk"), hours_per_unit("min") * 60
    (40.0, 1.0)
    """
    week = hours_per_day * days_per_week
    hours = {
        "ms": 1 / 3_600_000,
        "s": 1 / 3600,
        "min": 1 / 60,
        "h": 1.0,
        "d": hours_per_day,
        "wk": week,
        "month": week * WEEKS_PER_MONTH,
        "year": week * WEEKS_PER_YEAR,
    }
    return hours[unit]


def is_clock(text: str) -> bool:
    """Tell whether a text is written with colons ("1:30", "26:00:00")."""
    return _CLOCK.fullmatch(tidy(text)) is not None


def is_approximate(text: str) -> bool:
    """Tell whether a text says that its number is rough ("~3h", "ca. 2 d")."""
    return _ABOUT.match(tidy(text)) is not None


def names_a_unit(text: str) -> bool:
    """Tell whether a duration in text carries its own unit, so that the column's does not matter."""
    return is_clock(text) or bool(re.search(r"[^\W\d_]", _ABOUT.sub("", tidy(text))))


def parse_duration(
    text: str,
    unit: str = "h",
    *,
    hours_per_day: float = 8.0,
    days_per_week: float = 5.0,
    decimal_comma: bool | None = None,
) -> float:
    """Read a duration in hours; `unit` counts where the text names none. Days and weeks are working time.

    With a colon a text is hours and minutes: "1:30" is 1 h 30 min. Raises ValueError with the reason, worded so that
    it can follow the text ("is a range").

    >>> parse_duration("2d 4h"), parse_duration("1,5 dnia"), parse_duration("1:30"), parse_duration("PT2H30M")
    (20.0, 12.0, 1.5, 2.5)
    >>> parse_duration("90", "min")
    1.5
    """
    plain = _ABOUT.sub("", tidy(text))
    if not plain:
        raise ValueError("is empty")
    iso, clock = _ISO.fullmatch(plain), _CLOCK.fullmatch(plain)
    if clock:
        hours = _clock_hours(clock)
    elif iso:
        parts = [(parse_number(number), name) for name, number in iso.groupdict().items() if number]
        hours = sum(n * hours_per_unit(u, hours_per_day=hours_per_day, days_per_week=days_per_week) for n, u in parts)
    else:
        pieces = _pieces(plain, unit, decimal_comma)
        hours = sum(n * hours_per_unit(u, hours_per_day=hours_per_day, days_per_week=days_per_week) for n, u in pieces)
    if hours < 0 or plain.startswith("-"):
        raise ValueError("is negative")
    return hours


def _clock_hours(clock: re.Match[str]) -> float:
    minutes, seconds = int(clock[3]), parse_number(clock[4] or "0")
    if minutes >= 60 or seconds >= 60:
        raise ValueError("has more than 59 minutes or seconds after a colon")
    hours = int(clock[2]) + minutes / 60 + seconds / 3600
    return -hours if clock[1] else hours


def _pieces(plain: str, unit: str, decimal_comma: bool | None) -> list[tuple[float, str]]:
    """Split "2d 4h" into (2, "d") and (4, "h"); a lone number is in `unit`, "1h30" ends in minutes."""
    try:
        return [(parse_number(plain, decimal_comma=decimal_comma), unit)]
    except ValueError:
        plain = _JOINING.sub(" ", plain)
    if _RANGE.search(plain):
        raise ValueError("is a range or a limit, not one duration")
    pieces: list[tuple[float, str]] = []
    position = 0
    while position < len(plain):
        found = _PIECE.match(plain, position)
        if not found or not found[1].strip() or found.end() == position:
            raise ValueError("is not a duration")
        position = found.end()
        number = parse_number(found[1].strip().rstrip(",").replace("- ", "-"), decimal_comma=decimal_comma)
        word = found[2].strip()
        name = unit_of(word) if word else _unit_left_out(found[1].strip(), pieces, unit)
        if name is None:
            raise ValueError(f'has an unknown unit "{word}"' if word else "has a number without a unit")
        if any(name == known for _, known in pieces):
            raise ValueError("names one unit twice")
        pieces.append((number, name))
    return pieces


def _unit_left_out(number: str, before: list[tuple[float, str]], unit: str) -> str | None:
    if not before:
        return unit
    return "min" if before[-1][1] == "h" and re.fullmatch(r"[0-5]\d", number) else None


def hours_in_words(hours: float, definitions: Definitions | None = None) -> str:
    """Say a duration as a person does, with at most three digits below a thousand: "3.5 days", "6 h", "45 min".

    From two working days on it is days, from one hour on hours, from two minutes on minutes (people time 62 s, not
    1 min), else seconds; weeks are never used, as their length is one more definition. Values from 100 on are whole,
    others have at most one decimal.
    `hours` must be finite; a negative one keeps its sign.

    >>> hours_in_words(28), hours_in_words(6), hours_in_words(0.75), hours_in_words(39 / 3600), hours_in_words(0)
    ('3.5 days', '6 h', '45 min', '39 s', '0 h')
    >>> hours_in_words(7.99999), hours_in_words(59.99 / 60), hours_in_words(15.99)
    ('8 h', '1 h', '2 days')
    """
    return _said(hours, _unit_for(abs(hours), (definitions or Definitions()).hours_per_day))


def hours_in_one_unit(values: Sequence[float | None], definitions: Definitions) -> list[str | None]:
    """Say durations that stand under each other, all in the unit that suits their median, so that they compare.

    >>> hours_in_one_unit([16, 40, None, 0, 120], Definitions(hours_per_day=8))
    ['2 days', '5 days', None, '0 days', '15 days']
    """
    sizes = sorted(abs(value) for value in values if value)
    unit = _unit_for(sizes[len(sizes) // 2] if sizes else 0, definitions.hours_per_day)
    return [None if value is None else _said(value, unit) for value in values]


_Unit = tuple[float, str]
"""How many of it an hour has, and its name."""


def _unit_for(size: float, hours_per_day: float) -> _Unit:
    """Choose the unit in which a person says so many hours."""
    if size == 0:
        return 1, "h"
    if _rounded(size) >= Decimal(repr(2 * hours_per_day)):
        return 1 / hours_per_day, "days"
    for factor, unit, least in ((1, "h", 1), (60, "min", 2)):
        if _counts_as(size * factor, least):
            return factor, unit
    return 3600, "s"


def _said(hours: float, unit: _Unit) -> str:
    factor, name = unit
    amount, sign = _rounded(abs(hours) * factor), "−" if hours < 0 else ""
    if hours and not amount:
        return f"{sign}under 0.1 {name}"
    return f"{sign}{_digits(amount)} {'day' if name == 'days' and amount == 1 else name}"


def _counts_as(value: float, least: int) -> bool:
    """Whether a value is at least `least` in its unit, or would be rounded to as many times 60 of the smaller one."""
    return value >= least or _rounded(value * 60) >= 60 * least


def _rounded(value: float) -> Decimal:
    steady = Decimal(repr(round(value, 9)))
    if steady >= Decimal("99.95"):
        return steady.to_integral_value(ROUND_HALF_UP)
    return steady.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _digits(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{int(value):,}" if whole else f"{value:,}"
