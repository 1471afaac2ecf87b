"""What is sent to a browser is the chart itself: the same marks, the same data, made once."""

from __future__ import annotations

import pyarrow as pa

from tests.streams import WORKED
from vsm.analysis import analyse
from vsm.charts import pictures


def test_data_is_sent_as_arrow_and_is_that_of_the_chart() -> None:
    picture = pictures(analyse(WORKED))[0]
    spec, whole = picture.specification, picture.chart.to_dict()
    assert spec["layer"] == whole["layer"]
    sent = {name: pa.ipc.open_stream(data).read_all().to_pylist() for name, data in spec["datasets"].items()}
    assert sent == whole["datasets"]
    assert sum(len(rows) for rows in sent.values()) > 0


def test_colours_and_sizes_are_left_to_the_page() -> None:
    for picture in pictures(analyse(WORKED)):
        assert "config" not in picture.specification
        assert picture.specification["width"] == "container"


def test_it_is_made_once() -> None:
    picture = pictures(analyse(WORKED))[0]
    assert picture.specification is picture.specification
