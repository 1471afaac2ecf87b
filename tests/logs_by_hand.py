"""Small item logs of every layout, whose figures were worked out by hand."""

from __future__ import annotations

EVENTS = """Key,Status,Changed
A,To do,2026-01-05T08:00:00
A,Build,2026-01-05T10:00:00
A,Ready for test,2026-01-05T14:00:00
A,Test,2026-01-06T14:00:00
A,Done,2026-01-06T16:00:00
B,To do,2026-01-05T08:00:00
B,Build,2026-01-05T12:00:00
B,Test,2026-01-05T20:00:00
B,Build,2026-01-06T00:00:00
B,Test,2026-01-06T02:00:00
B,Done,2026-01-06T06:00:00
C,To do,2026-01-06T08:00:00
"""
"""An event log of statuses. Elapsed hours, waits in the stage that they wait for:

        A: Build waits 2, works 4; Test waits 24, works 2: 32     B: Build waits 4, works 8 + 2; Test works 4 + 4: 22
Means over the two finished items: Build works 7 and waits 3, Test works 5 and waits 12; lead time 27 of which 12 are
work: 12 / 27. B is sent back from Test to Build once. C is open. Visits: Build 4 (C waits for it), Test 3.
First-pass yield of Test is 2/3. Working time 9 to 17, Monday 5 to Tuesday 6 January:
        A: 08 to 10 is 1 h of waiting, 10 to 14 is 4 of work, then 14 to 14 the next day 8, 14 to 16 is 2: 15
        B: 08 to 12 is 3 h of waiting, 12 to 20 is 5 of work, and nothing in the night: 8.
Mean 11.5 h, of which (4 + 2 + 5) / 2 = 5.5 are work: 11 / 23.
"""

INTERVALS = """Case,Activity,Start,End,Resource
1,Cut,2026-01-05 09:00,2026-01-05 11:00,Ann
1,Sew,2026-01-05 13:00,2026-01-05 14:00,Bob
2,Cut,2026-01-05 11:00,2026-01-05 12:00,Ann
2,Sew,2026-01-05 11:30,2026-01-05 13:00,Bob
"""
"""A stage log. Item 1: works 2, waits 2, works 1: 5 h. Item 2: Cut 1 h and Sew 1.5 h side by side for half an hour:
2 h of lead time, all of it worked. Mean lead time 3.5 h, Cut 1.5, Sew 1.25 and its wait 1: together 0.25 h more than
the lead time. Flow efficiency (3 + 2) / (5 + 2) = 5/7.
"""

DATES = """ID,Ready,Build,Test,Done
X,2026-01-05,2026-01-06,2026-01-08,2026-01-09
Y,2026-01-05,2026-01-07,,
"""
"""Wide dates. X: in Ready 1 day, Build 2, Test 1, and the last day counts: 5 days, the plain difference is 4."""

DURATIONS = """Key,Waiting (h),Doing (h)
P,6,2
Q,10,6
"""
"""Wide durations. Lead times 8 and 16 h: mean 12, work 8 of 24 h: 1/3."""

COMPLETED = """case:concept:name,concept:name,time:timestamp
n1,Check,2026-01-05T10:00:00
n1,Pay,2026-01-05T14:00:00
n2,Check,2026-01-05T11:00:00
n2,Pay,2026-01-05T13:00:00
"""
"""Completed activities, as process mining has them: 4 h and 2 h, mean 3; all of it in Pay, work and wait in one."""
