"""What came of a scenario -> what the command line prints of it as JSON: plain lists and dicts."""

from __future__ import annotations

from typing import Any

from vsm.achievement import Achievement, Promise, StagePromise


def achievement_object(found: Achievement) -> dict[str, Any]:
    """Say each figure before, as promised, now, and the rest: times in hours, shares 0 to 1, `None` not measured."""
    return {
        "scenario": found.scenario.name,
        "share_kept": found.share_kept,
        "stream": {
            "lead_time_with_rework_hours": _promise(found.lead_time),
            "processing_time_hours": _promise(found.processing_time),
            "wait_time_hours": _promise(found.wait_time),
            "flow_efficiency": _promise(found.flow_efficiency),
            "rolled_complete_accurate": _promise(found.rolled_complete_accurate),
        },
        "stages": [_stage(stage) for stage in found.stages],
        "refused": list(found.refused),
    }


def _stage(stage: StagePromise) -> dict[str, Any]:
    """Say one stage; `there` says on which of the three sides it is."""
    return {
        "name": stage.name,
        "there": {"before": stage.was_there, "promised": stage.to_be_there, "now": stage.is_there},
        "lead_time_hours": _promise(stage.time),
        "complete_accurate": _promise(stage.complete_accurate),
    }


def _promise(figure: Promise) -> dict[str, float | None]:
    return {"before": figure.before, "promised": figure.promised, "now": figure.now, "rest": figure.rest}
