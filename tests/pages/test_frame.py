"""The frame: stable addresses, the line that says what is loaded, and one escape function for all text of files."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.loaded_line import line
from pages.shared.menu import ENTRIES, PAGES
from pages.shared.text import escape
from tests.pages.opening import ROOT
from vsm.model import Definitions
from vsm.reading.files import open_bytes
from vsm.reading.shapes import Choices
from vsm.reading.stages import read_workbook

ADDRESSES = (
    "data", "guide",
    "overview", "map", "stages", "bottleneck",
    "flow", "rework", "waits", "forecast", "compare",
    "capacity",
    "what-if", "simulation", "plan", "promised",
    "summary", "take-away", "share", "method",
)  # fmt: skip


def test_addresses_are_those_that_people_may_have_kept():
    assert tuple(entry.address for entry in ENTRIES) == ADDRESSES


def test_every_page_of_the_menu_is_there_and_no_other():
    files = {entry.file for entry in ENTRIES}
    assert files == {path.name for path in PAGES.glob("*.py")} - {"frame.py"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.address)
def test_a_page_without_data_says_what_would_be_here(entry):
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20).run()
    page.switch_page(entry.file).run()
    assert not page.exception
    assert page.title[0].value
    if entry.address not in ("data", "guide", "method"):
        assert any("Here you will see" in markdown.value for markdown in page.markdown)
        assert "Load “Support ticket”" in [button.label for button in page.button]


def test_a_sample_loaded_on_an_analysis_page_shows_it_at_once():
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20).run()
    page.switch_page("overview.py").run()
    page.button(key="sample_software_delivery").click().run()
    assert not page.exception
    assert page.title[0].value == "Overview"
    assert page.metric


def line_of(table: bytes, name: str, choices: Choices | None = None) -> str:
    return line(read_workbook(open_bytes(table, name), choices or Choices())).replace("\\", "")


def test_the_line_names_stream_file_and_rows_and_what_is_unusual():
    choices = Choices(name="Idea to cash", definitions=Definitions(hours_per_day=24))
    table = b"Stage,Processing time (h),Wait time (h)\nA,1,2\n\nTotal,1,2\n"
    assert line_of(table, "a.csv", choices) == "**Idea to cash** · from a.csv · 1 of 3 rows used · a day has 24 h"


def test_the_line_names_no_stream_where_something_blocks():
    # No row names a known column, so all three may be data.
    assert line_of(b"Item,Colour\nx,red\ny,blue\n", "a.csv") == "from a.csv · 0 of 3 rows used"


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "3.5 days",
        "C&A: 85 %",
        "[a](b)",
        "![x](y)",
        ":red[z]",
        "$x$",
        "<b>",
        "a_b*c*`d`",
        "- x",
        "# x",
        "1. x",
    ],
)
def test_escaped_text_reads_as_before_once_the_backslashes_are_taken(text: str):
    assert escape(text).replace("\\", "") == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("![x](y)", r"\!\[x\](y)"),
        (":red[z]", r"\:red\[z\]"),
        ("$x$", r"\$x\$"),
        ("<b>", r"\<b\>"),
        ("1. x", r"1\. x"),
        ("- x", r"\- x"),
        ("a\nb", "a b"),
        ("0.5", "0.5"),
        ("a &lt; b", r"a \&lt; b"),
        ("_a_ __b__", r"\_a\_ \_\_b\_\_"),
        ("# x", r"\# x"),
        # Where a mark means nothing it stays, as it would be read aloud in the accessible name of a widget.
        ("New %C&A: R&D, sign_off #3", "New %C&A: R&D, sign_off #3"),
    ],
)
def test_every_mark_of_markdown_is_escaped(text: str, escaped: str):
    assert escape(text) == escaped


def test_a_name_does_not_turn_the_text_behind_it():
    assert escape("a\u202etxt\u2067.exe") == "atxt.exe"


@pytest.mark.parametrize(
    "text", ["http://a.b", "see https://a.b", "www.a.b", "a@b.c", ":material/home:", ":streamlit:"]
)
def test_what_lives_though_escaped_is_broken_by_an_invisible_joint(text: str):
    assert "\u2060" in escape(text)
    assert escape(text).replace("\u2060", "").replace("\\", "") == text
