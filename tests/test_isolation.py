"""Nothing of one visitor reaches another: marked files, many pages, all at once, and every byte that comes is read."""

from __future__ import annotations

import asyncio
import random
import re

from benchmarks.load import served
from benchmarks.visitor import Visitor
from pages.shared.menu import ENTRIES

VISITORS, ACTIONS = 20, 12
PAGES = [entry.address for entry in ENTRIES]
MARK = re.compile(rb"secret(\d+)x")


def table(mark: str) -> bytes:
    """A table of stages whose every text carries the mark; the figures are the same for all visitors."""
    return (
        "Stage,Processing time (h),Wait time (h),%C&A,People,Demand\n"
        f"Draft {mark},2,30,100,2,10\nCheck {mark},3,12,80,1,10\nShip {mark},1,0,90,1,10\n"
    ).encode()


def log(mark: str) -> bytes:
    """An item log whose items, people and stages carry the mark."""
    lines = ["Item,Status,Timestamp,Person"]
    for item in range(12):
        for hour, status in enumerate(("To do", "In progress", "Review", "Done")):
            day = f"2026-0{1 + item // 6}-{1 + 2 * (item % 6) + hour:02d} 0{8 + hour % 2}:00"
            lines.append(f"{mark}-{item},{status},{day},Ann {mark}")
    return ("\n".join(lines) + "\n").encode()


async def visit(port: int, number: int, seen: dict[int, set[int]]) -> bool:
    """Bring a marked file and look at pages in an order of one's own; note whose marks came."""
    chance, mark = random.Random(number), f"secret{number}x"

    def witness(data: bytes) -> None:
        seen[number].update(int(found) for found in MARK.findall(data))

    async with Visitor(port, witness) as visitor:
        await visitor.open("data")
        await visitor.upload((table if number % 2 else log)(mark), f"{mark}.csv")
        for page in chance.choices(PAGES, k=ACTIONS):
            await visitor.open(page)
        return visitor.failed


def test_no_mark_of_one_visitor_comes_to_another() -> None:
    seen: dict[int, set[int]] = {number: set() for number in range(VISITORS)}

    async def all_at_once(port: int) -> list[bool]:
        return await asyncio.gather(*(visit(port, number, seen) for number in range(VISITORS)))

    with served() as (port, _):
        failed = asyncio.run(all_at_once(port))
    assert not any(failed)
    assert seen == {number: {number} for number in range(VISITORS)}
