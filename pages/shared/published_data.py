"""What the full app opens of a publication -> its reading: of the stream or, with choices about a log, of its items."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import streamlit as st

from vsm.opening import AnyReading
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Choices
from vsm.sharing.forms import Form, unpack
from vsm.sharing.frozen import read_frozen, reading_of_stream
from vsm.sharing.frozen_log import FrozenLog, read_frozen_log


def read_items(packed: bytes) -> FrozenLog:
    """Read the items of a publication once for a visitor. Raises `StoreError` where this release cannot."""
    return _read_items(hashlib.sha256(packed).hexdigest(), packed)


def read(content: bytes, choices: Choices | LogChoices) -> AnyReading:
    """Read what was loaded of a publication: its frozen stream, or its items, packed. Its title names either."""
    if not isinstance(choices, LogChoices):
        return reading_of_stream(read_frozen(content).stream)
    found = read_items(content).reading
    assert found.stream is not None, "what was published was measured"
    return replace(found, stream=replace(found.stream, name=choices.name or found.stream.name))


@st.cache_resource(scope="session", max_entries=1, show_spinner="Opening the items …")
def _read_items(sha256: str, _packed: bytes) -> FrozenLog:
    return read_frozen_log(unpack(Form.ITEMS, _packed))
