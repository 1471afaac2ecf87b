"""One Spark session for all tests, on two cores of this machine; where PySpark or Java is missing, they are skipped."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator

import pytest

from vsm.spark.session import session


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed (requirements-spark.txt)")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    os.environ["PYSPARK_SUBMIT_ARGS"] = "--master local[2] pyspark-shell"
    started = session()
    # Small files in several pieces, as large ones are.
    started.conf.set("spark.sql.files.maxPartitionBytes", "8000")
    started.conf.set("spark.sql.files.openCostInBytes", "0")
    yield started
    started.stop()
