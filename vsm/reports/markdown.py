"""Subject -> one Markdown document: the written summary, the headline figures, the stages and what is planned."""

from __future__ import annotations

from collections.abc import Sequence

from vsm.headlines import headline_figures
from vsm.reports.future_shown import shown_future
from vsm.reports.shown import shown_stages
from vsm.subject import Subject
from vsm.summary import escape_markdown, summary_markdown, write_summary


def markdown_report(subject: Subject) -> str:
    """Write the report as Markdown (GitHub's dialect, for its tables).

    Names from the file are escaped: none becomes a link, a picture, a heading or a table cell of its own.
    """
    analysis = subject.analysis
    figures = [(f.label, f.value, f.exact, f.sentence) for f in headline_figures(analysis)]
    stages = shown_stages(analysis)
    problems = analysis.stream.source.problems if analysis.stream.source else ()
    parts = [
        summary_markdown(write_summary(subject)).rstrip(),
        "## Figures",
        _table(("Figure", "Value", "Exactly", "What it says"), figures),
        "## Stages",
        _table(stages.labels, stages.rows),
    ]
    if subject.plan is not None:
        future = shown_future(*subject.plan)
        parts += ["## Now and then", _table(future.gains.labels, future.gains.rows)]
        parts += ["## Plan", _table(future.plan.labels, future.plan.rows)]
    if problems:
        parts += ["## Problems in the data", "\n".join(f"- {escape_markdown(p.message)}" for p in problems)]
    return "\n\n".join(parts) + "\n"


def _table(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [_line(labels), _line(["---"] * len(labels), escape=False), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str], *, escape: bool = True) -> str:
    return f"| {' | '.join(escape_markdown(cell) if escape else cell for cell in cells)} |"
