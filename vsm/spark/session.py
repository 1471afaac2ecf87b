"""Where PySpark comes in, and nowhere else: a session, work for its executors, and its errors in a sentence."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from vsm.reading.shapes import ReadError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Batches = Iterable[pa.RecordBatch]
Work = Callable[[Batches], Iterator[pa.RecordBatch]]
_RESULT = "result"
_STANDARD_ERROR = 2
_CODES = re.compile(r"^\[[A-Z_.]+\] | SQLSTATE: \w+")


def session() -> SparkSession:
    """Return the running session, or start one as Spark's own settings say; raises `ReadError` where that fails."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ReadError(
            "Spark is not installed: run `pip install -r requirements-spark.txt`; Spark needs Java 17 or later, too."
        ) from error
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    if not _java():
        raise ReadError("Spark needs Java 17 or later, and none was found; install it, or set JAVA_HOME to its place.")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        with _about_pandas(), _quiet_start():
            started = (
                SparkSession.builder.appName("vsm")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
                .getOrCreate()
            )
    except PySparkException as error:
        raise ReadError(f"Spark could not be started ({_first_line(error)}); it needs Java 17 or later.") from error
    # What goes wrong is said in one sentence; the executors keep their own logs.
    started.sparkContext.setLogLevel("OFF")
    return started


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or bool(home and (Path(home) / "bin" / "java").exists())


@contextmanager
def _about_pandas() -> Iterator[None]:
    """Keep quiet about pandas 3, which PySpark warns of and which nothing here hands to it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Start Java without its greetings on standard error, unless a person sits there, who then sees progress, too."""
    if sys.stderr.isatty():
        yield
        return
    kept, nowhere = os.dup(_STANDARD_ERROR), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STANDARD_ERROR)
    try:
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(kept)
        os.close(nowhere)


def mapped(rows: DataFrame, work: Work, schema: str) -> DataFrame:
    """Have the executors turn the Arrow batches of each part of the rows into others."""
    with _about_pandas():
        return rows.mapInArrow(work, schema)


def results(rows: DataFrame, work: Callable[[Batches], Iterator[object]]) -> list[object]:
    """Have the executors make something of each part of the rows, and bring it here.

    A `ReadError` that the work gives as a result is raised.
    """

    def packed(batches: Batches) -> Iterator[pa.RecordBatch]:
        for result in work(batches):
            yield pa.RecordBatch.from_arrays([pa.array([pickle.dumps(result)], pa.binary())], [_RESULT])

    found = [pickle.loads(row[_RESULT]) for row in mapped(rows, packed, f"{_RESULT} binary").collect()]
    for result in found:
        if isinstance(result, ReadError):
            raise result
    return found


@contextmanager
def in_a_sentence(place: str) -> Iterator[None]:
    """Turn Spark's errors about a place into `ReadError`."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise ReadError(
            f"Spark cannot read {place}: {_first_line(error)} Give the path of a CSV or Parquet file or folder, or the "
            "name of a table."
        ) from error


def _first_line(error: Exception) -> str:
    lines = (_CODES.sub("", line.strip()) for line in str(error).splitlines())
    return next((line for line in lines if line), type(error).__name__)
