"""Small logs -> what is said of them: worked by hand, from the bytes of the file to the sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from vsm.analysis import Analysis, analyse
from vsm.as_json import json_object
from vsm.charts.flow import flow_pictures
from vsm.data_words import data_notes
from vsm.flow import measured_log
from vsm.flow_words import after_today, littles_law_sentences
from vsm.headlines import definition_notes, headline_figures
from vsm.items.accumulation import littles_law
from vsm.items.log import OPEN
from vsm.opening import MeasuredReading, read_data, read_joined
from vsm.public_holidays import public_holidays
from vsm.reading.log_shapes import DateRule, Layout, LogChoices, LogReading
from vsm.reading.logs import LogFile
from vsm.verdicts import verdict_sentences
from vsm.worktime import Calendar


def analysed(text: str) -> Analysis:
    stream = read_data(text.encode(), "log.csv", LogChoices()).stream
    assert stream is not None
    return analyse(stream)


def sentence(analysis: Analysis, key: str) -> str:
    return next(figure.sentence for figure in headline_figures(analysis) if figure.key == key)


def test_durations_are_said_in_the_days_of_the_file() -> None:
    found = analysed("Key,Waiting,In Progress\nA,3d,1d\nB,5d,1d\n")
    # 4 and 6 days of 8 h: 40 h on average.
    assert (found.lead_time, headline_figures(found)[0].value) == (40, "5 days")
    assert definition_notes(found)[0] == "Times are the durations that the file gives; a day in it was read as 8 h."
    assert found.rolled_complete_accurate is None
    assert sentence(found, "rolled_complete_accurate") == "Durations without dates do not tell what was sent back."


STEPS = """case,activity,start,complete,resource
1,Draft,2026-01-05 08:00,2026-01-05 10:00,Ann
1,Legal,2026-01-05 10:00,2026-01-05 14:00,Ann
1,Tech,2026-01-05 11:00,2026-01-05 12:00,Bob
1,Sign,2026-01-05 15:00,2026-01-05 16:00,Ann
"""


def test_work_side_by_side_counts_once_and_handoffs_are_told() -> None:
    found = analysed(STEPS)
    # Of 8 to 16 o'clock only the hour from 14 to 15 is waiting.
    assert found.flow_efficiency == 7 / 8
    assert "side by side counted once" in sentence(found, "flow_efficiency")
    # Ann, Ann, Bob, Ann.
    assert "another person 2 of 3 times" in sentence(found, "handoffs")


def test_one_person_for_each_item_does_not_tell_of_handoffs() -> None:
    wide = (
        "ID,Assignee,To do,Build,Done\n1,Ann,2026-01-05,2026-01-06,2026-01-07\n2,Bob,2026-01-05,2026-01-07,2026-01-08\n"
    )
    steps = "ID,Assignee,Cut start,Cut end,Sew start,Sew end\n1,Ann,2026-01-05,2026-01-06,2026-01-07,2026-01-08\n"
    for text in (wide, steps):
        assert sentence(analysed(text), "handoffs") == "The log does not tell how many people touch an item."


def read(text: str) -> LogReading:
    return read_data(text.encode(), "log.csv", LogChoices())


ISSUES = """number,title,state,stateReason,createdAt,closedAt
11,a,CLOSED,COMPLETED,2026-01-05T10:00:00Z,2026-01-06T10:00:00Z
12,b,CLOSED,NOT_PLANNED,2026-01-05T10:00:00Z,2026-01-09T10:00:00Z
13,c,OPEN,,2026-01-07T10:00:00Z,
"""


def test_what_was_closed_and_not_done_is_cancelled() -> None:
    found = read(ISSUES)
    assert found.log is not None
    assert found.log.cancelled.tolist() == [False, True, False]
    assert (found.log.finished == OPEN).tolist() == [False, True, True]
    assert any("“stateReason” says (“NOT_PLANNED”)" in note for note in found.notes)


def test_a_resolution_that_says_done_cancels_nothing() -> None:
    found = read(ISSUES.replace("NOT_PLANNED", "COMPLETED"))
    assert found.log is not None
    assert not found.log.cancelled.any()


GERMAN = """Vorgang;HEADER;Beginn;Ende
1;Prüfung;2026-01-05 09:00;2026-01-05 12:00
1;Freigabe;2026-01-06 09:00;2026-01-06 12:00
2;Prüfung;2026-01-06 09:00;2026-01-06 12:00
2;Freigabe;2026-01-09 09:00;2026-01-09 12:00
"""


@pytest.mark.parametrize("header", ["Bearbeitungsschritt", "Prozessschritt", "Tätigkeit", "Station", "Arbeitsgang"])
def test_german_names_of_the_stage_column(header: str) -> None:
    found = read(GERMAN.replace("HEADER", header))
    assert found.log is not None
    assert found.log.stages == ("Prüfung", "Freigabe")


def test_a_column_that_could_name_stages_is_asked_for() -> None:
    found = read(GERMAN.replace("HEADER", "Wobei"))
    assert any("If “Wobei” names the stage" in question for question in found.questions)


# One item begins each Monday at 9:00 and takes until Tuesday 9:00; the log ends with the last one.
WEEKLY = "Item,Status,Timestamp\n" + "".join(
    f"{week},Development,2026-{month}-{monday:02} 09:00\n{week},Done,2026-{month}-{monday + 1:02} 09:00\n"
    for week, (month, monday) in enumerate([("01", 5), ("01", 12), ("01", 19), ("01", 26), ("02", 2)])
)


def test_little_s_law_is_one_law_and_one_sentence_on_either_clock() -> None:
    data = WEEKLY.encode()
    elapsed, working = (read_data(data, "log.csv", LogChoices(calendar=calendar)) for calendar in (None, Calendar()))
    assert elapsed.stream is not None
    assert working.stream is not None
    # 29 days with an item in 5 of them. The law: 3 whole weeks, one item in each, of 24 h in a week of 168 h.
    said = "By Little's law 1 a week at 24 h each (elapsed time) make a load of 0.1; counted over the whole time of the"
    for reading in (elapsed, working):
        found = analyse(reading.stream)
        assert found.load_by_littles_law == pytest.approx(1 * 24 / 168)
        assert found.flow_load == pytest.approx(5 / 29)
        assert said in sentence(found, "flow_load")
        assert littles_law_sentences(littles_law(reading.log))[0] in sentence(found, "flow_load")
    assert analyse(working.stream).lead_time == 8  # from 9:00 to 17:00 of one working day


def test_a_log_of_whole_days_names_the_same_last_day_everywhere() -> None:
    rows = "A,2026-01-05,2026-01-07\nB,2026-01-06,2026-01-09\nC,2026-01-08,\n"
    reading = read_data(f"Key,Development,Done\n{rows}".encode(), "a.csv")
    assert isinstance(reading, MeasuredReading)
    assert reading.stream is not None
    assert reading.log is not None
    notes = " ".join(data_notes(analyse(reading.stream)))
    assert "1 item is still open on 9 January 2026" in notes
    drawn = {picture.key: picture for picture in flow_pictures(measured_log(reading.log))}["cumulative_flow"]
    assert "3 items had come in by 9 January 2026 and 2 had left: 1 is inside." in drawn.sentence
    assert drawn.data["By the end of"].iloc[-1].date() == dt.date(2026, 1, 9)
    assert list(drawn.data.iloc[-1])[1:] == [3, 2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Item,Status,Timestamp\n", "header of a log of items"),
        (
            "Key,Development,Testing,Done\nA,2026-01-05,,\nB,2026-01-06,,\n",
            "A log of items needs a status with the time of each change",
        ),
        ("Item,Created\nA,2026-01-01\nB,2026-01-02\n", "dates in the columns of at least two stages"),
    ],
)
def test_a_log_too_small_to_measure_is_refused_in_the_words_of_logs(text: str, says: str) -> None:
    reading = read_data(text.encode(), "tiny.csv")
    assert reading.stream is None
    assert says in reading.blocking[0].message
    assert "by stage first" not in reading.blocking[0].message


TODO_ONLY = """Key,Status,Changed
A,To do,2026-01-05 09:00
A,Build,2026-01-05 09:00
A,Test,2026-01-06 09:00
A,Build,2026-01-07 09:00
A,Test,2026-01-08 09:00
A,Done,2026-01-09 09:00
"""


def test_where_a_status_waits_and_nothing_waited_it_is_not_said_that_waits_cannot_be_told() -> None:
    found = analysed(TODO_ONLY)
    assert found.flow_efficiency == 1
    assert verdict_sentences(found)[0] == "No finished item waited, so there is no queue to accuse."
    undivided = analysed(TODO_ONLY.replace("To do", "Design"))
    assert verdict_sentences(undivided)[0].startswith("Nothing in the log tells waiting from work")


@pytest.mark.parametrize("statuses", ["Ready,To do", "Build,Design"], ids=["none active", "none waits"])
def test_with_statuses_of_one_kind_flow_efficiency_is_not_measured(statuses: str) -> None:
    first, second = statuses.split(",")
    steps = ((first, "05"), (second, "06"), ("Done", "08"))
    text = "Key,Status,Changed\n" + "".join(f"A,{status},2026-01-{day} 09:00\n" for status, day in steps)
    found = analysed(text)
    assert (found.lead_time, found.flow_efficiency) == (72, None)
    assert sentence(found, "flow_efficiency").startswith("Nothing in the log tells work from waiting")


def test_how_often_items_were_sent_back_is_said_as_people_say_it() -> None:
    assert "Items were sent back once;" in sentence(analysed(TODO_ONLY), "rolled_complete_accurate")
    twice = TODO_ONLY + TODO_ONLY.split("\n", 1)[1].replace("A,", "B,")
    assert "Items were sent back twice;" in sentence(analysed(twice), "rolled_complete_accurate")


def test_which_stage_a_wait_counts_for_is_said_with_the_definitions() -> None:
    dated, durations = analysed(TODO_ONLY), analysed("Key,Waiting,In Progress\nA,3d,1d\nB,5d,1d\n")
    assert any("an interruption of that stage and counts there" in note for note in definition_notes(dated))
    assert any("durations do not tell which stage it interrupted" in note for note in definition_notes(durations))


def test_a_log_that_reaches_beyond_today_is_told_so() -> None:
    text = "Item,Status,Changed\nA,To do,2026-10-05\nA,Done,2026-10-08\nB,To do,2026-10-06\nB,Done,2027-02-08\n"
    measured = analysed(text).stream.measured
    said = after_today(measured, dt.date(2026, 10, 9))
    assert said is not None
    assert said.startswith("The log reaches to 8 February 2027, which has not come yet")
    # On the 7th it is the 8th already somewhere.
    assert after_today(measured, dt.date(2027, 2, 7)) is None
    assert after_today(analysed("Key,Waiting,Doing\nA,3d,1d\nB,5d,1d\n").stream.measured, dt.date(2026, 1, 1)) is None


BY_DAYS = "ID,Build,Test,Done\nA,2026-12-21,2026-12-23,2026-12-28\nB,2026-12-22,2026-12-22,2026-12-22\n"


def definitions(text: str, choices: LogChoices) -> tuple[str, ...]:
    stream = read_data(text.encode(), "log.csv", choices).stream
    assert stream is not None
    return definition_notes(analyse(stream))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DateRule.INCLUSIVE, "an item that is finished on the day it began took one day."),
        (DateRule.DIFFERENCE, "an item that is finished on the day it began took no time."),
    ],
)
def test_the_definitions_say_how_days_were_counted(rule: DateRule, words: str) -> None:
    (told,) = [note for note in definitions(BY_DAYS, LogChoices(dates=rule)) if "without a time of day" in note]
    assert told.endswith(words)


def test_times_of_day_need_no_word_on_days() -> None:
    assert not any("without a time of day" in note for note in definitions(STEPS, LogChoices()))


def test_files_that_count_days_in_two_ways_say_both() -> None:
    rules = (DateRule.INCLUSIVE, DateRule.DIFFERENCE)
    files = [
        LogFile(name=f"{rule}.csv", file=BY_DAYS.encode(), choices=LogChoices(dates=rule, layout=Layout.WIDE_DATES))
        for rule in rules
    ]
    stream = read_joined(files).stream
    assert stream is not None
    told = [note for note in definition_notes(analyse(stream)) if "without a time of day" in note]
    assert [note[:22] for note in told] == ["In some of the files, "] * 2


def test_completed_days_are_their_difference() -> None:
    text = "case:concept:name,concept:name,time:timestamp\nA,Check,2026-01-05\nA,Pay,2026-01-07\n"
    (told,) = [note for note in definitions(text, LogChoices()) if "without a time of day" in note]
    assert "by their difference" in told


def test_the_definitions_name_the_working_hours_and_the_holidays() -> None:
    # Of December 2026, 25 is a Friday and 26 a Saturday, on which nobody works anyway.
    german = Calendar(timezone="Europe/Berlin", country="DE-BY", holidays=public_holidays("DE-BY"))
    days = frozenset({dt.date(2026, 12, 24), dt.date(2026, 12, 26), dt.date(2027, 1, 1)})
    listed = Calendar(begins=dt.time(8), ends=dt.time(16, 30), weekdays=(True,) * 6 + (False,), holidays=days)
    plain = Calendar(begins=dt.time(18), ends=dt.time(0), weekdays=(True, False, True) + (False,) * 4)
    assert [definitions(BY_DAYS, LogChoices(calendar=calendar))[0] for calendar in (german, listed, plain)] == [
        "Times are working time: only working time counts, 8 h a day and 5 days a week. People work Monday to "
        "Friday, 09:00 to 17:00 in Europe/Berlin, but not on the public holidays of Germany (DE-BY): 25 December 2026.",
        "Times are working time: only working time counts, 8.5 h a day and 6 days a week. People work Monday to "
        "Saturday, 08:00 to 16:30 in UTC, but not on holidays: 24 December 2026 and 26 December 2026.",
        "Times are working time: only working time counts, 6 h a day and 2 days a week. People work Monday and "
        "Wednesday, 18:00 to 24:00 in UTC, and no holiday is left out.",
    ]


def test_the_json_says_how_days_and_hours_were_counted() -> None:
    calendar = Calendar(holidays=frozenset({dt.date(2026, 12, 24)}))
    reading = read_data(BY_DAYS.encode(), "log.csv", LogChoices(calendar=calendar))
    assert reading.stream is not None
    told = json_object(analyse(reading.stream), reading)["definitions"]
    assert told["dates"] == ["inclusive"]
    assert told["working_time"] == {
        "workday": "09:00-17:00",
        "workweek": "mon-fri",
        "timezone": "UTC",
        "country": None,
        "holidays": ["2026-12-24"],
    }


def test_the_queue_of_the_stage_an_item_is_in_is_no_way_back() -> None:
    text = "Key,Status,Changed\n" + "".join(
        f"A,{status},2026-01-0{day} 08:00\n"
        for day, status in enumerate(("Ready for review", "In review", "Ready for review", "In review", "Done"), 4)
    )
    stream = read_data(text.encode(), "log.csv", LogChoices()).stream
    assert stream is not None
    assert stream.measured is not None
    assert (stream.measured.sent_back, stream.stages[0].visits) == (0, 1)
    assert (stream.stages[0].processing_time, stream.stages[0].wait_time) == (48, 48)
    assert any("from “In review” to “Ready for review”" in note for note in definition_notes(analyse(stream)))
