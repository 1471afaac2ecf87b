"""A measured log -> charts of what is in the stream: load, cumulative flow, where work piles up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.charts.over_time import amount_axis, bands, milliseconds, over_time, pointed, time_axis
from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, numbered, spoken_name
from vsm.flow import MeasuredLog
from vsm.flow_words import accumulation_sentence, cumulative_sentence, last_day, load_sentence
from vsm.growth import Growth
from vsm.items.accumulation import accumulation
from vsm.items.load import cumulative_flow, load_over_time
from vsm.items.statistics import TooFew
from vsm.palette import ATTENTION, REST
from vsm.wording import day, number

_BANDS = 10
_LABEL = 28
_LIGHT, _DARK = (0xD3, 0xDA, 0xE1), (0x3D, 0x4E, 0x60)


def load_per_stage(m: MeasuredLog) -> Picture | None:
    """Draw how many items are in each stage over time, on each other; `None` without dates or within one day."""
    load = load_over_time(m.log)
    if not len(load):
        return None
    table, starts = _wide(load, "load", len(m.log.stages))
    if len(starts) < 2:
        return None
    groups = _groups(len(m.log.stages))
    heights = np.array([table[:, part].sum(axis=1) for part in groups])
    tops = np.cumsum(heights[::-1], axis=0)[::-1]
    names = _group_names(m.log.stages, groups)
    sentence = load_sentence(load)
    return Picture(
        key="load",
        title="Load over time",
        sentence=sentence,
        chart=_banded(starts, starts, tops, tops - heights, names, sentence),
        data=pd.DataFrame({"From": starts, **dict(zip(names, heights, strict=True))}),
    )


def cumulative(m: MeasuredLog) -> Picture | None:
    """Draw how many items had come to each stage or further, so that bands never cross; `None` as for the load."""
    flow = cumulative_flow(m.log)
    if not len(flow):
        return None
    table, ends = _wide(flow, "items", len(m.log.stages) + 1)
    if len(ends) < 2:
        return None
    groups = _groups(len(m.log.stages))
    days = pd.DatetimeIndex([last_day(end) for end in ends.to_pydatetime()])
    firsts = [part.start for part in groups]
    tops = table[:, [*firsts, len(m.log.stages)]].T.astype(np.float64)
    lows = np.vstack([tops[1:], np.zeros(tops.shape[1])])
    names = [*_group_names(m.log.stages, groups), "Finished or cancelled"]
    sentence = cumulative_sentence(flow)
    return Picture(
        key="cumulative_flow",
        title="Cumulative flow",
        sentence=sentence,
        chart=_banded(ends, days, tops, lows, names, sentence),
        data=pd.DataFrame({"By the end of": days.floor("D"), **dict(zip(names, tops.astype(np.int64), strict=True))}),
    )


def _wide(table: pd.DataFrame, column: str, width: int) -> tuple[NDArray[np.float64], pd.DatetimeIndex]:
    """Turn rows by time and stage into one row a time."""
    return table[column].to_numpy().reshape(-1, width), pd.DatetimeIndex(table["time"].iloc[::width])


def _groups(stages: int) -> list[slice]:
    """Join neighbours so that at most 10 bands are left, as more cannot be told apart."""
    bounds = np.linspace(0, stages, min(stages, _BANDS) + 1).round().astype(int).tolist()
    return [slice(low, high) for low, high in pairwise(bounds)]


def _group_names(stages: Sequence[str], groups: Sequence[slice]) -> list[str]:
    """Name each band by its stages; the number keeps bands of one name apart."""
    found = []
    for part in groups:
        first, last = _short(stages[part.start]), _short(stages[part.stop - 1])
        one = part.stop - part.start == 1
        found.append(f"{part.start + 1}. {first}" if one else f"{part.start + 1}–{part.stop}. {first} to {last}")
    return found


def _short(name: str) -> str:
    spoken = spoken_name(name)
    return spoken if len(spoken) <= _LABEL else f"{spoken[:_LABEL].rstrip()}…"


def _banded(
    times: pd.DatetimeIndex,
    days: pd.DatetimeIndex,
    tops: NDArray[np.float64],
    lows: NDArray[np.float64],
    names: Sequence[str],
    sentence: str,
) -> alt.LayerChart:
    """Draw one band for each name; all arrays have the shape (bands, times). `days` are the times as they are said."""
    drawn = pd.DataFrame(
        {
            "c0": np.repeat(np.array(names, dtype=object), len(times)),
            "c1": np.tile(milliseconds(times), len(names)),
            "c2": lows.ravel(),
            "c3": tops.ravel(),
        }
    )
    says = [_says(at, names, (tops - lows)[:, i]) for i, at in enumerate(days.to_pydatetime())]
    starts = milliseconds(times)
    # The last moment is the right edge: the axis is to end where the bands do.
    over = pd.DataFrame({"c1": starts, "c3": says, "c4": [*starts[1:], starts[-1]]})
    x = time_axis(times)
    layers = [bands(drawn, names, shades(len(names)), x, amount_axis("Items", whole=True)), pointed(over, x, "Items")]
    return over_time(layers, sentence)


def _says(at: dt.datetime, names: Sequence[str], held: NDArray[np.float64]) -> str:
    known = [f"{name}: {number(float(n))}" for name, n in zip(names, held, strict=True) if n > 0]
    return f"{day(at)} · {' · '.join(known) or 'none'}"


def shades(count: int) -> list[str]:
    """Return greys from light to dark, one for each band: neither work nor waiting has these colours."""
    steps = np.linspace(0, 1, count) if count > 1 else np.array([0.5])
    mixed = [[round(a + (b - a) * step) for a, b in zip(_LIGHT, _DARK, strict=True)] for step in steps]
    return [f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in mixed]


def arrivals_and_departures(m: MeasuredLog) -> Picture | None:
    """Draw by how much arrivals pass departures at each stage, with the interval; `None` without whole weeks."""
    found = accumulation(m.log)
    if isinstance(found, TooFew):
        return None
    stages = list(zip(m.log.stages, found, strict=True))
    labels = [numbered(i, name, f"{_signed(g.surplus.value)} a week") for i, (name, g) in enumerate(stages, 1)]
    bars = [
        Bar(
            label=label,
            start=min(growth.surplus.value, 0.0),
            end=max(growth.surplus.value, 0.0),
            colour=ATTENTION if growth.grows else REST,
            says=_says_growth(growth),
            name=name,
        )
        for label, (name, growth) in zip(labels, stages, strict=True)
    ]
    sentence = accumulation_sentence(m.log.stages, found)
    return Picture(
        key="arrivals_and_departures",
        title="Arrivals against departures",
        sentence=sentence,
        chart=bar_chart(
            bars,
            Axis(title="Arrivals minus departures a week", labels=labels),
            Marks(rule=0.0, rule_says="As many leave as arrive"),
            sentence,
        ),
        data=pd.DataFrame(
            {
                "Stage": m.log.stages,
                "Arrivals a week": [growth.arrivals for growth in found],
                "Departures a week": [growth.departures for growth in found],
                "Growth a week": [growth.surplus.value for growth in found],
                "Growth, at least": [growth.surplus.lower for growth in found],
                "Growth, at most": [growth.surplus.upper for growth in found],
            }
        ),
    )


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


def _says_growth(growth: Growth) -> str:
    surplus, moved = growth.surplus, f"{number(growth.arrivals)} come and {number(growth.departures)} leave a week"
    trend = "a trend" if surplus.beyond_noise else "no more than noise"
    return f"{moved}; the difference lies between {_signed(surplus.lower)} and {_signed(surplus.upper)}: {trend}"
