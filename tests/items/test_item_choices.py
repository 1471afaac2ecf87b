"""The items behind waits and a forecast: by hand, in the order in which they are asked for."""

from __future__ import annotations

from tests.items.logs import DAY, HOUR, at, intervals
from vsm.flow import measured_log
from vsm.item_choices import forecast_choices, waited_choices

MONDAY = at("2026-01-05")


def visits() -> list[tuple[int, int, int, int | None]]:
    """Item 0 waits 2 h for b, item 1 6 h, item 2 is open in a; item 3 is finished behind the last whole week."""
    return [
        (0, 0, MONDAY, MONDAY + HOUR),
        (0, 1, MONDAY + 3 * HOUR, MONDAY + 4 * HOUR),
        (1, 0, MONDAY, MONDAY + HOUR),
        (1, 1, MONDAY + 7 * HOUR, MONDAY + 8 * HOUR),
        (2, 0, MONDAY, None),
        (3, 1, MONDAY + 8 * DAY, MONDAY + 9 * DAY),
    ]


def test_items_that_waited_come_by_their_wait_in_front_of_the_stage() -> None:
    (choice,) = waited_choices(measured_log(intervals(visits(), ("a", "b"), as_of=MONDAY + 9 * DAY)))
    assert choice.label == "b: 2 items"
    assert choice.items().tolist() == [1, 0]


def test_a_forecast_rests_on_the_items_of_its_whole_weeks_and_is_about_the_open_ones() -> None:
    done, still = forecast_choices(measured_log(intervals(visits(), ("a", "b"), as_of=MONDAY + 9 * DAY)))
    assert done.label == "Finished in these weeks: 2 items"
    assert done.items().tolist() == [1, 0]  # 8 h and 4 h
    assert still.label == "Open now: 1 item"
    assert still.items().tolist() == [2]
