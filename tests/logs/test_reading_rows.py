"""Every row of a log is used, blank, or left out for a reason that names it; no file brings the reader down."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import logs_by_hand as by_hand
from vsm.items.build import Status, StatusKind
from vsm.items.facts import measure
from vsm.items.log import OPEN
from vsm.model import Severity
from vsm.reading.files import open_path
from vsm.reading.log_shapes import Layout, LogChoices, LogReading, LogRole
from vsm.reading.logs import looks_like_log, read_log
from vsm.reading.logs.lifecycles import pair
from vsm.reading.shapes import Choices
from vsm.reading.stages import read_workbook
from vsm.template import template_csv, template_xlsx
from vsm.worktime import ElapsedClock

HEADERS = (
    "Case ID,Activity,Start,End,Resource",
    "Case ID,Activity,Timestamp,lifecycle:transition,handling_id",
    "Key,Status,Changed,Type",
    "Key,Field,From,To,Changed",
    "ID,Backlog,Build,Done,Type",
    "Key,To Do,In Progress,Done",
    "ID,Created,Closed",
    "number,title,createdAt,mergedAt,closedAt",
    "Definition,ID,Value,Start,End,Duration",
    "Item,Stage,Entered",
    "Item,A start,A end,B start,B end",
)
CELLS = st.sampled_from(
    ["", "", " ", "NA", "A-1", "A-2", "Build", "Done", "To Do", "Cancelled", "status", "start", "complete", "suspend",
     "2026-01-05", "2026-01-06 10:00", "2026-01-07T10:00:00Z", "05/06/2026", "31/02/2026", "45678.5", "1767225600",
     "2h", "1d 3h", "-", "0", "12.5", "#N/A", "1e400", "-5", 'say "x"', "a,b", "two\nlines", "\u202eright", "x" * 300,
     "99999999999999999999", "=1+1"]
)  # fmt: skip


def written(rows: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


@st.composite
def files(draw: st.DrawFn) -> tuple[list[list[str]], bytes]:
    header = draw(st.sampled_from(HEADERS)).split(",")
    body = draw(st.lists(st.lists(CELLS, min_size=1, max_size=len(header) + 1), min_size=1, max_size=12))
    return body, written([header, *body])


LAYOUTS = st.sampled_from([None, None, Layout.STAGE_LOG, Layout.EVENT_LOG, Layout.WIDE_DATES, Layout.WIDE_DURATIONS])


@settings(max_examples=250, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(file=files(), layout=LAYOUTS)
def test_rows_are_conserved_and_named(file: tuple[list[list[str]], bytes], layout: Layout | None):
    body, data = file
    looks_like_log(data, "log.csv")
    found = read_log(data, "log.csv", LogChoices(layout=layout))
    if len(found.columns) == 1:
        return  # too few delimiters to see the columns
    blank = sum(not any(cell.strip() for cell in row) for row in body)
    assert found.rows.total in {len(body), len(body) - trailing_blanks(body)}
    assert found.rows.blank <= blank
    if found.log is None:
        assert found.blocking
        return
    assert len(found.left_out) == found.rows.left_out
    named = {problem.row for problem in found.problems}
    assert {left.row for left in found.left_out} <= named
    items = measure(found.log, ElapsedClock()).items
    assert (np.isfinite(items["lead_time"]) == (items["timed"] | ~items["finished"])).all()
    v = found.log.visits
    assert (v.end >= v.start).all()


def trailing_blanks(body: list[list[str]]) -> int:
    count = 0
    for row in reversed(body):
        if any(cell.strip() for cell in row):
            break
        count += 1
    return count


def reading(text: str, choices: LogChoices | None = None) -> LogReading:
    found = read_log(text.encode(), "log.csv", choices or LogChoices())
    assert found.log is not None, found.blocking
    return found


def messages(found: LogReading) -> list[str]:
    return [problem.message for problem in found.problems]


def test_what_is_wrong_is_said_of_each_row():
    found = reading(
        "case,activity,start,end\n"
        "NA,A,2026-01-05 09:00,2026-01-05 10:00\n"
        ",A,2026-01-05 09:00,\n"
        "1,,2026-01-05 09:00,\n"
        "1,A,,2026-01-05 10:00\n"
        "1,A,2026-01-05 12:00,2026-01-05 10:00\n"
        "1,A,yesterday,2026-01-05 10:00\n"
        "\n"
        "NA,A,2026-01-05 09:00,2026-01-05 10:00\n"
    )
    assert (found.rows.used, found.rows.left_out, found.rows.blank) == (1, 6, 1)
    assert [problem.row for problem in found.problems] == [3, 4, 7, 5, 6, 9]
    assert messages(found)[0] == "Row 3 names no item, so it was left out. Fill in the item if the row counts."
    assert messages(found)[2] == (
        "Row 7 has a time that cannot be read (“yesterday” in column “start”), so it was left out. Write it as "
        "year-month-day hour:minute and load the file again."
    )
    assert messages(found)[4].startswith("Row 6 ends before it starts (“2026-01-05 10:00” in column “end”)")
    assert found.problems[5].severity is Severity.NOTE


def test_many_rows_of_one_reason_are_one_problem():
    rows = "".join(f"{n},A,2026-01-05 09:00\n,A,2026-01-05 09:00\n" for n in range(2000))
    found = reading("case,status,changed\n" + rows)
    assert (found.rows.used, found.rows.left_out) == (2000, 2000)
    assert len(found.problems) == 1
    assert messages(found)[0].startswith("2,000 rows name no item, so they were left out: rows 3, 5, 7,")
    assert "and 1,800 more" in messages(found)[0]
    assert len(found.left_out) == 1000


def test_a_case_named_na_is_a_case():
    found = reading("case,status,changed\nNA,Done,2026-01-05\nNone,Done,2026-01-05\nnull,Done,2026-01-05\n")
    assert found.log is not None
    assert list(found.log.items) == ["NA", "None", "null"]


def test_doubtful_dates_are_asked_about_and_the_choice_counts():
    text = "case,activity,start,end\n1,A,03/04/2026,05/04/2026\n"
    asked, told = reading(text), reading(text, LogChoices(day_first=False))
    assert len(asked.questions) == 1
    assert "03/04/2026 can be read with the day or the month first" in asked.questions[0]
    assert told.questions == ()
    assert asked.log is not None
    assert told.log is not None
    days = [(log.finished - log.begun)[0] / 86_400_000_000 for log in (asked.log, told.log)]
    assert days == [3, 62]  # 3 to 5 April; 28 days of March, 30 of April, 4 of May


def test_a_column_that_nobody_knows_can_be_chosen_by_header_or_letter():
    text = "Thing,Where,Moment\nq,In work,2026-01-05\nq,Done,2026-01-06\n"
    blocked = read_log(text.encode(), "log.csv")
    assert blocked.log is None
    assert blocked.blocking[0].message.startswith("No column was found that names")
    assert blocked.rows.total == 2
    found = reading(text, LogChoices(columns=((LogRole.ITEM, "thing"), (LogRole.STAGE, "B"))))
    assert [(c.role, c.why) for c in found.columns][:2] == [
        (LogRole.ITEM, "chosen by you"),
        (LogRole.STAGE, "chosen by you"),
    ]


def test_a_chosen_column_that_is_not_there_is_named_with_what_was_used_instead():
    columns = ((LogRole.ITEM, "Foo"), (LogRole.TEAM, "Squad"), (LogRole.IGNORE, "Notes"), (LogRole.STAGE, "status"))
    found = reading("case,status,changed\n1,Build,2026-01-05\n1,Done,2026-01-06\n", LogChoices(columns=columns))
    assert found.log is not None
    assert list(found.log.items) == ["1"]
    assert messages(found) == [
        "The column “Foo” was chosen as the item, but the file has no such column: “case” was used instead, as "
        "recognised. Choose another column if that is wrong.",
        "The column “Squad” was chosen as the team, but the file has no such column: nothing was taken in its place. "
        "Choose another column, or load a file that has it.",
    ]


def test_of_several_chosen_columns_those_that_are_there_are_used():
    columns = tuple((LogRole.STAGE_DATE, name) for name in ("Build", "Review", "Done"))
    found = reading("ID,Build,Test,Done\n1,2026-01-05,2026-01-06,2026-01-07\n", LogChoices(columns=columns))
    assert [status.name for status in found.statuses] == ["Build", "Done"]
    (message,) = messages(found)
    assert "“Review” was chosen as when an item came to each stage" in message
    assert "“Build” and “Done” were used alone" in message


def test_a_missing_column_that_nothing_replaces_is_named_though_the_log_cannot_be_read():
    choices = LogChoices(columns=((LogRole.ITEM, "Foo"),))
    found = read_log(b"thing,what,day\n1,Build,x\n1,Done,y\n", "log.csv", choices)
    assert found.log is None
    assert "“Foo” was chosen as the item" in messages(found)[0]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (("Build", "Test"), []),
        (("test", "build"), []),
        (("Build", "Ready for test"), []),  # a status puts its stage
        (("Build", "Review", "Test"), ["names “Review”, which is no stage of this file."]),
        (("Design", "Review", "Test"), ["names “Design” and “Review”, which are no stages", "leaves out “Build”: it"]),
    ],
)
def test_an_order_of_stages_that_does_not_fit_is_named(order: tuple[str, ...], said: list[str]):
    found = reading(by_hand.EVENTS, LogChoices(stage_order=order))
    notes = [note for note in found.notes if note.startswith("The order of the stages that was chosen")]
    assert len(notes) == len(said)
    assert all(words in note for words, note in zip(said, notes, strict=True))


def test_an_ignored_status_leaves_its_rows_out_with_a_note():
    ignored = Status(name="blocked", kind=StatusKind.IGNORE, stage="blocked")
    text = "case,status,changed\n1,Build,2026-01-05\n1,Blocked,2026-01-06\n1,Done,2026-01-07\n"
    found = reading(text, LogChoices(statuses=(ignored,)))
    assert found.left_out == ((3, "The row is in a status that is ignored.", None),)


def test_rows_that_are_short_long_or_torn_keep_their_numbers():
    found = reading(
        'case,status,changed\n1,Build,2026-01-05\n1\n1,"Two\nlines",2026-01-06\n1,,2026-01-07\n1,Done,2026-01-08,x\n'
    )
    assert [left.row for left in found.left_out] == [3, 6]
    assert any("More cells than the header has columns: row 7." in text for text in messages(found))
    torn = reading('case,status,changed\n1,"Build,2026-01-05\n1,Done,2026-01-06\n')
    assert torn.rows.used == 2
    assert [problem.row for problem in torn.problems] == [2]


def test_completions_without_start_and_starts_without_completion_are_said():
    found = reading(
        "case id,activity,lifecycle:transition,timestamp\n"
        "1,A,complete,2026-01-05 09:00\n1,A,start,2026-01-05 10:00\n1,A,complete,2026-01-05 11:00\n"
        "1,B,start,2026-01-05 12:00\n"
    )
    assert "Started and never completed, so these activities count as still open: row 5. " in messages(found)[0]
    assert "Completed without a start, so these activities count as done in no time: row 2. " in messages(found)[1]


def test_pairs_are_made_first_in_first_out():
    # Two starts, one completion, one start, two completions: 1-3, 2-5, 4-6; and in another group a completion alone.
    group = np.array([0, 0, 0, 0, 0, 0, 1])
    time = np.array([1, 2, 3, 4, 5, 6, 1], dtype=np.int64)
    found = pair(group, time, np.array([False, False, True, False, True, True, True]))
    assert sorted(zip(found.start.tolist(), found.end.tolist(), strict=True)) == [(1, 1), (1, 3), (2, 5), (4, 6)]
    assert found.lone_completions.tolist() == [6]


def test_a_table_of_stages_is_no_log():
    for text in (
        "Stage,Processing time (h),Wait time (h),%C&A\nBuild,2,16,90\nTest,1,8,80\n",
        "Step,Start date,Processing time,Wait time\nBuild,2026-01-05,2h,3h\nTest,2026-01-06,2h,3h\n",
        "Item,Processing time,Wait time\nBuild,2h,3h\nTest,2h,3h\n",
        "ID,Step,PT,WT\n1,Build,2h,3h\n2,Test,2h,3h\n",
        "Name,Monday,Tuesday\nAnn,8,8\nBo,4,4\n",
    ):
        assert looks_like_log(text.encode(), "table.csv") is None


def test_stretches_in_statuses_wait_and_end_by_their_names():
    found = reading(
        "card,column,entered,exited\n"
        "x,To do,2026-01-05 10:00,2026-01-05 11:00\nx,Doing,2026-01-05 11:00,2026-01-05 13:00\n"
        "x,Done,2026-01-05 13:00,\n"
    )
    log = found.log
    assert log is not None
    assert log.stages == ("Doing",)
    hours = (log.visits.end - log.visits.start) / 3_600_000_000
    assert (hours[log.visits.waiting].tolist(), hours[~log.visits.waiting].tolist()) == ([1], [2])
    assert (log.finished - log.begun).tolist() == [3 * 3_600_000_000]


def test_a_status_from_before_the_first_change_is_said_to_be_unknown():
    found = reading("Key,From,To,Date\nA,To Do,Doing,2026-01-05 12:00\nA,Doing,Done,2026-01-07 12:00\n")
    assert any(note.startswith("1 item was in a status before the first change") for note in found.notes)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("2d 4h", 20), ("1w", 40), ("30m", 0.5), ("1h30m", 1.5), ("90s", 0.025), ("1 day", 8), ("1:30", 1.5)],
)
def test_durations_of_a_report_are_read_as_people_write_them(text: str, hours: float):
    found = reading(f"Key,Build,Test\nA,{text},1h\nB,2h,1h\n")
    log = found.log
    assert log is not None
    assert (log.visits.end - log.visits.start)[0] / 3_600_000_000 == pytest.approx(hours)


def test_a_start_and_an_end_column_for_each_stage_give_its_visits():
    text = (
        "Item,Analysis start,Analysis end,Build start,Build end\n"
        "1,2026-01-05 09:00,2026-01-05 11:00,2026-01-05 14:00,2026-01-05 15:00\n"
        "2,2026-01-05 09:00,2026-01-05 10:00,2026-01-05 10:00,\n"
        "3,,,2026-01-05 10:00,2026-01-05 09:00\n"
    )
    assert looks_like_log(text.encode(), "log.csv") is Layout.WIDE_DATES
    found = reading(text)
    log = found.log
    assert log is not None
    assert log.stages == ("Analysis", "Build")
    v = log.visits
    hours = np.where(v.end == OPEN, -1, (v.end - v.start) / 3_600_000_000)
    visits = list(zip(v.item.tolist(), v.stage.tolist(), v.waiting.tolist(), hours.tolist(), strict=True))
    assert visits == [(0, 0, False, 2), (0, 1, True, 3), (0, 1, False, 1), (1, 0, False, 1), (1, 1, False, -1)]
    assert "“2026-01-05 09:00” lies before the start" in messages(found)[0]
    assert found.left_out[0][0] == 4


def test_a_report_with_durations_counts_and_dates_is_one_of_durations():
    header = ",".join(f"Step {i},Step {i} (count),Step {i} entered" for i in range(60))
    rows = [",".join(f"{n + 1}h,2,2026-01-0{n + 1} 10:00" for _ in range(60)) for n in range(3)]
    text = f"Key,{header}\n" + "".join(f"K-{n},{row}\n" for n, row in enumerate(rows))
    assert looks_like_log(text.encode(), "report.csv") is Layout.WIDE_DURATIONS
    log = reading(text).log
    assert log is not None
    assert len(log.stages) == 60
    assert ((log.finished - log.begun) / 3_600_000_000).tolist() == [60, 120, 180]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "sample_data").iterdir()), ids=lambda path: path.name
)
def test_a_sample_is_taken_for_what_it_is(path: Path):
    found = read_workbook(open_path(path), Choices())  # as a table of stages
    assert (looks_like_log(path.read_bytes(), path.name) is None) is (found.stream is not None)


def test_the_template_is_no_log():
    assert looks_like_log(template_xlsx(), "template.xlsx") is None
    assert looks_like_log(template_csv(), "template.csv") is None


def test_names_that_differ_in_capitals_are_one_status():
    found = reading(
        "Key,Status,Changed\nA,In progress,2026-01-05 10:00\nA,In Progress,2026-01-05 11:00\nA,done,2026-01-05 12:00\n"
    )
    log = found.log
    assert log is not None
    assert log.stages == ("In progress",)
    assert len(log.visits) == 1
    assert "“In Progress” as “In progress”" in messages(found)[0]


CHAIN = """Key,From status,To status,Changed
A,To do,In Progress,2026-01-05 09:00
A,In Progress,Review,2026-01-06 09:00
A,Testing,Done,2026-01-07 09:00
B,To do,In progress,2026-01-05 09:00
B,in Progress,Review,2026-01-06 09:00
B,Review,Done,2026-01-08 09:00
"""


def test_a_change_that_leaves_another_status_than_the_one_come_to_is_named():
    problem = next(
        p for p in read_log(CHAIN.encode(), "changes.csv").problems if p.repair == "Changes that are missing"
    )
    assert (problem.row, problem.found) == (4, "Testing")
    assert problem.message.startswith("Row 4 leaves another status than the one that the item came to before")


def test_of_changes_at_one_time_nothing_tells_which_came_first():
    text = CHAIN.replace("A,Testing,Done,2026-01-07 09:00", "A,Review,Done,2026-01-06 09:00")
    newest_first = "\n".join([text.splitlines()[0], *reversed(text.splitlines()[1:])])
    assert not any(p.repair == "Changes that are missing" for p in read_log(newest_first.encode(), "c.csv").problems)
