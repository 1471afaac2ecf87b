"""A measured log -> charts of how items moved: what is sent back, the paths taken, the stages passed over."""

from __future__ import annotations

import pandas as pd

from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, numbered, spoken_name
from vsm.flow import MeasuredLog
from vsm.items.paths import Paths, frequent_paths, send_backs, skipped_stages
from vsm.palette import ATTENTION, REST
from vsm.path_words import (
    differing_words,
    move_words,
    path_words,
    paths_sentence,
    send_backs_sentence,
    skipped_sentence,
)
from vsm.wording import count, hours, how_often, percent

MOST = 15
"""Moves, paths and stages that are drawn."""


def sent_back(m: MeasuredLog) -> Picture | None:
    """Draw how often items were sent back, by where from and where to; `None` where none was."""
    table = send_backs(m.log, m.clock)
    if not len(table):
        return None
    sentence = send_backs_sentence(table, m)
    often = table.sort_values("moves", ascending=False, kind="stable").head(MOST)
    bars = []
    for place, (left, reached, moves, items, returned, time) in enumerate(often.itertuples(index=False, name=None), 1):
        says = f"{how_often(moves)}, {count(items, 'item')}"
        if returned:
            says += f"; {hours(time / returned, m.definitions)} on average until it came back"
        name = move_words(left, reached)
        label = numbered(place, name, str(moves))
        bars.append(Bar(label=label, start=0.0, end=float(moves), colour=ATTENTION, says=says, name=name))
    return Picture(
        key="sent_back",
        title="Sent back, from where to where",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="Moves to an earlier stage"), Marks(), sentence),
        data=table.rename(
            columns={
                "left": "From",
                "reached": "Back to",
                "moves": "Times",
                "items": "Items",
                "returned": "Of these came back",
                "time": "Until coming back, in all (h)",
            }
        ),
    )


def paths_taken(m: MeasuredLog) -> Picture | None:
    """Draw the most frequent paths of finished items with their share; `None` where nothing is finished."""
    found = frequent_paths(m.log, m.facts, MOST)
    if not found.most:
        return None
    sentence = paths_sentence(found, m)
    bars = [
        Bar(
            label=numbered(place, differing_words(path.stages, found.most[0].stages), percent(path.share)),
            start=0.0,
            end=path.share * 100,
            colour=REST,
            says=f"{count(path.items, 'item')}, median lead time {hours(path.median, m.definitions)}",
            name=path_words(path.stages),
        )
        for place, path in enumerate(found.most, 1)
    ]
    return Picture(
        key="paths",
        title="The paths that items took",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="% of finished items"), Marks(), sentence),
        data=_path_data(found),
    )


def _path_data(found: Paths) -> pd.DataFrame:
    rows = [(path_words(p.stages), p.items, p.share, p.median) for p in found.most]
    if found.other_items and found.other_share is not None and found.other_median is not None:
        others = count(found.different - len(found.most), "other path")
        rows.append((others.capitalize(), found.other_items, found.other_share, found.other_median))
    return pd.DataFrame(rows, columns=["Path", "Items", "Share of finished items", "Median lead time (h)"])


def passed_over(m: MeasuredLog) -> Picture | None:
    """Draw how many finished items never came to each stage; `None` where all came to all."""
    table = skipped_stages(m.log)
    if not table["items"].sum():
        return None
    sentence = skipped_sentence(table)
    stages, items, shares = (table[column].tolist() for column in ("stage", "items", "share"))
    labels = [numbered(i + 1, stages[i], percent(shares[i])) for i in range(len(stages))]
    bars = [
        Bar(
            label=labels[i],
            start=0.0,
            end=shares[i] * 100,
            colour=REST,
            says=count(items[i], "finished item"),
            name=spoken_name(stages[i]),
        )
        for i in range(len(stages))
        if items[i]
    ]
    drawn = [bar.label for bar in bars]
    return Picture(
        key="passed_over",
        title="Stages passed over",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="% of finished items", labels=drawn), Marks(), sentence),
        data=table.rename(
            columns={"stage": "Stage", "items": "Items that never came", "share": "Share of finished items"}
        ),
    )


def path_pictures(m: MeasuredLog) -> tuple[Picture, ...]:
    """Draw every chart for which the log holds something."""
    return tuple(picture for picture in (sent_back(m), paths_taken(m), passed_over(m)) if picture is not None)
