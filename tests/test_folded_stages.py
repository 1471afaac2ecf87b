"""A stream of very many stages as few boxes: sums by hand, what stays alone, and what is never folded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vsm import analyse
from vsm.charts.value_stream_map import value_stream_map
from vsm.folded_stages import LARGE, MOST, folded
from vsm.model import Definitions, Stage, ValueStream, WaitSide
from vsm.verdicts import verdict_title

BEFORE = Definitions(wait=WaitSide.BEFORE)


def long_stream(stages: int = 100) -> ValueStream:
    """Every tenth stage works 8 h behind a wait of 2 h, of the last of them 40 h; the others work 1 h and wait 1 h."""
    return ValueStream(
        definitions=BEFORE,
        stages=tuple(
            Stage(
                name=f"S{i}",
                processing_time=8 if i % 10 == 0 else 1,
                wait_time=40 if i == 90 else 2 if i % 10 == 0 else 1,
                complete_accurate=0.99,
            )
            for i in range(stages)
        ),
    )


def test_a_run_has_the_sums_of_its_stages() -> None:
    whole = analyse(long_stream())
    shown, runs = folded(whole)
    assert [i for run in runs for i in run] == list(range(100))  # every stage stands somewhere, in order
    assert len(shown.stages) == len(runs) <= 2 * (LARGE + 2) + 1
    # The ten large stages stay alone, and as many of the equal small ones as there is room for: S1 to S6.
    assert runs[7] == (7, 8, 9)
    first = shown.stages[7].stage
    assert first.name == "3 stages: S7 to S9"
    assert (first.processing_time, first.wait_time) == (3, 3)
    assert first.complete_accurate == pytest.approx(0.99**3)


def test_the_whole_stays_what_it_is() -> None:
    whole = analyse(long_stream())
    shown, _ = folded(whole)
    assert shown.lead_time == whole.lead_time
    assert shown.processing_time == whole.processing_time
    assert shown.rolled_complete_accurate == pytest.approx(whole.rolled_complete_accurate)
    assert verdict_title(shown) == verdict_title(whole)
    accused = [shown.stages[i].name for i in shown.bottleneck.stages]
    assert accused == ["S90"]
    assert shown.bottleneck.queue is not None
    assert shown.bottleneck.queue.wait_time == 40


@pytest.mark.parametrize(
    "stream",
    [
        long_stream(MOST),
        replace(long_stream(), definitions=Definitions(wait=WaitSide.AFTER)),
        replace(
            long_stream(), stages=tuple(replace(s, parallel_group="x" * (s.name < "S2")) for s in long_stream().stages)
        ),
    ],
)
def test_what_is_never_folded(stream: ValueStream) -> None:
    whole = analyse(stream)
    shown, runs = folded(whole)
    assert shown is whole
    assert len(runs) == len(stream.stages)


def test_the_map_names_the_run_and_draws_no_more_boxes() -> None:
    svg = value_stream_map(analyse(long_stream()))
    assert "3 stages: S7 to S9" in svg.replace("\n", " ")
    assert svg.count('class="stage') < 45
