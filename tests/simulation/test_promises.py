"""A small part of docs/queues.md: errors of the formula where theory is exact, and promises on a few drawn systems."""

from __future__ import annotations

import re

import pytest

from benchmarks.queues import DOCUMENT, formula_error, what_if


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
