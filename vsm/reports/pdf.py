"""Subject -> the whole report as a tagged PDF with page numbers, in which map and charts stay drawings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from vsm.branding import Branding
from vsm.charts.map_text import clean
from vsm.reports.content import Content, content_of, height_to_width
from vsm.reports.parts import Block, Drawing, Heading, Paragraph, Part, Table, parts_of
from vsm.subject import Subject

_TEMPLATE = Path(__file__).with_name("report.typ")
_FONTS = typst.Fonts(font_paths=[font_source_sans_pro.font_directory])
_NO_DATE = 315_532_800
"""1980: the file needs a date, and a fixed one makes the same analysis the same bytes."""
_LETTERS_UPRIGHT, _LETTERS_ACROSS = 110, 185
"""Characters of a table's text from one side of the page to the other."""
_FILLS_A_PAGE = 1_500
"""Characters of a cell from which it may go on on the next page."""
_RUN = re.compile(r"\S{24}(?=\S)")
"""Letters without a blank, after which a line may break: the name of a stage may fill a page."""


def pdf_report(subject: Subject) -> bytes:
    """Write the report as a PDF of A4 pages, with what a screen reader needs: tags, headings, alternatives, language.

    Every text is handed over as data and never as markup; nothing is fetched.
    """
    return _compiled(content_of(subject), standards=[])


def _compiled(content: Content, standards: list[Any]) -> bytes:
    return typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_FONTS,
        sys_inputs={"report": json.dumps(_data(content))},
        pdf_standards=standards,
        timestamp=_NO_DATE,
    )


def _data(content: Content) -> dict[str, Any]:
    branding = content.branding
    title = clean(content.title)
    return {
        "font": ["Source Sans Pro"],
        "title": _breakable(title),
        "lead": _breakable(clean(content.lead)),
        "footer": " · ".join(text for text in (clean(branding.organisation), _cut(title)) if text),
        "organisation": clean(branding.organisation),
        "colour": branding.colour,
        "accent": branding.accent,
        **_logo(branding),
        "parts": [_part(part) for part in parts_of(content)],
    }


def _logo(branding: Branding) -> dict[str, Any]:
    if branding.logo is None:
        return {"logo": None}
    return {"logo": list(branding.logo.content), "logo-ratio": branding.logo.height_to_width}


def _cut(text: str) -> str:
    """Cut a title for the foot of a page, where there is one line."""
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def _part(part: Part) -> dict[str, Any]:
    groups = [
        {
            "together": any(isinstance(block, Drawing) for block in group),
            "blocks": [_block(block, across=part.across) for block in group],
        }
        for group in _groups(part.blocks)
    ]
    return {"title": part.title, "across": part.across, "groups": groups}


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Keep a picture on one page with the heading and the sentence before it."""
    group: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and group:
            yield group
            group = []
        group.append(block)
    yield group


def _widths(table: Table, *, across: bool) -> list[float] | None:
    """Return which share of the page each column takes; `None` where all texts have room side by side."""
    letters = _LETTERS_ACROSS if across else _LETTERS_UPRIGHT
    return None if sum(length + 2 for length in table.lengths) <= letters else list(table.shares(letters))


def _block(block: Block, *, across: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": type(block).__name__}
    if isinstance(block, Drawing):
        return found | asdict(block) | {"ratio": height_to_width(block.svg)}
    if isinstance(block, Table):
        labels = [_breakable(label) for label in block.labels]
        cells = [[_breakable(cell) for cell in row] for row in block.rows]
        shown = {"labels": labels, "rows": cells, "widths": _widths(block, across=across)}
        return found | asdict(block) | shown | {"small": block.is_small, "long": max(block.lengths) > _FILLS_A_PAGE}
    if isinstance(block, Heading | Paragraph):
        return found | asdict(block) | {"text": _breakable(block.text)}
    return found | {"items": [_breakable(item) for item in block.items]}


def _breakable(text: str) -> str:
    """Let long names break across lines, by a mark that is not seen."""
    return _RUN.sub("\\g<0>\u200b", text)
