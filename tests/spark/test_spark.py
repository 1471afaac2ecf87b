"""What Spark reads in parts gives what the same file gives on one machine: JSON, text, and what is asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tests.differences import differences
from tests.spark import logs
from vsm.analysis import analyse
from vsm.as_json import json_object
from vsm.as_text import text_report
from vsm.command_line import main
from vsm.items.build import Status, StatusKind
from vsm.opening import MeasuredReading, read
from vsm.reading.log_shapes import DateRule, FarDates, LogChoices, LogRole
from vsm.reading.shapes import ReadError
from vsm.spark.read import read_in_spark
from vsm.worktime import Calendar

pytestmark = pytest.mark.usefixtures("spark")

LAYOUTS = {
    "events": logs.events,
    "visits": logs.visits,
    "steps": logs.steps,
    "dates": logs.dates,
    "durations": logs.durations,
    "both_ends": logs.both_ends,
    "clocks": logs.clocks,
    "newest_first": logs.newest_first,
}
WORKING = LogChoices(calendar=Calendar(timezone="Europe/Berlin"), timezone="Europe/Berlin")


def shown(reading: MeasuredReading) -> dict[str, object]:
    analysis = analyse(reading.stream)
    text = text_report(analysis, reading).replace(reading.file, "the file")
    return {"json": json_object(analysis, reading), "text": text.splitlines()}


def same(place: str, path: Path, choices: LogChoices) -> MeasuredReading:
    """Read both ways, and hold that what is shown is the same."""
    alone, together = read(path, choices), read_in_spark(place, choices)
    assert differences(shown(together), shown(alone)) == []
    return together


def written(path: Path, layout: Callable[[int], tuple[str, list[logs.Row]]], seed: int) -> Path:
    path.write_text(logs.csv(*layout(seed)), encoding="utf-8")
    return path


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_csv_file_in_parts_gives_what_it_gives_in_one_piece(layout: str, tmp_path: Path):
    path = written(tmp_path / f"{layout}.csv", LAYOUTS[layout], 1)
    reading = same(str(path), path, LogChoices())
    assert reading.rows.left_out > 3
    assert reading.rows.blank == 3


@pytest.mark.parametrize(
    ("layout", "choices"),
    [
        ("events", WORKING),
        (
            "events",
            LogChoices(
                as_of=dt.datetime(2026, 1, 25),
                statuses=(Status(name="Release", kind=StatusKind.IGNORE, stage="Release"),),
                stage_order=("Test", "Build"),
            ),
        ),
        ("dates", LogChoices(dates=DateRule.DIFFERENCE, far_dates=FarDates.LEAVE_OUT)),
    ],
    ids=("events, working time", "events, as of a day", "dates, the difference"),
)
def test_what_was_chosen_counts_in_every_part(layout: str, choices: LogChoices, tmp_path: Path):
    path = written(tmp_path / "log.csv", LAYOUTS[layout], 2)
    same(str(path), path, choices)


def test_a_folder_of_parquet_files_with_moments_gives_what_their_texts_give(tmp_path: Path):
    header, rows = logs.visits(3)
    clean = [row for row in rows if row[0].strip() and row[1].strip() and not {"", " ", "soon"} & {row[2], row[3]}]
    path, folder = tmp_path / "visits of 2026.csv", tmp_path / "visits of 2026"
    path.write_text(logs.csv(header, clean), encoding="utf-8")
    table = pd.DataFrame(clean, columns=header.split(","))
    table[["Start", "End"]] = table[["Start", "End"]].apply(pd.to_datetime)
    folder.mkdir()
    for place, part in enumerate((table.iloc[:100], table.iloc[100:])):
        part.to_parquet(folder / f"part-{place}.parquet", index=False)
    same(str(folder), path, LogChoices())


def test_a_table_gives_what_its_file_gives(spark, tmp_path: Path):
    path = written(tmp_path / "changes.csv", logs.events, 4)
    header, rows = logs.events(4)
    frame = spark.createDataFrame([tuple(cell or None for cell in row) for row in rows], header.split(","))
    frame.createOrReplaceTempView("changes")
    same("changes", path, LogChoices())


def test_rows_too_long_and_too_short_are_said_and_counted_as_in_one_piece(tmp_path: Path):
    path = written(tmp_path / "log.csv", logs.events, 5)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3:3] = ["K-1,Build", 'K-2,"Build, or so",2026-01-06 10:00:00,Ann,Fixed,more', "", "K-3"]
    path.write_bytes("\r\n".join(lines).encode())
    same(str(path), path, LogChoices(columns=((LogRole.STAGE, "Status"),)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Key,Status,Changed\nA,"Bu\nild",2026-01-05\nB,Done,2026-01-06\n', "line break"),
        ("Key,Nothing\nA,B\nC,D\n", "No column was found"),
        ("Key,Status,Changed\n", "has no rows"),
    ],
    ids=("a line break in a cell", "no log", "no rows"),
)
def test_what_cannot_be_read_is_said_in_a_sentence(text: str, words: str, tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=words):
        read_in_spark(str(path), LogChoices())


TYPED = "Key,Status,Changed,Author,Type,Team\n" + "".join(
    f"K-{i},{status},2026-0{1 + i % 3}-{1 + day:02} 0{i % 8}:00,{who},{('Bug', 'Task', 'bug')[i % 3]},{team}\n"
    for i in range(40)
    for day, status, who, team in (
        (i % 9, "To do", "Ann", "Red"),
        (9 + i % 4, "Build", ("Ann", "Bob")[i % 2], ("Red", "Blue", "")[i % 3]),
        (14 + i % 7, "Done", "Cy", "Red"),
    )
)
"""Types in two spellings; some items change their team."""


@pytest.mark.parametrize(
    "options",
    [
        ("--type", "BUG", "--person", "bob", "--from", "2026-01-16", "--to", "2026-03-25"),
        ("--type", "task", "--team", "Blue", "--clock", "working"),
    ],
)
def test_chosen_items_are_those_of_one_machine(options: tuple[str, ...], tmp_path: Path, capfd):
    path = tmp_path / "log.csv"
    path.write_text(TYPED, encoding="utf-8")
    found = []
    for place in (f"spark:{path}", str(path)):
        assert main(["analyse", place, "--json", *options]) == 0
        found.append(json.loads(capfd.readouterr().out))
    assert differences(*found) == []
    assert 0 < found[0]["items"]["count"] <= found[0]["items"]["chosen"]["items_in_file"] == 40


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--type", "Bugg"), 2, "did you mean “Bug”?"),
        (("--type", "Bug", "--team", "Blue"), 3, "No item of spark:"),
    ],
)
def test_what_no_item_has_is_refused(options: tuple[str, ...], status: int, words: str, tmp_path: Path, capfd):
    path = tmp_path / "log.csv"
    path.write_text(TYPED, encoding="utf-8")
    assert main(["analyse", f"spark:{path}", *options]) == status
    assert words in capfd.readouterr().err


def test_the_command_line_writes_json_and_reports(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    path, report = written(tmp_path / "log.csv", logs.events, 6), tmp_path / "report.html"
    assert main(["analyse", f"spark:{path}", "--json", "--html", str(report)]) == 0
    in_parts = json.loads(capfd.readouterr().out)
    assert main(["analyse", str(path), "--json"]) == 0
    assert differences(in_parts, json.loads(capfd.readouterr().out)) == []
    assert "Ready for test" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "status"), [(["nothing"], 3), (["a", "--sheet", "b"], 2), (["a", "--no-item-names"], 2)]
)
def test_what_spark_cannot_do_ends_with_one_line(options: list[str], status: int, capfd: pytest.CaptureFixture[str]):
    place, *others = options
    assert main(["analyse", f"spark:{place}", *others]) == status
    shown = capfd.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("vsm: ")
    assert shown.err.count("\n") == 1
