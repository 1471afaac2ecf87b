"""A small part of docs/queues.md: errors of the formula where theory is exact, and promises on a few drawn systems."""

from __future__ import annotations

import re
from math import exp

import pytest

from benchmarks.queues import DOCUMENT, formula_error, what_if
from tests.streams import stream_of
from vsm.method import TRIED
from vsm.model import Definitions, Stage
from vsm.scenario import with_stage
from vsm.simulation.simulate import simulate


@pytest.mark.parametrize(("people", "work"), [(1, 0.0), (1, 1.0), (3, 1.0)])
def test_the_formula_is_right_where_theory_says_it_is_exact(people: int, work: float) -> None:
    found = formula_error(0.7, people, 1.0, work, items=10_000)
    assert found.simulated.holds(found.formula)


def test_steady_arrivals_make_the_formula_too_high() -> None:
    found = formula_error(0.7, 1, 0.0, 1.0, items=10_000)
    assert found.formula > found.simulated.high


@pytest.mark.parametrize("number", [4, 11, 16, 25])
def test_promises_are_kept_where_the_document_says_so(number: int) -> None:
    assert what_if(number, items=5000).kept


def test_the_document_lists_as_many_failures_as_it_counts() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    said = re.search(r"(\d+) of 50 promises lie within .*?, (\d+) more .*? and (\d+) are missed", text, flags=re.DOTALL)
    assert said is not None
    rows = re.findall(r"^\| \d+ \|.*\| (\S[^|]*) \|$", text, flags=re.MULTILINE)
    counted = [rows.count(words) for words in ("within the interval", "within 10%", "**missed**")]
    assert counted == [int(n) for n in said.groups()]
    assert sum(counted) == 50
    assert [int(n) for n in re.findall(r"\d+(?= of such| more miss| are missed)", TRIED)] == counted


def _clockwork_wait(rho: float) -> float:
    """Wait in a D/M/1 queue in multiples of a visit's work: σ/(1 − σ) with σ = exp(−(1 − σ)/ρ) (Kleinrock, 6.3)."""
    sigma = 0.5
    for _ in range(1000):
        sigma = exp(-(1 - sigma) / rho)
    return sigma / (1 - sigma)


def test_a_gain_that_rests_on_a_delay_is_as_uncertain_as_the_queue_it_was_found_beside() -> None:
    # Of 4 h in front of b theory alone knows the queue. Automating half of the wait saves half of the delay, and a run
    # has the same queue now and then: what is not known of the delay is in no difference of the two.
    source = Stage(name="a", processing_time=0.1, wait_time=4.0, arrival_variation=0.0, work_variation=0.0)
    stream = stream_of(source, Stage(name="b", processing_time=1.0, people=1), definitions=Definitions(demand=32))
    saved, held = (4 - _clockwork_wait(0.8)) / 2, 0
    for seed in range(8):
        now = simulate(stream, items=1000, seed=seed)
        then = simulate(with_stage(stream, 0, wait_time=2.0), current=now, items=1000, seed=seed)
        held += (now.lead_time - then.lead_time).holds(saved)
    assert held >= 7
