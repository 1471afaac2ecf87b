"""All charts as one ZIP file, each as PNG and as SVG."""

from __future__ import annotations

import io
import zipfile

from pages.shared.downloads import download
from vsm.analysis import Analysis
from vsm.charts import pictures
from vsm.charts.export import chart_to_png, chart_to_svg


def charts_download(analysis: Analysis) -> None:
    """Show the button that draws all charts and hands them over."""
    download(analysis.stream, "Download all charts", "charts", "zip", lambda: charts_zip(analysis))


def charts_zip(analysis: Analysis) -> bytes:
    """Draw every chart as PNG and SVG and pack them; a file is named after its chart's place and key."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, picture in enumerate(pictures(analysis), 1):
            archive.writestr(f"{place}-{picture.key}.png", chart_to_png(picture.chart))
            archive.writestr(f"{place}-{picture.key}.svg", chart_to_svg(picture.chart))
    return packed.getvalue()
