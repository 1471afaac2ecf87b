"""Streams that several tests share; the first is the worked stream whose figures were computed by hand."""

from __future__ import annotations

from vsm.model import Stage, ValueStream

_ROWS = (
    # name, processing hours, wait hours, %C&A, batch size, people touching
    ("Customer request", 0.5, 16, 100, 1, 1),
    ("Product discovery", 6, 80, 90, 1, 3),
    ("Backlog refinement", 2, 60, 85, 8, 4),
    ("Sprint planning", 1, 40, 95, 10, 6),
    ("Development", 24, 12, 90, 1, 2),
    ("Code review", 1.5, 20, 80, 1, 2),
    ("Testing", 8, 30, 70, 10, 3),
    ("Staging deployment", 1, 24, 95, 10, 2),
    ("Production deployment", 1, 10, 98, 10, 3),
    ("Customer validation", 2, 0, 95, 1, 2),
)

WORKED = ValueStream(
    name="Feature delivery",
    start="Customer request",
    end="Validated in production",
    stages=tuple(
        Stage(
            name=name,
            processing_time=float(work),
            wait_time=float(wait),
            complete_accurate=share / 100,
            batch_size=float(batch),
            handoffs=float(people),
        )
        for name, work, wait, share, batch, people in _ROWS
    ),
)


def stream_of(*stages: Stage, **fields: object) -> ValueStream:
    """Build a stream from stages, for tests that read in one line."""
    return ValueStream(stages=stages, **fields)  # type: ignore[arg-type]
