"""The figures by which streams and stages are compared and followed over time: one list, and how each is taken."""

from __future__ import annotations

from enum import StrEnum

from vsm import capacity, metrics, rework
from vsm.model import Stage, ValueStream


class StreamFigure(StrEnum):
    """A figure of a stream or of a stage; the value is its name in prose."""

    LEAD_TIME = "lead time"
    PROCESSING_TIME = "processing time"
    WAIT_TIME = "wait time"
    UNDIVIDED_TIME = "time, not divided"
    FLOW_EFFICIENCY = "flow efficiency"
    ROLLED = "rolled %C&A"
    COMPLETE_ACCURATE = "%C&A"
    LEAD_TIME_WITH_REWORK = "lead time with rework"
    HANDOFFS = "handoffs"
    THROUGHPUT = "throughput"

    @property
    def label(self) -> str:
        """Its name at the head of a column or a line."""
        return f"{self.value[:1].upper()}{self.value[1:]}"

    @property
    def is_share(self) -> bool:
        """Whether it is a share, from 0 to 1."""
        return self in (StreamFigure.FLOW_EFFICIENCY, StreamFigure.ROLLED, StreamFigure.COMPLETE_ACCURATE)

    @property
    def is_time(self) -> bool:
        """Whether it is a time, in hours."""
        return not self.is_share and self not in (StreamFigure.HANDOFFS, StreamFigure.THROUGHPUT)

    @property
    def column(self) -> str:
        """Its name with its unit, at the head of a column of unrounded numbers."""
        return f"{self.label} (h)" if self.is_time else self.label

    @property
    def key(self) -> str:
        """Its name in JSON, with its unit where it is no share."""
        return _KEYS[self]


_KEYS = {
    StreamFigure.LEAD_TIME: "lead_time_hours",
    StreamFigure.PROCESSING_TIME: "processing_time_hours",
    StreamFigure.WAIT_TIME: "wait_time_hours",
    StreamFigure.UNDIVIDED_TIME: "undivided_time_hours",
    StreamFigure.FLOW_EFFICIENCY: "flow_efficiency",
    StreamFigure.ROLLED: "rolled_complete_accurate",
    StreamFigure.COMPLETE_ACCURATE: "complete_accurate",
    StreamFigure.LEAD_TIME_WITH_REWORK: "lead_time_with_rework_hours",
    StreamFigure.HANDOFFS: "handoffs",
    StreamFigure.THROUGHPUT: "throughput_per_week",
}


def stream_figures(stream: ValueStream) -> dict[StreamFigure, float | None]:
    """Take every figure of a stream. Times in hours, shares 0 to 1, throughput a week; `None`: not measured."""
    return {
        StreamFigure.LEAD_TIME: metrics.lead_time(stream),
        StreamFigure.PROCESSING_TIME: metrics.processing_time(stream),
        StreamFigure.WAIT_TIME: metrics.wait_time(stream),
        StreamFigure.FLOW_EFFICIENCY: metrics.flow_efficiency(stream),
        StreamFigure.ROLLED: metrics.rolled_complete_accurate(stream),
        StreamFigure.LEAD_TIME_WITH_REWORK: rework.lead_time_with_rework(stream),
        StreamFigure.HANDOFFS: metrics.handoffs(stream),
        StreamFigure.THROUGHPUT: capacity.throughput(stream),
    }


def stage_figures(stage: Stage) -> dict[StreamFigure, float | None]:
    """Take every figure of a stage that is compared. Times in hours, the share 0 to 1; `None`: not measured."""
    return {
        StreamFigure.PROCESSING_TIME: stage.processing_time,
        StreamFigure.WAIT_TIME: stage.wait_time,
        StreamFigure.UNDIVIDED_TIME: stage.undivided_time,
        StreamFigure.COMPLETE_ACCURATE: stage.complete_accurate,
    }
