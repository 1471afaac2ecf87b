"""Download buttons whose files are made on the click, not on each run of the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import streamlit as st

from pages.shared.analysed import content_key
from vsm.model import ValueStream

_KINDS = {
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "md": "text/markdown",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def download(
    stream: ValueStream,
    label: str,
    what: str,
    kind: str,
    make: Callable[[], str | bytes],
    *,
    also: object = None,
    primary: bool = False,
) -> None:
    """Show a button that makes a file of `kind` (its ending) and hands it over; `what` names it within the stream.

    `also` is what else the file is computed from.
    """
    st.download_button(
        label,
        data=make,
        file_name=file_name(stream, what, kind, also),
        mime=_KINDS[kind],
        on_click="ignore",
        key=f"download_{what}_{kind}",
        type="primary" if primary else "secondary",
    )


def file_name(stream: ValueStream, what: str, kind: str, also: object = None) -> str:
    """Name a file after the stream, what it holds and its content: another content never has the same name.

    The name ends in a hash of the stream and of what else everything in the file is computed from, because
    Streamlit tells files above 1 MiB apart by samples of their content, and by their name.
    """
    name = re.sub(r"[^\w]+", "-", stream.name).strip("-_").lower()[:60] or "value-stream"
    made_of = f"{content_key(stream)} {also!r}"
    digest = hashlib.sha256(made_of.encode("utf-8", errors="replace")).hexdigest()[:8]
    return f"{name}-{what}-{digest}.{kind}"
