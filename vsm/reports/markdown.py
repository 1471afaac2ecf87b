"""Subject -> one Markdown document: the written summary, the headline figures, the stages and what is planned."""

from __future__ import annotations

from collections.abc import Sequence

from vsm.reports.content import content_of
from vsm.subject import Subject
from vsm.summary import escape_markdown, summary_markdown


def markdown_report(subject: Subject) -> str:
    """Write the report as Markdown (GitHub's dialect, for its tables).

    Names from the file are escaped: none becomes a link, a picture, a heading or a table cell of its own.
    """
    content = content_of(subject)
    figures = [(f.label, f.value, f.exact, f.sentence) for f in content.figures]
    parts = [
        summary_markdown(content.summary).rstrip(),
        "## Figures",
        _table(("Figure", "Value", "Exactly", "What it says"), figures),
        "## Stages",
        _table(content.stages.labels, content.stages.rows),
    ]
    if content.planned is not None:
        future = content.planned.words
        parts += ["## Now and then", _table(future.gains.labels, future.gains.rows)]
        parts += ["## Plan", _table(future.plan.labels, future.plan.rows)]
    for told in content.told:
        parts += [f"## {escape_markdown(told.title)}", _list(told.sentences)]
        for title, table in told.tables:
            parts += [f"### {escape_markdown(title)}", _table(table.labels, table.rows)]
    if content.problems:
        parts += ["## Problems in the data", _list([p.message for p in content.problems])]
    return "\n\n".join(parts) + "\n"


def _list(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences)


def _table(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [_line(labels), _line(["---"] * len(labels), escape=False), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str], *, escape: bool = True) -> str:
    return f"| {' | '.join(escape_markdown(cell) if escape else cell for cell in cells)} |"
