"""All charts as one ZIP file, each as PNG and as SVG."""

from __future__ import annotations

import io
import zipfile

from pages.shared.downloads import download
from vsm.analysis import Analysis
from vsm.charts import pictures
from vsm.charts.capacity_pictures import capacity_pictures
from vsm.charts.export import chart_to_png, chart_to_svg
from vsm.charts.flow import flow_pictures
from vsm.charts.path_pictures import path_pictures
from vsm.flow import MeasuredLog


def charts_download(analysis: Analysis, measured: MeasuredLog | None) -> None:
    """Show the button that draws all charts, those of a log's items too, and hands them over."""
    download(analysis.stream, "Download all charts", "charts", "zip", lambda: charts_zip(analysis, measured))


def charts_zip(analysis: Analysis, measured: MeasuredLog | None) -> bytes:
    """Draw every chart as PNG and SVG and pack them; a file is named after its chart's place and key."""
    drawn = [*pictures(analysis), *capacity_pictures(analysis)]
    if measured is not None:
        drawn += [*flow_pictures(measured), *path_pictures(measured)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, picture in enumerate(drawn, 1):
            archive.writestr(f"{place:02}-{picture.key}.png", chart_to_png(picture.chart))
            archive.writestr(f"{place:02}-{picture.key}.svg", chart_to_svg(picture.chart))
    return packed.getvalue()
