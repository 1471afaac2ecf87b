"""What the statuses of a log mean: kinds, and the stages that their time belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import UNKNOWN, Codes


class StatusKind(StrEnum):
    """What it means that an item is in a status. The values are the words of the command line's `--status`."""

    ACTIVE = "active"
    WAIT = "wait"
    DONE = "done"
    CANCELLED = "cancelled"
    IGNORE = "ignore"


@dataclass(frozen=True, kw_only=True)
class Status:
    """A status of the log, its kind, and the stage that its time belongs to: a wait to the stage it waits for."""

    name: str
    kind: StatusKind
    stage: str


def is_of(statuses: Sequence[Status], *kinds: StatusKind) -> NDArray[np.bool_]:
    """Tell for each status whether it is of one of the kinds."""
    return np.array([s.kind in kinds for s in statuses], dtype=bool)


def tell_work_from_waiting(statuses: Sequence[Status]) -> bool:
    """Tell whether some of the statuses are active and some wait, so that time in them divides into the two."""
    return {StatusKind.ACTIVE, StatusKind.WAIT} <= {s.kind for s in statuses}


def stage_codes(statuses: Sequence[Status], stages: tuple[str, ...]) -> Codes:
    """Return for each status the code of its stage; `UNKNOWN` where its time belongs to none."""
    code = {name: code for code, name in enumerate(stages)}
    return np.array([code.get(s.stage, UNKNOWN) for s in statuses], dtype=np.int32)
