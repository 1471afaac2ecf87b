"""What Word and PowerPoint files share: pictures as PNG, colours, and a file without the time of its making."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vsm.branding import Logo, LogoKind
from vsm.charts.export import svg_to_png

NO_DATE = dt.datetime(1980, 1, 1)
"""A file's properties need a date; a fixed one makes the same analysis the same bytes."""
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LANGUAGE = "en-GB"
LONGEST_PROPERTY = 255


def logo_png(logo: Logo) -> BytesIO:
    """Return a logo as PNG, as office programs read it."""
    if logo.kind is LogoKind.PNG:
        return BytesIO(logo.content)
    return BytesIO(svg_to_png(logo.content.decode("utf-8", errors="replace")))


def without_times(file: BytesIO) -> bytes:
    """Pack a zip anew with a fixed date on each of its members, and on those of the workbook behind a chart."""
    out = BytesIO()
    with ZipFile(file) as packed, ZipFile(out, "w", ZIP_DEFLATED) as still:
        for name in packed.namelist():
            info = ZipInfo(name, date_time=NO_DATE.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            content = packed.read(name)
            if name.endswith(".xlsx"):
                content = without_times(BytesIO(content))
            if name == "docProps/core.xml":
                content = _TIME.sub(NO_DATE.isoformat().encode() + b"Z", content)
            still.writestr(info, content)
    return out.getvalue()
