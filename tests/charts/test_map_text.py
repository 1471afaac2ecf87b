"""Words on the map: measured without a browser, cleaned, cut and wrapped."""

from __future__ import annotations

import pytest

from vsm.charts.map_text import clean, isolated, shortened, text_width, wrapped


def test_width_is_that_of_dejavu_sans() -> None:
    # Advance widths in its hmtx table, of 2048 units: W 2025, i 569, space 651.
    assert text_width("Wi ", 2048) == pytest.approx(2025 + 569 + 651, abs=3)


def test_wide_letters_and_joined_emoji_count_once() -> None:
    assert text_width("日", 10) >= 10
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("👩‍👧", 10) == 2 * text_width("👩", 10)


def test_what_fits_is_not_touched() -> None:
    assert shortened("Testing", 200, 12) == "Testing"


def test_what_is_cut_fits_and_says_so() -> None:
    cut = shortened("Production deployment", 80, 12)
    assert cut.endswith("…")
    assert "Production deployment".startswith(cut[:-1])
    assert text_width(cut, 12) <= 80


def test_accents_are_not_torn_from_their_letters() -> None:
    cut = shortened("e\u0301" * 50, 60, 12)
    assert cut.removesuffix("…").endswith("\u0301")


def test_lines_break_at_blanks() -> None:
    assert wrapped("Production deployment", 90, 12, lines=3) == ("Production", "deployment")


def test_a_word_too_long_for_a_line_is_broken() -> None:
    lines = wrapped("x" * 10_000, 60, 12, lines=3)
    assert len(lines) == 3
    assert all(text_width(line, 12) <= 60 for line in lines)
    assert lines[2].endswith("…")


def test_nothing_wraps_to_nothing() -> None:
    assert wrapped("", 60, 12, lines=3) == ("",)


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ("a\x00b\nc\u2028d", "a b c d"),
        ("\u202eabc\u2066", "abc"),
        ("\ufffex\ud800y", "x y"),
        ("  a  ", "a"),
        ("<b>", "<b>"),
    ],
)
def test_cleaning_keeps_what_a_person_reads(found: str, kept: str) -> None:
    assert clean(found) == kept


def test_only_names_that_could_turn_a_sentence_are_fenced() -> None:
    assert isolated("Testing") == "Testing"
    assert isolated("عملية") == "\u2068عملية\u2069"
