"""Three hundred strings that come alive where they are taken for more than text; each names evil.example or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

EVIL = "evil.example"

_MARKDOWN = (
    "![x](http://evil.example/{}.png)",
    "[x{}](http://evil.example/)",
    "[x{}](javascript:alert(1))",
    "[x{}]: http://evil.example",
    "<http://evil.example/{}>",
    "http://evil.example/{}",
    "www.evil.example/{}",
    "mail{}@evil.example",
    "# big {}",
    "> quote {}",
    "- item {}",
    "1. item {}",
    "**b{}** _i_ ~~s~~",
    "`code {}`",
    "``` {}",
    "a{} | b | c",
    "---{}",
    ":red[red {}]",
    ":material/home: {}",
    ":streamlit: {}",
    "$x_{}$",
    "$$x^{}$$",
    "\\[x{}\\]",
    "[^{}]: note",
)
_HTML = (
    "<script>alert({})</script>",
    "<img src=x{} onerror=alert(1)>",
    "<img src=http://evil.example/{}.png>",
    "<svg onload=alert({})>",
    "<svg><script>alert({})</script></svg>",
    "<svg><use href='http://evil.example/{}.svg#a'/></svg>",
    "<svg><foreignObject><iframe src='http://evil.example/{}'/></foreignObject></svg>",
    "<iframe src=http://evil.example/{}>",
    "<a href='javascript:alert({})'>x</a>",
    "<link rel=stylesheet href=http://evil.example/{}.css>",
    "<style>@import 'http://evil.example/{}.css'</style>",
    "<base href=http://evil.example/{}>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/{}'>",
    "<form action=http://evil.example/{}><input autofocus onfocus=alert(1)>",
    "</title></style></text></svg></td><b id=escaped{}>",
    '"><b id=escaped{}>',
    "' onmouseover='alert({})",
    "--><b id=escaped{}><!--",
    "]]><b id=escaped{}>",
    "&lt;script&gt;alert({})&lt;/script&gt;",
    "&#60;b id=escaped{}&#62;",
    "<math><mtext></mtext><b id=escaped{}></math>",
    "<template><b id=escaped{}></template>",
    "<object data=http://evil.example/{}></object>",
)
_FORMULAS = (
    "=1+{}",
    "+1+{}",
    "-1+{}",
    "@SUM(1,{})",
    '=HYPERLINK("http://evil.example/{}","x")',
    '=WEBSERVICE("http://evil.example/{}")',
    "=cmd|' /C calc'!A{}",
    '=IMPORTXML("http://evil.example/{}","//a")',
    "\t=1+{}",
    "\r=1+{}",
    " =1+{}",
    "＝1+{}",
    "'=1+{}",
    '"=1+{}',
    "{{=1+{}}}",
    "internal:Stages!A{}",
    "external:evil{}.xlsx",
    "file:///etc/passwd{}",
)
_EXPRESSIONS = (
    "datum.value{}",
    "datum['{}']",
    "${{alert({})}}",
    "{{{{7*{}}}}}",
    "{{% raw {} %}}",
    "c{}.c1[0]",
    "a{}.b",
    "a{}[0]",
    "a{}\\.b",
    "signal{}()",
    '{{"signal": "window.x{}"}}',
    "#{{7*{}}}",
    "%s%n{}",
    "{{0.__class__}}{}",
    "'; DROP TABLE publication;--{}",
    "__proto__{}",
    "constructor{}",
)
_XML = (
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd{}'>]><a>&x;</a>",
    "&x{};",
    "<?xml version='1.0'?><a{}/>",
    "<![CDATA[{}]]>",
    "_x0041_{}",
    "_x0000_{}",
    "\ufffe{}",
    "\uffff{}",
)
_CONTROLS = (
    "a\x01b{}",
    "a\x08b{}",
    "a\x0bb{}",
    "a\x0cb{}",
    "a\x1bb[31m{}",
    "a\x7fb{}",
    "a\x85b{}",
    "a\u2028b{}",
    "a\u202etxt.exe{}",
    "a\u2066b\u2069{}",
    "a\u200eb{}",
    "a\u200bb{}",
    "\ufeffa{}",
    "e\u0301\u0301\u0301{}",
    "👩‍👧‍👦{}",
    "\U000e0041{}",
    "عملية {}",
    "工序 {}",
)
_FAMILIES = (_MARKDOWN, _HTML, _FORMULAS, _EXPRESSIONS, _XML, _CONTROLS)
_LONG = ("x" * 10_000, "<b>" * 3_333, "wörd " * 2_000, "[" * 10_000, "工" * 10_000, "=" * 10_000)


def _all() -> tuple[str, ...]:
    """Write each pattern with several numbers, so that no two names are the same."""
    patterns = [pattern for family in _FAMILIES for pattern in family]
    numbered = [pattern.format(number) for number in range(3) for pattern in patterns]
    return (*_LONG, *numbered)


STRINGS = _all()


def stage_table(names: Sequence[str]) -> str:
    """Write a table of stages whose names, teams and notes are all hostile."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        ["Stage", "Processing time (h)", "Wait time (h)", "%C&A", "Team", "Note", "People", "Demand per week"]
    )
    for place, name in enumerate(names):
        other = names[-1 - place]
        rows.writerow([name, 1 + place % 3, 5 + place % 7, 90 + place % 9, other, other, 2, 3])
    return out.getvalue()


def item_log(names: Sequence[str]) -> str:
    """Write an event log whose items, people, types and statuses are all hostile."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Item", "Status", "Time", "Type", "Assignee"])
    named = [name for name in names if EVIL in name]
    statuses = ["To do", *named[:: len(named) // 4][:4], "Done"]
    for place, name in enumerate(names):
        for step, status in enumerate(statuses):
            moment = f"2026-{1 + place % 6:02}-{1 + place % 20 + step:02} {8 + step:02}:00"
            rows.writerow([name, status, moment, names[place % 3], names[-1 - place % 5]])
    return out.getvalue()
