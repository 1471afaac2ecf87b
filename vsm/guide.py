"""How to collect the figures of a stream where nobody has them yet, and a sheet to print and take along."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from vsm.palette import INK, LINE, MUTED, PROCESSING

BLOCKS = 12
"""Stages on the interview sheet: two fit on a page of A4, and most streams have fewer."""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One step of collecting: what to do, and how, point by point."""

    title: str
    words: str
    points: tuple[str, ...]


GUIDE: tuple[Chapter, ...] = (
    Chapter(
        title="Choose one kind of work and its two ends",
        words="A value stream is everything that happens to one kind of item, from the moment someone asks until they "
        "have what they asked for. Take one kind, not all of them.",
        points=(
            "Name the item: a feature, a support ticket, a purchase order, a new employee, a scooter.",
            "Say where it starts, and who asks: “a customer reports a problem”.",
            "Say where it ends, and who receives: “the customer confirms that it is solved”. An item that is finished "
            "for you but not yet in use is still waiting.",
            "Go beyond your own team on both sides. Most of the time is lost between teams.",
            "Keep to what happens most of the time. Rare exceptions can follow later.",
        ),
    ),
    Chapter(
        title="Walk the process, from the end back",
        words="Go and see rather than ask for the official process. Start with the last step and ask each person where "
        "their work comes from: nobody can then skip a step that the drawing does not know.",
        points=(
            "Follow one real item, finished last week, back to its request. Its dates are in mails, tickets and files.",
            "Write down a step whenever someone else takes over, or the item is put aside.",
            "Between five and fifteen steps are enough. Join steps that one person does without a pause.",
            "Where two steps run at the same time, note it: they get the same parallel group.",
        ),
    ),
    Chapter(
        title="Ask those who do the work",
        words="A manager knows how it should be, the person at the step how it is. Half an hour with each is enough.",
        points=(
            "Somebody from each step, and somebody who receives the result.",
            "Say first that you look at the work and not at the people: no figure here speaks of one person.",
            "Ask about the last few items rather than about the usual one: memory smooths everything.",
            "Show what you wrote down before you leave.",
        ),
    ),
    Chapter(
        title="What to ask at each step",
        words="The interview sheet has these questions with room for the answers.",
        points=(
            "What arrives here, from whom, and what do you hand on, to whom?",
            "How long do you work on one item, from start to finish, without the pauses? That is the processing time.",
            "How long does it then lie before the next step starts? That is the wait. Dates tell it best.",
            "Does it also wait inside the step: for an answer, an approval, a machine, a meeting?",
            "Of ten items that arrive, how many can you work on as they are? What is missing in the others, and where "
            "do they go back to?",
            "Do you hand items on one by one or several at a time? How many, and why then?",
            "How many people touch an item here? How many do this work, and how much of their week is for it?",
            "What do you do that no instruction mentions: lists of your own, reminders, checks just to be safe?",
            "What do you do when it is urgent? Which way does it take then?",
            "How many items are lying here now?",
        ),
    ),
    Chapter(
        title="How to estimate what nobody measures",
        words="A rough figure that is said to be rough is far better than none. Leave a cell empty rather than invent: "
        "an empty cell is “not measured”, a 0 is a true zero.",
        points=(
            "Times: ask for the last three to five items and take the mean. Lowest and highest go into the note.",
            "Waits: subtract dates, or count the items that lie there and divide by how many leave in a week.",
            "%C&A (percent complete and accurate): ask the step that receives, not the one that delivers. “How many "
            "of the last ten could you work on as they were?” Eight of ten is 80.",
            "Write the unit beside each figure: 45 min, 6 h, 2 days. Say whether a day is a working day (usual here, "
            "8 hours) or a calendar day, and use one of them throughout.",
        ),
    ),
    Chapter(
        title="How many items to look at",
        words="Enough to tell the usual from the unusual.",
        points=(
            "Three items show where to look. Ten give usable figures. Thirty are plenty.",
            "Take the last ones finished in a row, not the ones people remember.",
            "If one of them took ten times as long as the others, keep it and write down why.",
            "Come back after a change and look at the next ten.",
        ),
    ),
)

_SHORT_LINES = (
    ("Step (what is done)", "Who does it, which team"),
    ("Comes from", "Goes on to"),
    ("Processing time (work only, with unit)", "Wait afterwards, before the next step (with unit)"),
    ("Waits inside the step (for what, how long)", "Items lying here now"),
    ("Of 10 that arrive, usable as they are", "The others lack …, and go back to …"),
    ("Handed on how many at a time, why", "People touching an item / people doing this step"),
)
_LONG_LINES = (
    "What no instruction mentions: own lists, reminders, checks, workarounds; what happens when it is urgent",
    "Looked at which items (numbers, dates); lowest and highest figures; remarks",
)

_STYLE = f"""
@page {{ size: A4; margin: 14mm 14mm 16mm; }}
* {{ box-sizing: border-box; }}
body {{ font: 10pt/1.35 "Source Sans 3", "Segoe UI", Arial, sans-serif; color: {INK}; background: #fff;
  max-width: 182mm; margin: 8mm auto; padding: 0 4mm; }}
h1 {{ font-size: 17pt; margin: 0 0 2mm; }}
h2 {{ font-size: 11pt; margin: 0 0 2mm; color: {PROCESSING}; }}
p {{ margin: 0 0 3mm; }}
section {{ border: 0.3mm solid {LINE}; border-radius: 1.5mm; padding: 3mm 4mm; margin: 0 0 5mm;
  break-inside: avoid; }}
dl {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1mm 6mm; margin: 0; }}
dl div {{ border-bottom: 0.2mm solid {LINE}; min-height: 11mm; }}
dl div.wide {{ grid-column: 1 / -1; min-height: 13.5mm; }}
dt {{ font-size: 8pt; color: {MUTED}; }}
dd {{ margin: 0; }}
@media print {{ body {{ margin: 0; padding: 0; max-width: none; }} }}
"""


def interview_sheet(blocks: int = BLOCKS) -> bytes:
    """Write the interview sheet as one HTML file: it needs nothing else, and prints on A4, two stages to a page."""
    head = _fields(
        (
            ("Kind of item", "Date, and who asked"),
            ("Starts with (and who asks)", "Ends with (and who receives)"),
            ("Items asked for in a week", "A day here is … working hours, a week … days"),
        )
    )
    stages = "\n".join(_block(number) for number in range(1, blocks + 1))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Interview sheet: a value stream</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Interview sheet: a value stream</h1>
<p>Walk from the last step back to the request. Ask those who do the work about the last items they had, not about the
usual one. Leave empty what nobody knows.</p>
<section><h2>The stream</h2>{head}</section>
{stages}
</body>
</html>
""".encode()


def _block(number: int) -> str:
    wide = "".join(f'<div class="wide"><dt>{escape(label)}</dt><dd></dd></div>' for label in _LONG_LINES)
    return f"<section><h2>Step {number}, counted from the end</h2>{_fields(_SHORT_LINES, wide)}</section>"


def _fields(lines: tuple[tuple[str, str], ...], more: str = "") -> str:
    fields = "".join(f"<div><dt>{escape(label)}</dt><dd></dd></div>" for line in lines for label in line)
    return f"<dl>{fields}{more}</dl>"
