"""Rework and paths, why it waits, forecast and compare: what a person asks there is answered from the log."""

from __future__ import annotations

from tests.pages.log_opening import event_log, open_log
from tests.pages.opening import words

HEAD = "Case,Activity,Start,End,Resource,Type\n"
# Ann takes the second item when she has done the first: it waits from 10 to 12, while she works on the first from 10.
CONTENTION = HEAD + (
    "1,A,2026-01-05 09:00,2026-01-05 10:00,Bo,Story\n1,B,2026-01-05 10:00,2026-01-05 12:00,Ann,Story\n"
    "2,A,2026-01-05 09:00,2026-01-05 10:30,Cy,Bug\n2,B,2026-01-05 12:00,2026-01-05 13:00,Ann,Bug\n"
)


def test_items_sent_back_are_counted_and_listed() -> None:
    test = open_log("rework.py", event_log())
    # Every fifth of 40 items is sent back once.
    assert "8 items of 40 were sent back, 8 times in all, all of them from In test to In progress." in words(test)
    assert "Finished items took 2 different paths" in words(test)
    choice = next(box for box in test.selectbox if box.label == "Items that were sent back")
    choice.set_value(0).run()
    assert not test.exception
    assert "8 items sent back from In test to In progress." in words(test)
    listed = next(frame.value for frame in test.dataframe if "Sent back" in frame.value)
    assert list(listed["Item"]) == ["T-0", "T-5", "T-10", "T-15", "T-20", "T-25", "T-30", "T-35"]


def test_without_anything_sent_back_the_page_says_so() -> None:
    steps = (("To do", 5), ("Doing", 6), ("Testing", 7), ("Done", 8))
    data = "Item,Status,Time\n" + "".join(f"A,{status},2026-01-0{day} 09:00\n" for status, day in steps)
    assert "No item was sent back: every move leads to a later stage." in words(open_log("rework.py", data))


def test_a_wait_is_the_next_persons_other_work() -> None:
    said = words(open_log("waits.py", CONTENTION))
    # 90 minutes in all, all of them while Ann works on what was ready earlier.
    assert "1 wait took 1.5 h in all; of this 100% is contention." in said
    assert "100% of the times that work on an item went on, another person took it (twice)." in said


def test_the_cause_of_a_wait_is_known_though_the_other_item_is_not_chosen() -> None:
    test = open_log("waits.py", CONTENTION, query={"type": "Bug"})
    assert "only Bug: 1 of 2 items" in str(test.caption[0].value).replace("\\", "")
    assert "1 wait took 1.5 h in all; of this 100% is contention." in words(test)


def test_office_hours_make_nights_unavailable() -> None:
    data = HEAD + (
        "1,A,2026-01-05 09:00,2026-01-05 17:00,Bo,Story\n1,B,2026-01-06 09:00,2026-01-06 12:00,Ann,Story\n"
        "2,A,2026-01-05 09:00,2026-01-05 10:30,Cy,Bug\n"
    )
    test = open_log("waits.py", data)
    assert "1 wait took 16 h in all, and the log tells no cause of it." in words(test)
    assert "Nobody's working hours are known" in words(test)
    test.toggle(key="usual_hours").set_value(True).run()
    assert "1 wait took 16 h in all; of this 100% is unavailability." in words(test)
    assert "Nobody's working hours are known" not in words(test)


def test_a_log_without_people_says_what_a_column_with_them_would_tell() -> None:
    assert "The log names no people" in words(open_log("waits.py", event_log(people=False)))


def test_an_even_past_gives_a_sure_forecast() -> None:
    # From the second week on 7 items finish in each whole week: no item is sent back, one begins each day.
    data = "Item,Stage,Start,End\n" + "".join(
        f"T-{i},Build,2026-{1 + i // 28:02}-{1 + i % 28:02} 09:00,2026-{1 + i // 28:02}-{1 + i % 28:02} 10:00\n"
        for i in range(28)
    )
    short = words(open_log("forecast.py", data))
    assert "There is no forecast. The log holds 3 whole weeks, and a forecast needs at least 8 to draw from." in short
    test = open_log("forecast.py", event_log(90, types=False).replace("T-", "X"))
    assert "whole weeks in which" in words(test)
    test.number_input[0].set_value(1).run()
    assert not test.exception
    assert "1 item will be done by" in words(test)
    test.number_input[0].set_value(100_000).run()
    assert "At this pace 100,000 items will not be done within 1,000 weeks." in words(test)


def test_two_periods_are_compared_with_an_interval() -> None:
    lines = ["Item,Stage,Start,End"]
    for i in range(60):
        day, hours = divmod(i, 2)
        lines.append(
            f"T-{i},Build,2026-01-{1 + day:02} 00:00,2026-01-{1 + day:02} {(2 if i < 30 else 12) + hours:02}:00"
        )
    test = open_log("compare.py", "\n".join(lines) + "\n")
    said = words(test)
    # Items of 2 and 3 h against items of 12 and 13 h: means of 2.5 and 12.5 h.
    assert "More than noise: mean lead time rose from 2.5 h to 12.5 h (worse)" in said
    table = test.dataframe[0].value
    assert table["Difference"].tolist()[0] == "+10 h"
    assert table["Verdict"].tolist()[0] == "More than noise"


def test_two_types_are_compared_and_few_items_are_no_proof() -> None:
    test = open_log("compare.py", event_log(12))
    test.segmented_control[0].set_value("Two types of work").run()
    assert not test.exception
    assert "at least 10 are needed to tell a difference from chance" in words(test)
    assert list(test.dataframe[0].value.columns)[1:3] == ["Type Bug", "Type Story"]


def test_one_item_leaves_nothing_to_compare() -> None:
    assert "no two parts to compare" in words(open_log("compare.py", event_log(1)))


def test_the_items_behind_the_bottleneck_are_listed_slowest_first() -> None:
    # 2 and 4 days in front of Test, the longer wait first; the third item never came there.
    data = "Item,Stage,Start,End\n" + "".join(
        f"{item},{stage},2026-01-{begin:02} 09:00,2026-01-{begin:02} 12:00\n"
        for item, stage, begin in (
            ("A", "Build", 5),
            ("A", "Test", 7),
            ("B", "Build", 5),
            ("B", "Test", 9),
            ("C", "Build", 6),
        )
    )
    test = open_log("bottlenecks.py", data)
    assert "The items that came to Test" in words(test)
    assert "2 items came to Test, the slowest first." in words(test)
    assert list(test.dataframe[0].value["Item"]) == ["B", "A"]


def test_open_items_are_listed_by_stage_oldest_first() -> None:
    test = open_log("flow.py", event_log())
    choice = next(box for box in test.selectbox if box.label == "Items that are open")
    # The last three of 40 items stopped at Waiting for test, a wait for In test.
    assert len(choice.options) == 1
    choice.set_value(0).run()
    assert "3 items open in In test." in words(test)
    listed = next(frame.value for frame in test.dataframe if "Now in" in frame.value and len(frame.value) == 3)
    assert list(listed["Item"]) == ["T-37", "T-38", "T-39"]
