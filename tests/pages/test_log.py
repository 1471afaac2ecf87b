"""What the pages write into the server's log: nothing of a visitor's data."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.pages.log_opening import FLOW_PAGES, event_log, open_log
from tests.pages.opening import PAGES, open_page

NAME = "Zanzibarfrage"
TABLE = (
    "Stage,Processing time (h),Wait time (h),%C&A,Batch size,People,Demand per week,Team,Runs in parallel,Rework to\n"
    f"{NAME} one,1,20,90,5,2,9,{NAME} red,,\n"
    f"{NAME} two,2,{NAME} soon,80,1,1,9,{NAME} blue,x,{NAME} one\n"
    f"{NAME} three,3,1,70,,,9,,x,\n"
)


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Collect every record of Streamlit's loggers, which keep theirs from pytest's own `caplog`, and of all others."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(logging.Formatter("%(message)s").format(record))

    listener = Listener(logging.DEBUG)
    names = [None, *(name for name in logging.root.manager.loggerDict if name.startswith("streamlit"))]
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.addHandler(listener)
    yield said
    for logger in loggers:
        logger.removeHandler(listener)


@pytest.mark.parametrize("page", ["data.py", *PAGES])
def test_no_page_writes_a_name_from_the_file_into_the_servers_log(page: str, log: list[str]) -> None:
    open_page(page, TABLE)
    assert [line for line in log if NAME in line] == []


@pytest.mark.parametrize("page", ["data.py", *PAGES, *FLOW_PAGES])
def test_no_page_writes_a_name_from_an_item_log_into_the_servers_log(page: str, log: list[str]) -> None:
    items = event_log(12, name=f"{NAME}-{{}}").replace("In test", f"{NAME} test")
    open_log(page, items.replace("Ann", f"{NAME} Ann").replace("Bug", f"{NAME} bug"))
    assert [line for line in log if NAME in line] == []
