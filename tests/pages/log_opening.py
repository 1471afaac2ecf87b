"""Open a page as a visitor would who has brought an item log, for the tests of the pages about items."""

from __future__ import annotations

import datetime as dt

from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded
from tests.pages.opening import ROOT
from vsm.reading.log_shapes import LogChoices

FLOW_PAGES = ("flow.py", "rework.py", "waits.py", "forecast.py", "compare.py")
START = dt.datetime(2026, 1, 5, 9)
"""A Monday."""
STATUSES = ("To do", "In progress", "Waiting for test", "In test", "Done")


def event_log(items: int = 40, *, people: bool = True, types: bool = True, name: str = "T-{}") -> str:
    """Write an event log: one item begins each day, spends a day in each status, and every fifth is sent back."""
    head = "Item,Status,Time" + (",Type" if types else "") + (",Assignee" if people else "")
    lines = [head]
    for item in range(items):
        path = ["To do", "In progress", "Waiting for test", "In test", "Done"]
        if item % 5 == 0:
            path[4:4] = ["In progress", "In test"]
        for step, status in enumerate(path[: 3 if item >= items - 3 and items > 5 else None]):
            time = START + dt.timedelta(days=item + step, hours=item % 7)
            row = [name.format(item), status, f"{time:%Y-%m-%d %H:%M}"]
            row += [("Bug", "Story")[item % 2]] if types else []
            row += [("Ann", "Bo", "Cy")[(item + step) % 3]] if people else []
            lines.append(",".join(row))
    return "\n".join(lines) + "\n"


WITHOUT_DATES = "Item,In progress,Waiting for test,In test\nA-1,2d,1d,3h\nA-2,1d,4d,2h\nA-3,3d,2d,1h\n"


def open_log(page: str, data: str, *, query: dict[str, str] | None = None) -> AppTest:
    """Run a page with a CSV text loaded as an item log; it must not fail."""
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.session_state["loaded"] = Loaded(name="typed.csv", data=data.encode())
    test.session_state["choices"] = LogChoices()
    test.query_params.update(query or {})
    test.run()
    test.switch_page(page).run()
    assert not test.exception, test.exception[0].stack_trace
    return test
