"""Reports on a measured stream: the workbook's formulas, the words, and nothing that speaks of stated figures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests import logs_by_hand as by_hand
from tests.pages.log_opening import event_log
from tests.reports.office import recompute
from tests.reports.test_html import Page
from vsm.analysis import Analysis, analyse
from vsm.charts.flow import flow_pictures
from vsm.chosen_items import choose_items
from vsm.flow import measured_log
from vsm.method import explanations
from vsm.model import Wanted
from vsm.opening import read_data
from vsm.reading.log_shapes import LogChoices
from vsm.reports import csv_report, excel_report, html_report, markdown_report
from vsm.subject import Subject

LOGS = {
    "statuses": by_hand.EVENTS,
    "side_by_side": by_hand.INTERVALS,
    "undivided": by_hand.COMPLETED,
    "durations": by_hand.DURATIONS,
}
FLOW_EFFICIENCY = {"statuses": 12 / 27, "side_by_side": 5 / 7, "undivided": None, "durations": 1 / 3}
LEAD_TIME = {"statuses": 27, "side_by_side": 3.5, "undivided": 3, "durations": 12}


def analysed(name: str) -> Analysis:
    stream = read_data(LOGS[name].encode(), f"{name}.csv").stream
    assert stream is not None
    return analyse(stream)


def named(book: openpyxl.Workbook, name: str) -> object:
    sheet, cell = next(iter(book.defined_names[name].destinations))
    return book[sheet][cell.replace("$", "")].value or None


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    contents = {name: excel_report(Subject(analysed(name))) for name in LOGS}
    return recompute(contents, {}, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", LOGS)
def test_an_independent_program_computes_the_figures_worked_out_by_hand(
    recomputed: dict[str, openpyxl.Workbook], name: str
):
    book = recomputed[name]
    assert named(book, "lead_time") == pytest.approx(LEAD_TIME[name])
    assert named(book, "lead_time_with_rework") == pytest.approx(LEAD_TIME[name])
    expected = FLOW_EFFICIENCY[name]
    assert named(book, "flow_efficiency") == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("name", LOGS)
def test_saved_values_are_the_same(name: str):
    book = openpyxl.load_workbook(BytesIO(excel_report(Subject(analysed(name)))), data_only=True)
    assert named(book, "lead_time") == pytest.approx(LEAD_TIME[name])
    assert "Rework" not in book.sheetnames
    errors = [cell.value for sheet in book for row in sheet for cell in row if str(cell.value).startswith("#")]
    assert errors == []


def test_a_changed_wait_moves_the_lead_time(tmp_path: Path):
    content = {"statuses": excel_report(Subject(analysed("statuses")))}
    labels = [cell.value for cell in openpyxl.load_workbook(BytesIO(content["statuses"]))["Stages"][6]]
    wait = "ABCDEFGHIJ"[labels.index("Wait time (h)")]
    book = recompute(content, {"statuses": {f"Stages!{wait}8": 2}}, tmp_path)["statuses"]
    assert named(book, "lead_time") == pytest.approx(17)  # the 12 h in front of Test are now 2
    assert named(book, "flow_efficiency") == pytest.approx(12 / 17)


@pytest.mark.parametrize("name", LOGS)
def test_no_report_says_that_measured_figures_are_stated(name: str):
    analysis = analysed(name)
    texts = [
        html_report(Subject(analysis)),
        markdown_report(Subject(analysis)),
        csv_report(Subject(analysis)).decode("utf-8-sig"),
    ]
    texts += [f"{e.formula} {e.with_numbers} {e.meaning}" for e in explanations(analysis)]
    for text in texts:
        assert "not measured: someone wrote" not in text
        assert "states" not in text
        assert " stated" not in text
        assert "the table" not in text.lower()


def test_the_method_puts_in_the_logs_numbers():
    said = {e.key: e.with_numbers for e in explanations(analysed("side_by_side"))}
    # Cut 1.5 h and Sew 1.25 + 1 h, less the quarter of an hour (on average) in which both run.
    assert said["lead_time"] == "1.5 + 2.25 − 0.25 = 3.5 h"
    assert said["flow_efficiency"] == "(2.75 − 0.25) / (2.75 + 1 − 0.25) = 71.4286%"
    assert said["visits"] == "Cut: 2; Sew: 2"


def test_time_that_is_not_divided_has_its_own_column():
    heads = csv_report(Subject(analysed("undivided"))).decode("utf-8-sig").splitlines()[0]
    assert "Time, not divided (h)" in heads
    assert "Wait time (h)" not in heads
    assert "Visits" in heads


def test_the_page_shows_flow_over_time_with_its_words_and_no_item():
    reading = read_data(event_log(name="KEY-{}").encode(), "log.csv")
    measured = measured_log(reading.log)
    page = Page(html_report(Subject(analyse(reading.stream), measured)))
    drawn = {picture.title for picture in flow_pictures(measured)}
    assert {
        "Lead times",
        "Throughput per week",
        "Load over time",
        "Cumulative flow",
        "Open items and their age",
    } < drawn
    alternatives = [image["aria-label"] for image in page.all("div") if image.get("role") == "img"]
    for title in drawn | {"Sent back, from where to where"}:
        assert title in page.text
        assert any(words.startswith(f"{title}. ") and len(words) > len(title) + 20 for words in alternatives)
    assert "KEY-" not in page.source


def test_the_page_of_a_long_log_stays_small_enough_to_mail():
    # 4,000 items: more than are drawn as points, of which each would say 200 bytes to a pointer that paper has not.
    reading = read_data(event_log(4000, people=False).encode(), "log.csv")
    page = html_report(Subject(analyse(reading.stream), measured_log(reading.log)))
    assert 300_000 < len(page.encode()) < 1_500_000


def test_the_page_says_which_items_were_chosen():
    reading = read_data(event_log().encode(), "log.csv")
    chosen = choose_items(reading, Wanted(types=("Bug",)), LogChoices())
    assert "only Bug: 20 of 40 items" in Page(html_report(Subject(analyse(chosen.stream)))).text
    assert "Only Bug: 20 of 40 items." in markdown_report(Subject(analyse(chosen.stream)))
    assert "of 40 items" not in markdown_report(Subject(analyse(reading.stream)))
