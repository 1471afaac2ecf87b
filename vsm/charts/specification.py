"""A chart -> its Vega-Lite specification with its data as Arrow: what is sent to a browser, made and checked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    import altair as alt


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return the Vega-Lite of a chart as a dict, in which `datasets` holds the bytes of an Arrow stream by name.

    Altair's own theme is left out: colours, fonts and sizes come from the page that shows it.
    """
    # Unchecked, as checking takes half of the time: tests hold the charts to the schema.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec.pop("config", None)
    spec["datasets"] = {name: _stream(rows) for name, rows in spec.get("datasets", {}).items()}
    return spec


def _stream(rows: list[dict[str, Any]]) -> bytes:
    table, out = pa.Table.from_pylist(rows), pa.BufferOutputStream()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    content: bytes = out.getvalue().to_pybytes()
    return content
