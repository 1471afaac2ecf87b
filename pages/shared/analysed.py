"""A stream -> its analysis, computed once for each content, as every click runs the page again."""

from __future__ import annotations

import hashlib

import streamlit as st

from vsm.analysis import Analysis, analyse
from vsm.hosting import measures
from vsm.model import ValueStream, kept


def analysis_of(stream: ValueStream) -> Analysis:
    """Return the analysis of a stream."""
    return _analyse(content_key(stream), stream)


def content_key(stream: ValueStream | None) -> str:
    """Return a short text that changes with everything in a stream; what is computed from it is kept under it."""
    return "" if stream is None else _hashed(stream)


@kept
def _hashed(stream: ValueStream) -> str:
    return hashlib.sha256(repr(stream).encode(errors="replace")).hexdigest()


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _analyse(key: str, _stream: ValueStream) -> Analysis:
    with measures.ANALYSIS_SECONDS.time():
        return analyse(_stream)
