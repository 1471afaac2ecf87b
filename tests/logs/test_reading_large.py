"""A large text file read by pieces and columns tells exactly what the same file tells when it is read in one go."""

from __future__ import annotations

import random
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from vsm.items.log import Log, NamesOfItems, Visits
from vsm.reading import files
from vsm.reading.files import stored_at
from vsm.reading.log_shapes import LogReading
from vsm.reading.logs import LOG_LIMITS, large_texts, read_log, text_frames
from vsm.reading.logs.builders import Reader
from vsm.reading.shapes import ReadError

PEOPLE = ("Ann", "Bob", "", " Cy ")
ODD = {
    "nothing odd": [],
    "blank lines and rows of the wrong width": ["", "X-1,Build", ",,,,,", "X-2,Build,2026-01-05T10:00,Ann,Bug,-,extra"],
    "times of several kinds": ["X-1,Build,05/01/2026 10:00,Ann,Bug,-", "X-2,Build,soon,Ann,Bug,-", "X-2,Test,,,,"],
    "times with a zone": ["X-1,Build,2026-01-05T10:00:00+02:00,Ann,Bug,-"],
    "times out of reach": ["X-1,Build,0001-01-05T10:00,Ann,Bug,-"],
    "quotes": ['"X-1","Build, again","2026-01-05T10:00","A ""b""",Bug,-', '"X-1",Done,2026-01-07T10:00,,Bug,-'],
    "line ends in cells": ['X-1,Build,2026-01-05T10:00,Ann,Bug,"two\nlines"', 'X-1,Done,2026-01-06T10:00,,,"a\n\nb"'],
    "a quote that is not closed": ['X-1,"Build,2026-01-05T10:00,Ann,Bug,-'],
    "white space and names such as NA": ["  NA , Build ,2026-01-05T10:00,null,NA,-", "NA,Done,2026-01-06T10:00,,,-"],
}


def made(odd: list[str], seed: int, line_end: str) -> bytes:
    """Rows of 40 items in any order, with the odd ones among them."""
    draw = random.Random(seed)
    rows = []
    for item in range(40):
        day = draw.randrange(1, 20)
        for stage in ("To do", "Build", "Test", "Done"):
            time = f"2026-01-{day:02d}T{draw.randrange(24):02d}:{draw.randrange(60):02d}"
            kind = draw.choice(("Bug", "Story"))
            rows.append(f"A-{item},{stage},{time},{draw.choice(PEOPLE)},{kind},text {draw.random()}")
            day += draw.randrange(0, 3)
    draw.shuffle(rows)
    for row in odd:
        rows.insert(draw.randrange(len(rows)), row)
    return line_end.join(["Key,Status,Changed,Assignee,Type,Summary", *rows, ""]).encode()


def check_same(found: LogReading, expected: LogReading) -> None:
    for field in fields(LogReading):
        if field.name != "log":
            assert getattr(found, field.name) == getattr(expected, field.name), field.name
    assert isinstance(found.log, Log)
    assert isinstance(expected.log, Log)
    check_arrays(found.log, expected.log)
    for field in fields(Visits):
        np.testing.assert_array_equal(getattr(found.log.visits, field.name), getattr(expected.log.visits, field.name))


def check_arrays(found: Log, expected: Log) -> None:
    for field in fields(Log):
        a, b = getattr(found, field.name), getattr(expected, field.name)
        if isinstance(a, np.ndarray):
            np.testing.assert_array_equal(a, b)
        elif isinstance(a, NamesOfItems):
            np.testing.assert_array_equal(a.item, b.item)
            np.testing.assert_array_equal(a.name, b.name)
        elif field.name != "visits":
            assert a == b, field.name


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=("lf", "crlf"))
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_pieces_tell_what_the_whole_tells(monkeypatch: pytest.MonkeyPatch, odd: list[str], line_end: str):
    for seed in range(3):
        data = made(odd, seed, line_end)
        expected = read_log(data, "log.csv")
        with monkeypatch.context() as patch:
            patch.setattr(text_frames, "LARGE", 0)
            patch.setattr(large_texts, "HEAD", 700)
            patch.setattr(large_texts, "PIECE", 1000)
            check_same(read_log(data, "log.csv"), expected)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_from_where_it_is_as_from_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str):
    text = made(["X-1,Büro à côté,2026-01-05T10:00,Jörg,Bug,-"], 5, "\n").decode()
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode(encoding))
    expected = read_log(path.read_bytes(), "log.csv")
    assert expected.log is not None
    assert "Büro à côté" in expected.log.stages
    monkeypatch.setattr(text_frames, "LARGE", 0)
    monkeypatch.setattr(large_texts, "HEAD", 700)
    monkeypatch.setattr(large_texts, "PIECE", 1000)
    check_same(read_log(path, "log.csv"), expected)


def test_rows_that_were_let_go_are_read_again(monkeypatch: pytest.MonkeyPatch):
    lines = made([], 7, "\n").decode().splitlines()
    kinds = ["Resolution", *(("Fixed", "Won't do", "")[row % 3] for row in range(len(lines) - 1))]
    data = "\n".join(f"{line},{kind}" for line, kind in zip(lines, kinds, strict=True)).encode()
    expected = read_log(data, "log.csv")
    assert expected.log is not None
    assert expected.log.cancelled.any()
    monkeypatch.setattr(text_frames, "LARGE", 0)
    monkeypatch.setattr(large_texts, "HEAD", 700)
    monkeypatch.setattr(large_texts, "PIECE", 1000)
    check_same(read_log(data, "log.csv"), expected)
    forget = large_texts.FileColumn.forget_rows
    monkeypatch.setattr(Reader, "forget_rows", lambda reader: [forget(column) for column in reader.frame.columns])
    check_same(read_log(data, "log.csv"), expected)


def test_a_large_file_is_left_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\n")
    assert stored_at(path, LOG_LIMITS) == b"a,b\n"
    monkeypatch.setattr(files, "LARGE", 3)
    assert stored_at(path, LOG_LIMITS) == path
    with pytest.raises(ReadError, match="cannot be opened"):
        stored_at(tmp_path / "none.csv", LOG_LIMITS)


def test_a_column_that_is_not_needed_is_not_read(monkeypatch: pytest.MonkeyPatch):
    read: set[int] = set()
    load = large_texts.Pieces.load

    def watched(self: large_texts.Pieces, texts: set[int], times: dict[int, bool]) -> None:
        read.update(texts, times)
        load(self, texts, times)

    monkeypatch.setattr(text_frames, "LARGE", 0)
    monkeypatch.setattr(large_texts.Pieces, "load", watched)
    assert read_log(made([], 1, "\n"), "log.csv").log is not None
    assert read == {0, 1, 2, 3, 4}
