"""The items that two files name -> which are the same: written alike, but for capitals where nothing else tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vsm.items.log import Codes
from vsm.items.selection import names_of

_BARE, _PREFIXED = r"^#?0*(\d+)$", r"^.*[^\d#]#?0*(\d+)$"
"""The number of a key that is nothing else ("12", "#12"), and of one that begins with something ("PROJ-12")."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Meeting:
    """How the items of a file meet known ones."""

    code: Codes
    """For each item of the file: its place among the known, or in turn behind them where it is new."""
    new: NDArray[np.int64]
    """Places in the file of the items that are new."""
    but_for_capitals: int
    """Items that met only because capitals were not told from small letters."""


def meet(known: Sequence[str], names: Sequence[str]) -> Meeting:
    """Find the items of a file among known ones; both are trimmed and name each item once."""
    found = pc.index_in(pa.array(list(names), pa.string()), value_set=pa.array(list(known), pa.string()))
    code = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    here = _folded(names, np.flatnonzero(code < 0))
    there = _folded(known, np.setdiff1d(np.arange(len(known)), code))
    same = here.index.intersection(there.index)
    code[here[same].to_numpy()] = there[same].to_numpy()
    new = np.flatnonzero(code < 0)
    code[new] = len(known) + np.arange(len(new))
    return Meeting(code=code, new=new, but_for_capitals=len(same))


def _folded(names: Sequence[str], places: NDArray[np.int64]) -> pd.Series[int]:
    """Places of names by their small letters; of names that differ in capitals alone nothing says which is meant."""
    folded = pd.Index(names_of(names, places), dtype="str").str.casefold()
    return pd.Series(places, index=folded, dtype=np.int64)[~folded.duplicated(keep=False)]


def alike_but_for_prefix(names: Sequence[str], others: Sequence[str]) -> tuple[int, tuple[str, str] | None]:
    """Count keys that are a bare number which a key of the other file ends in, or the reverse ("12" and "PROJ-12").

    Returns one such pair beside the count, in the order of the arguments; whether they are the same is not known.
    """
    for mine, yours in ((_BARE, _PREFIXED), (_PREFIXED, _BARE)):
        here, there = _numbers(names, mine), _numbers(others, yours)
        same = here.index.isin(there.index)
        if same.any():
            first = here[same]
            return int(same.sum()), (str(first.iloc[0]), str(there[[first.index[0]]].iloc[0]))
    return 0, None


def _numbers(names: Sequence[str], pattern: str) -> pd.Series[str]:
    """Names that a pattern fits, by the number that it finds in them."""
    texts = pd.Series(list(names), dtype="str")
    number = texts.str.extract(pattern, expand=False)
    known = number.notna()
    return pd.Series(texts[known].to_numpy(), index=number[known].to_numpy(), dtype="str")
