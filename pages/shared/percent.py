"""Shares in tables as percentages with one decimal, as the sentences say them; Streamlit's own format has two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

_FORMAT = "%.1f%%"


def in_percent(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Copy `table` with those of `columns` that it has multiplied by 100; empty cells stay empty."""
    return table.assign(**{column: table[column] * 100 for column in columns if column in table})


def percent_columns(columns: Iterable[str]) -> dict[str, Any]:
    """Configure columns that `in_percent` multiplied."""
    return {column: st.column_config.NumberColumn(format=_FORMAT) for column in columns}


def percent_bar(colour: str) -> Any:
    """Configure one such column as a bar from 0 to 100%."""
    return st.column_config.ProgressColumn(format=_FORMAT, min_value=0.0, max_value=100.0, color=colour)
