"""Reports without the names of items and people: none is in any file, and numbers are the same in all of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pages.shared.chart_files import charts_zip
from tests.test_command_line_logs import analyse, file
from vsm.analysis import analyse as analysis_of
from vsm.chosen_items import choose_items
from vsm.command_line import ANALYSED
from vsm.flow import measured_log
from vsm.item_rows import item_rows
from vsm.items.selection import names_of
from vsm.model import Wanted
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import LogChoices
from vsm.reports import REPORTS
from vsm.reports.csv import csv_of
from vsm.unnamed import without_names

LOG = """Item,Status,Time,Assignee
MARKA,To do,2026-01-05 09:00,MARKANN
MARKA,In progress,2026-01-06 09:00,MARKBOB
MARKA,Done,2026-01-09 09:00,MARKBOB
MARKB,To do,2026-01-05 08:00,MARKBOB
MARKB,In progress,2026-01-06 09:00,MARKANN
MARKB,Done,2026-01-07 09:00,MARKANN
MARKC,To do,2026-01-08 09:00,MARKCY
MARKD,To do,2026-01-07 09:00,MARKCY
MARKD,In progress,MARKE “finished” MARKF,MARKCY
MARKD,In progress,2026-01-09 09:00,
,To do,2026-01-09 09:00,MARKDEE
"""
"""B finishes first, then A; D, which begins before C, and C are open. Bob works first, on the 5th at 8."""


def reading_of(text: str = LOG) -> MeasuredReading:
    reading = read_data(text.encode(), "log.csv")
    assert isinstance(reading, MeasuredReading)
    return reading


def unnamed(reading: MeasuredReading) -> MeasuredReading:
    assert reading.log is not None
    return without_names(reading, reading.log)


def items(reading: MeasuredReading) -> list[str]:
    return names_of(reading.log.items, np.arange(len(reading.log.items))).tolist()


def test_items_are_numbered_by_finish_then_beginning_and_people_by_their_first_work():
    reading = reading_of()
    numbers = dict(zip(items(reading), items(unnamed(reading)), strict=True))
    assert numbers == {"MARKB": "Item 1", "MARKA": "Item 2", "MARKD": "Item 3", "MARKC": "Item 4"}
    people = dict(zip(reading.log.people, unnamed(reading).log.people, strict=True))
    assert [people[name] for name in ("MARKBOB", "MARKANN", "MARKCY")] == ["Person 1", "Person 2", "Person 3"]


def test_a_chosen_item_keeps_its_number():
    reading = reading_of()
    chosen = choose_items(reading, Wanted(people=("MARKCY",)), LogChoices())
    numbered = without_names(chosen, reading.log)
    assert sorted(items(numbered)) == ["Item 3", "Item 4"]
    assert numbered.stream.measured.wanted.people == ("Person 3",)


def written(folder: Path, *options: str) -> str:
    outputs = {name: folder / f"out.{name}" for name in REPORTS}
    arguments = [text for name, path in outputs.items() for text in (f"--{name}", path)]
    assert analyse(file(folder, LOG), *options, *arguments) == ANALYSED
    assert analyse(file(folder, LOG), *options, "--json") == ANALYSED
    texts = [path.read_bytes().decode("utf-8", "replace") for path in outputs.values()]
    for kind in ("xlsx", "docx", "pptx"):
        with zipfile.ZipFile(outputs[kind]) as book:
            texts += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    return "\n".join(texts)


def test_no_name_is_in_any_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert "MARK" in written(tmp_path, "--person", "MARKCY") + capsys.readouterr().out
    assert "MARK" not in written(tmp_path, "--no-item-names", "--person", "MARKCY")
    assert "MARK" not in written(tmp_path, "--no-item-names")
    said = capsys.readouterr().out
    assert "MARK" not in said
    assert "Only with Person 3: 2 of 4 items." in said


def test_no_name_is_in_lists_of_items_and_charts():
    reading = unnamed(reading_of())
    measured = measured_log(reading.log)
    listed = csv_of(item_rows(measured, np.arange(4))).decode()
    assert "Item 3" in listed
    assert "MARK" not in listed
    archive = zipfile.ZipFile(io.BytesIO(charts_zip(analysis_of(reading.stream), measured)))
    drawn = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".svg")]
    assert len(drawn) > 3
    assert not any("MARK" in svg for svg in drawn)


def test_what_a_problem_quotes_of_cells_is_left_out_and_of_columns_stays():
    found = [problem for problem in unnamed(reading_of()).problems if problem.row == 10]
    assert found
    assert any("in column “Time”" in problem.message for problem in found)
    assert all(problem.found is None for problem in found)
