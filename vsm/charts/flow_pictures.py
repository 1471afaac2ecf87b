"""A measured log -> charts of its finished items: lead times, how they are spread, throughput, months, types."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vsm.charts.over_time import (
    Level,
    amount_axis,
    columns,
    dots,
    level_lines,
    line,
    milliseconds,
    number_axis,
    over_time,
    time_axis,
)
from vsm.charts.picture import Axis, Bar, Marks, Picture, Unit, bar_chart, numbered, unit_for
from vsm.flow import MeasuredLog
from vsm.flow_words import (
    distribution_sentence,
    lead_time_sentence,
    month,
    months_sentence,
    throughput_sentence,
    types_sentence,
)
from vsm.items.item_table import lead_time_points, type_table
from vsm.items.statistics import Limits, TooFew
from vsm.items.stream import lead_times
from vsm.items.trends import by_month, histogram, throughput_table
from vsm.palette import ATTENTION, REST
from vsm.wording import count, day, hours, number, percent

_NAMES_DRAWN = 40
_TYPES_DRAWN = 15


def lead_time_scatter(m: MeasuredLog) -> Picture | None:
    """Draw each finished item at its day with its lead time, and lines at 50, 85 and 95 %; a click picks an item.

    `None` without dates or finished items.
    """
    points, times = lead_time_points(m.log, m.facts), lead_times(m.lead_times)
    if not m.log.dated or times is None:
        return None
    unit = unit_for(points["lead_time"], m.definitions)
    names = [_name(m.log.items[i]) for i in points["item"]]
    says = [
        f"{name}: {hours(taken, m.definitions)}, finished on {day(at)}"
        for name, taken, at in zip(names, points["lead_time"], points["finished"], strict=True)
    ]
    moments = pd.DatetimeIndex(points["finished"])
    axis, y = time_axis(moments, room=True), amount_axis(unit.title)
    drawn = pd.DataFrame(
        {"c0": points["item"], "c1": milliseconds(moments), "c2": points["lead_time"] / unit.hours, "c3": says}
    )
    levels = [
        Level(at=at / unit.hours, says=f"{share}: {hours(at, m.definitions)}")
        for share, at in (("50%", times.median), ("85%", times.p85), ("95%", times.p95))
    ]
    sentence = lead_time_sentence(m, len(points))
    return Picture(
        key="lead_times",
        title="Lead times",
        sentence=sentence,
        chart=over_time([level_lines(levels, y), dots(drawn, axis, y, "Item", pick=True)], sentence),
        data=pd.DataFrame({"Item": names, "Finished": points["finished"], "Lead time (h)": points["lead_time"]}),
        picks=True,
    )


def _name(text: str) -> str:
    return text if len(text) <= _NAMES_DRAWN else f"{text[:_NAMES_DRAWN]}…"


def lead_time_distribution(m: MeasuredLog) -> Picture | None:
    """Draw how many items took how long, in columns of one width; `None` with fewer than two finished items."""
    if len(m.lead_times) < 2:
        return None
    bins, d = histogram(m.lead_times), m.definitions
    width = float(bins["to"].iloc[0] - bins["from"].iloc[0])
    unit = unit_for(bins["from"] + width, d)
    said = [
        f"{count(n, 'item')} of {hours(low, d)} to {hours(high, d)}"
        for low, high, n in zip(bins["from"], bins["to"], bins["items"], strict=True)
    ]
    drawn = pd.DataFrame(
        {"c1": bins["from"] / unit.hours, "c4": (bins["from"] + width) / unit.hours, "c2": bins["items"], "c3": said}
    )
    rest = bins["to"].iloc[-1] > bins["from"].iloc[-1] + 1.001 * width
    title = f"{unit.title} (last column: all that took longer)" if rest else unit.title
    sentence = distribution_sentence(m)
    return Picture(
        key="lead_time_distribution",
        title="How lead times are spread",
        sentence=sentence,
        chart=over_time(
            [columns(drawn, number_axis(title), amount_axis("Items", whole=True), "Items")], sentence, height=190
        ),
        data=bins.rename(columns={"from": "From (h)", "to": "To, not included (h)", "items": "Items"}),
    )


def throughput_per_week(m: MeasuredLog) -> Picture | None:
    """Draw finished items by whole week with their mean; `None` where the log holds less than two."""
    weeks = throughput_table(m.log)
    if len(weeks) < 2:
        return None
    says = [f"Week of {day(w)}: {count(n, 'item')}" for w, n in zip(weeks["week"], weeks["finished"], strict=True)]
    starts = pd.DatetimeIndex(weeks["week"])
    ends = starts + pd.Timedelta(days=7)
    drawn = pd.DataFrame({"c1": milliseconds(starts), "c4": milliseconds(ends), "c2": weeks["finished"], "c3": says})
    axis = time_axis(starts.union(ends))
    mean, y = float(weeks["finished"].mean()), amount_axis("Items", whole=True)
    layers = [
        columns(drawn, axis, y, "Finished"),
        level_lines([Level(at=mean, says=f"Mean: {number(mean)} a week")], y),
    ]
    sentence = throughput_sentence(weeks["finished"].tolist())
    return Picture(
        key="throughput",
        title="Throughput per week",
        sentence=sentence,
        chart=over_time(layers, sentence, height=200),
        data=weeks.rename(columns={"week": "Week from Monday", "finished": "Finished items"}),
    )


def months(m: MeasuredLog) -> tuple[Picture, ...]:
    """Draw mean lead time and flow efficiency by month with process behaviour limits, where two months have it."""
    found, d = by_month(m.log, m.facts), m.definitions
    lead, flow = found.table["lead_time"], found.table["flow_efficiency"]
    data = found.table.rename(
        columns={
            "month": "Month",
            "finished": "Finished items",
            "lead_time": "Mean lead time (h)",
            "median": "Median lead time (h)",
            "flow_efficiency": "Flow efficiency",
        }
    )
    drawn = []
    if lead.notna().sum() > 1:
        unit = unit_for(lead.dropna(), d)
        said = [hours(_known(value), d) for value in lead]
        drawn.append(
            _month_picture(
                "lead_time_by_month", "the mean lead time", found.table, lead, unit, found.lead_time, said, data
            )
        )
    if flow.notna().sum() > 1:
        share = Unit(hours=0.01, title="%")
        said = [percent(_known(value)) for value in flow]
        drawn.append(
            _month_picture(
                "flow_efficiency_by_month",
                "flow efficiency",
                found.table,
                flow,
                share,
                found.flow_efficiency,
                said,
                data,
            )
        )
    return tuple(drawn)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _month_picture(
    key: str,
    what: str,
    table: pd.DataFrame,
    values: pd.Series[float],
    unit: Unit,
    limits: Limits | TooFew,
    said: Sequence[str],
    data: pd.DataFrame,
) -> Picture:
    outside = () if isinstance(limits, TooFew) else limits.signals
    says = [
        f"{month(at)}: {word}, {count(n, 'item')}"
        for at, word, n in zip(table["month"], said, table["finished"], strict=True)
    ]
    colour = [ATTENTION if i in outside else REST for i in range(len(table))]
    moments = pd.DatetimeIndex(table["month"])
    points = pd.DataFrame({"c1": milliseconds(moments), "c2": values / unit.hours, "c3": says, "c4": colour})
    axis = time_axis(moments, room=True)
    y = amount_axis(unit.title)
    layers = line(points.loc[values.notna()], axis, y, "Month")
    if isinstance(limits, Limits):
        layers.append(level_lines([Level(at=at / unit.hours, says=word) for at, word in _limit_words(limits)], y))
    sentence = months_sentence(limits, what, table["month"].tolist(), said)
    title = f"{what.removeprefix('the ').capitalize()} by month"
    return Picture(key=key, title=title, sentence=sentence, chart=over_time(layers, sentence, height=200), data=data)


def _limit_words(limits: Limits) -> tuple[tuple[float, str], ...]:
    return ((limits.mean, "Mean of the months"), (limits.upper, "Upper limit"), (limits.lower, "Lower limit"))


def work_types(m: MeasuredLog) -> Picture | None:
    """Draw how items divide into types, the most frequent first; `None` where the log knows of one kind only."""
    types, d = type_table(m.log, m.facts), m.definitions
    if len(types) < 2:
        return None
    named = ["Type not stated" if pd.isna(name) else str(name) for name in types["type"]]
    shares, items = types["share"].tolist(), types["items"].tolist()
    means = [hours(_known(mean), d) for mean in types["lead_time"].tolist()]
    bars = [
        Bar(
            label=numbered(i + 1, named[i], percent(shares[i])),
            start=0.0,
            end=shares[i] * 100,
            colour=REST,
            says=f"{count(items[i], 'item')}, mean lead time {means[i]}",
            name=named[i],
        )
        for i in range(min(len(named), _TYPES_DRAWN))
    ]
    sentence = types_sentence(types, d)
    return Picture(
        key="work_types",
        title="Types of work",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="% of all items"), Marks(), sentence),
        data=pd.DataFrame(
            {
                "Type": named,
                "Items": types["items"],
                "Finished items": types["finished"],
                "Share of all items": types["share"],
                "Mean lead time (h)": types["lead_time"],
            }
        ),
    )
