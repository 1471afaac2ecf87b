"""Durations as people write them, against hours worked out by hand, and hours as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsm.durations import hours_in_one_unit, hours_in_words, hours_per_unit, parse_duration, unit_of
from vsm.model import Definitions
from vsm.numerals import DecimalMark, decimal_mark, parse_number


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("15m", 0.25),
        ("2h", 2.0),
        ("1,5 dnia", 12.0),
        ("3 days", 24.0),
        ("1:30", 1.5),
        ("1:30:36", 1.51),
        ("26:00", 26.0),
        ("1:30 h", 1.5),
        ("1:30 min", None),
        ("2d 4h", 20.0),
        ("1d2h30m", 10.5),
        ("PT2H30M", 2.5),
        ("P1DT2H", 10.0),
        ("P2W", 80.0),
        ("90 min", 1.5),
        ("½ h", 0.5),
        ("1½ days", 12.0),
        ("~3h", 3.0),
        ("ca. 3 Std.", 3.0),
        ("2 Tage, 4 Stunden", 20.0),
        ("2 días y 4 horas", 20.0),
        ("1 jour et demi", None),
        ("1h30", 1.5),
        ("1 234,5 h", 1234.5),
        ("1\u00a0234 min", 1234 / 60),
        ("2 semaines", 80.0),
        ("3 working days", 24.0),
        ("2 dni robocze", 16.0),
        ("1 month", 40 * 52 / 12),
        ("36 s", 0.01),
        ("0", 0.0),
        ("0 d", 0.0),
        ("1e1", 10.0),
        ("1e-1", 0.1),
        ("2-3 days", None),
        ("2 – 3 h", None),
        ("1 to 2 h", None),
        ("<1 h", None),
        ("5d+", None),
        ("-3h", None),
        ("1:75", None),
        ("3 widgets", None),
        ("2h 3h", None),
        ("2d 5", None),
        ("1.2.3 h", None),
        ("abc", None),
        ("", None),
        ("P", None),
        ("PT", None),
        ("h", None),
        (":30", None),
    ],
)
def test_text_to_hours(text: str, hours: float | None) -> None:
    if hours is None:
        with pytest.raises(ValueError, match=r"^(is|has|names|thousands)"):
            parse_duration(text)
    else:
        assert parse_duration(text) == pytest.approx(hours, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "unit", "hours"), [("90", "min", 1.5), ("2", "d", 16.0), ("39", "s", 39 / 3600), ("2 h", "d", 2.0)]
)
def test_the_columns_unit_counts_only_where_the_text_names_none(text: str, unit: str, hours: float) -> None:
    assert parse_duration(text, unit) == pytest.approx(hours)


def test_days_and_weeks_follow_the_definitions() -> None:
    assert parse_duration("1 wk 1 d", hours_per_day=7, days_per_week=4) == 35.0
    assert hours_per_unit("d", hours_per_day=24) == 24.0


@pytest.mark.parametrize(
    "words", ["min Minuten minutes minutos minuty", "h Std. heures horas godz.", "d Tage jours días dni"]
)
def test_units_in_six_languages(words: str) -> None:
    first, *others = words.split()
    assert {unit_of(word) for word in others} == {first}


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [
        ("1.234,5", None, 1234.5),
        ("1,234.5", None, 1234.5),
        ("1 234,5", None, 1234.5),
        ("1\u202f234,5", None, 1234.5),
        ("1'234.5", None, 1234.5),
        ("1.234.567", None, 1234567.0),
        ("1,234", None, 1234.0),
        ("1.234", None, 1.234),
        ("1,234", True, 1.234),
        ("1.234", True, 1234.0),
        ("0,125", None, 0.125),
        ("1,5", False, 1.5),
        ("−2", None, -2.0),
        (".5", None, 0.5),
    ],
)
def test_numbers_in_every_dialect(text: str, comma: bool | None, number: float) -> None:
    assert parse_number(text, decimal_comma=comma) == number


@pytest.mark.parametrize("text", ["", "1,2,3", "12,34.5", "1.2.3", "a", "1 2", "--1", ".", "1/2"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        parse_number(text)


def test_only_one_mark_before_three_digits_is_unclear() -> None:
    assert decimal_mark("1,234") is DecimalMark.UNCLEAR
    assert decimal_mark("1234,567") is DecimalMark.COMMA
    assert decimal_mark("12.34") is DecimalMark.POINT
    assert decimal_mark("12") is DecimalMark.UNTOLD


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "0 h"),
        (28, "3.5 days"),
        (16, "2 days"),
        (15.99, "2 days"),
        (15.9, "15.9 h"),
        (8, "8 h"),
        (7.99999, "8 h"),
        (6, "6 h"),
        (1, "1 h"),
        (0.9999, "1 h"),
        (0.75, "45 min"),
        (0.9999 / 60, "60 s"),
        (62 / 3600, "62 s"),
        (119.99 / 3600, "2 min"),
        (39 / 3600, "39 s"),
        (0.5 / 3600, "0.5 s"),
        (0.01 / 3600, "under 0.1 s"),
        (188.8, "23.6 days"),
        (339, "42.4 days"),
        (8000, "1,000 days"),
        (-28, "−3.5 days"),
        (1.25, "1.3 h"),
    ],
)
def test_hours_as_a_person_says_them(hours: float, words: str) -> None:
    assert hours_in_words(hours) == words


def test_a_day_is_as_long_as_defined() -> None:
    assert hours_in_words(48, Definitions(hours_per_day=24)) == "2 days"
    assert hours_in_words(47, Definitions(hours_per_day=24)) == "47 h"
    assert hours_in_words(1, Definitions(hours_per_day=0.5)) == "2 days"
    assert hours_in_words(0.5, Definitions(hours_per_day=0.5)) == "30 min"


@given(st.floats(min_value=0, max_value=1e6))
def test_words_are_never_silly(hours: float) -> None:
    words = hours_in_words(hours)
    digits = words.removeprefix("under ").split()[0].replace(",", "")
    number = float(digits)
    assert not words.startswith(("60 ", "16 h", "24 h"))
    assert len(digits.replace(".", "")) <= 3 or number >= 1000
    assert "day" not in words or number >= 2


@given(st.integers(0, 400), st.integers(0, 7), st.integers(0, 59))
def test_days_hours_and_minutes_add_up_in_every_spelling(days: int, hours: int, minutes: int) -> None:
    expected = pytest.approx(days * 8 + hours + minutes / 60)
    assert parse_duration(f"{days}d {hours}h {minutes}m") == expected
    assert parse_duration(f"{days} Tage, {hours} Std. und {minutes} Minuten") == expected
    assert parse_duration(f"P{days}DT{hours}H{minutes}M") == expected
    assert parse_duration(f"{days * 8 + hours}:{minutes:02}") == expected


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        # The median, 3 days of 8 h, decides: what would be "12 h" alone is 1.5 days beside it.
        ([12, 24, 80], ["1.5 days", "3 days", "10 days"]),
        ([0.5, 6, 100], ["0.5 h", "6 h", "100 h"]),
        ([0, None, 24, 0.01], ["0 days", None, "3 days", "under 0.1 days"]),
        ([None, None], [None, None]),
        ([0.0, 0.0], ["0 h", "0 h"]),
        ([8, 16, 24], ["1 day", "2 days", "3 days"]),
    ],
)
def test_durations_under_each_other_have_one_unit(hours: list[float | None], said: list[str | None]) -> None:
    assert hours_in_one_unit(hours, Definitions(hours_per_day=8)) == said
