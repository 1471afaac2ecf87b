"""A plan for the worked stream that several tests share: three changes, of which each shows another field of a plan.

By hand: product discovery waits 40 h less. Behind backlog refinement the batch of 8 causes (8 − 1)/2 × (2 + 1) = 10.5 h
of the wait and one of 4 causes 4.5 h, so it is 6 h less. 246 of 292 h are left beside 47 h of work: 293 h. Rolled
%C&A is 0.323958 / 0.7 × 0.85.
"""

from __future__ import annotations

import datetime as dt

from vsm.changes import RemoveStage, SetBatchSize, SetCompleteAccurate, SetWaitTime
from vsm.plan import Costs, Effort, PlannedChange, Scenario

PLAN = Scenario(
    name="Next quarter",
    planned=(
        PlannedChange(
            change=SetWaitTime(stage="Product discovery", hours=40.0),
            owner="Ana",
            due=dt.date(2027, 3, 31),
            measure="Days until discovery",
            target="5 days",
        ),
        PlannedChange(change=SetBatchSize(stage="Backlog refinement", size=4.0), owner="Ben"),
        PlannedChange(
            change=SetCompleteAccurate(stage="Testing", share=0.85), due=dt.date(2027, 6, 30), effort=Effort.MEDIUM
        ),
    ),
    costs=Costs(delay_per_week=1000.0, currency="€"),
)
LEAD_TIME, FLOW_EFFICIENCY, ROLLED = 293.0, 47 / 293, 0.323958 / 0.7 * 0.85
IMPOSSIBLE = PlannedChange(change=RemoveStage(stage="Nowhere"))
"""A change that the worked stream cannot take."""
