"""Puts load on the app as the README starts it, on this machine only, and prints what it bears as a Markdown table.

    .venv/bin/python -m benchmarks.load

Every loop is bounded in number and time; nothing here passes or fails by the clock, but a page that fails is an error.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.reader import read_again
from benchmarks.run import as_csv
from benchmarks.visitor import Visitor
from vsm import analyse, read
from vsm.sharing.rendering import render
from vsm.sharing.store import Store
from vsm.subject import Subject

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 600.0
"""Seconds after which one measurement is broken off."""
MEGABYTE = 1024**2


class Row(NamedTuple):
    """One line of the table."""

    what: str
    goal: str
    measured: str
    processor: str = ""
    """What the server's processors worked for one of them: it hardly depends on what else the machine does."""


class Sizes(NamedTuple):
    """How much load."""

    readers: int
    at_once: int
    seconds: float
    sessions: int
    uploads: int


WHOLE, QUICK = Sizes(50, 50, 20.0, 200, 1000), Sizes(10, 10, 5.0, 20, 200)


@contextmanager
def served(**settings: str) -> Iterator[tuple[int, int]]:
    """Start the app as the README does, on a free port; give the port and the process."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with TemporaryDirectory() as folder:
        # With drafts, as by default, in a store that goes with the load.
        store = {"VSM_DRAFTS": "on", "VSM_STORE_URL": f"sqlite:///{folder}/store.sqlite"}
        environment, silent = {**os.environ, **store, **settings}, subprocess.DEVNULL
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=silent, stderr=silent)
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the app did not start within a minute")


def resident(process: int) -> float:
    """Return the memory of a process in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found is not None, "Linux says how much memory a process has"
    return int(found[1]) / 1024


def worked(process: int) -> float:
    """Return the seconds that processors worked for a process so far."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    user, system = after_name[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def published(address: str) -> str:
    """Publish the sample in a store; return the path of its page."""
    reading, now = read(ROOT / "sample_data" / "software_delivery.csv"), dt.datetime.now(dt.UTC)
    assert reading.stream is not None, "the sample can be analysed"
    store = Store(address)
    links = store.publish("Sample", render(Subject(analyse(reading.stream)), reading, "Sample"), None, now)
    store.engine.dispose()
    return f"/p/{links.read}"


async def pages(port: int, process: int, path: str, sizes: Sizes) -> Row:
    """Let readers ask for the page of a publication, each again as soon as it has come."""
    await read_again(port, path, time.monotonic() + 0.5)
    start, before = time.monotonic(), worked(process)
    read_by_each = await asyncio.gather(*(read_again(port, path, start + sizes.seconds) for _ in range(sizes.readers)))
    times = [seconds for each in read_by_each for seconds in each]
    rate, each = len(times) / (time.monotonic() - start), (worked(process) - before) / len(times)
    return Row(
        f"pages of a publication a second, {sizes.readers} readers at once",
        "500, p95 under 100 ms",
        f"{rate:,.0f}, p95 {quantiles(times, n=20)[-1] * 1000:.0f} ms",
        f"{each * 1000:.2f} ms a page",
    )


async def _ready(port: int) -> Visitor:
    """Come, load the sample and look at the overview."""
    visitor = await Visitor(port).__aenter__()
    await visitor.open("overview")
    await visitor.click("sample_software_delivery")
    await visitor.open("overview")
    return visitor


async def reruns(port: int, process: int, sizes: Sizes) -> Row:
    """Let visitors run the overview again and again, all at once."""
    visitors = [await _ready(port) for _ in range(sizes.at_once)]
    end = time.monotonic() + sizes.seconds
    times: list[float] = []

    async def look(visitor: Visitor) -> None:
        while time.monotonic() < end:
            start = time.monotonic()
            await visitor.open("overview")
            times.append(time.monotonic() - start)

    start, before = time.monotonic(), worked(process)
    await asyncio.gather(*(look(visitor) for visitor in visitors))
    rate, each = len(times) / (time.monotonic() - start), (worked(process) - before) / len(times)
    await _leave(visitors)
    return Row(
        f"reruns of the overview a second, {sizes.at_once} visitors at once",
        "60, p95 under 1 s",
        f"{rate:.0f}, p95 {quantiles(times, n=20)[-1]:.2f} s",
        f"{each * 1000:.0f} ms a rerun",
    )


async def sessions(port: int, process: int, sizes: Sizes) -> Row:
    """Open sessions that each bring a log of about a megabyte, and see what the server keeps of each."""
    data = _log_of_a_megabyte()
    # What the first visitor loads is code, which all share.
    visitors = [await _with_log(port, data, 0)]
    before, work = resident(process), worked(process)
    visitors += [await _with_log(port, data, 1 + i) for i in range(sizes.sessions)]
    each = (resident(process) - before) / sizes.sessions
    await _leave(visitors)
    size = len(data) / MEGABYTE
    return Row(
        f"memory of each of {sizes.sessions} sessions, with a log of {size:.1f} MB",
        "no error, at most 2 MB above its data",
        f"{each:.1f} MB, {each - size:.1f} MB above its data",
        f"{(worked(process) - work) / sizes.sessions * 1000:.0f} ms a session",
    )


async def _with_log(port: int, data: bytes, number: int) -> Visitor:
    """Come, bring a log that nobody else has, and look at the overview."""
    visitor = await Visitor(port).__aenter__()
    await visitor.open("data")
    await visitor.upload(data + f"X-{number},Done,2026-01-01\n".encode(), f"log{number}.csv")
    await visitor.open("overview")
    return visitor


def _log_of_a_megabyte() -> bytes:
    """Make up status changes of some thousand items."""
    statuses = ("To do", "In progress", "Review", "Done")
    lines = ["Item,Status,Timestamp"]
    for item in range(7000):
        for step, status in enumerate(statuses):
            day = 1 + (item // 28 + step * 3) % 28
            lines.append(f"X-{item},{status},2026-{1 + item % 9:02d}-{day:02d} {8 + step}:15")
    return ("\n".join(lines) + "\n").encode()


async def uploads(port: int, process: int, sizes: Sizes) -> Row:
    """Let visitors come one after the other, bring a table, look and leave."""
    early, work = 0.0, worked(process)
    for i in range(sizes.uploads):
        visitor = await Visitor(port).__aenter__()
        await visitor.open("data")
        await visitor.upload(as_csv(10 + i % 20), f"table{i}.csv")
        await visitor.open("overview")
        await _leave([visitor])
        if i + 1 == sizes.uploads // 10:
            early = resident(process)
    late = resident(process)
    return Row(
        f"memory after {sizes.uploads:,} uploads over that after {sizes.uploads // 10}",
        "at most 1.2 times",
        f"{late / early:.2f} times ({late:.0f} MB)",
        f"{(worked(process) - work) / sizes.uploads * 1000:.0f} ms an upload",
    )


async def _leave(visitors: list[Visitor]) -> None:
    failed = sum(visitor.failed for visitor in visitors)
    for visitor in visitors:
        await visitor.__aexit__()
    if failed:
        raise RuntimeError(f"{failed} of {len(visitors)} visitors met a page that failed")


def measured(work: Callable[[int, int, str], Awaitable[Row]]) -> Row:
    """Take one measurement on a server of its own, with one publication in a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/store.sqlite"
        path = published(address)
        with served(VSM_STORE_URL=address) as (port, process):
            return asyncio.run(_bounded(work(port, process, path)))


async def _bounded(work: Awaitable[Row]) -> Row:
    return await asyncio.wait_for(work, LONGEST)


def main() -> None:
    """Run all measurements and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the load")
    sizes = QUICK if parser.parse_args().quick else WHOLE
    print("|  | goal | measured | processor time of the server |\n| --- | --- | --- | --- |")
    for work in (
        lambda port, process, path: pages(port, process, path, sizes),
        lambda port, process, _: reruns(port, process, sizes),
        lambda port, process, _: sessions(port, process, sizes),
        lambda port, process, _: uploads(port, process, sizes),
    ):
        row = measured(work)
        print(f"| {row.what} | {row.goal} | {row.measured} | {row.processor} |", flush=True)


if __name__ == "__main__":
    main()
