"""The sample files that come with the app -> a list to choose from: each shows something else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent / "sample_data"
"""Beside the package in a checkout; the samples are no part of an installed package."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One sample file and what a person should know before loading it."""

    key: str
    title: str
    description: str
    """One or two sentences: what the stream is and what there is to see in it."""
    file: str
    name: str
    """The stream's name, as `ValueStream.name`."""
    start: str
    end: str
    is_log: bool = False
    """Whether it is an item log, not a table of stages."""


SAMPLES: tuple[Sample, ...] = (
    Sample(
        key="software_delivery",
        title="Software delivery",
        description="A feature from the idea to production, with ten stages and five teams. Most of its time is "
        "waiting in front of a step that nobody is too busy for: a delay.",
        file="software_delivery.csv",
        name="Feature delivery",
        start="Customer request",
        end="Validated in production",
    ),
    Sample(
        key="support_ticket",
        title="Support ticket",
        description="A ticket from the report to the resolution, with minutes and hours mixed, staff, demand and work "
        "in progress. No queue stands out: it is the rework that takes the time.",
        file="support_ticket.csv",
        name="Support ticket",
        start="Customer reports a problem",
        end="Problem solved",
    ),
    Sample(
        key="factory",
        title="Scooter factory",
        description="A workbook as a factory keeps it: an instruction sheet first, titles above the table, seconds of "
        "work, days of inventory before each step, uptime and a total row. One step lacks capacity: a constraint.",
        file="factory.xlsx",
        name="Scooter frames",
        start="Steel arrives",
        end="Frames are delivered",
    ),
    Sample(
        key="purchase_approval_de",
        title="Purchase approval (German)",
        description="A purchase from the need to the order, as a German spreadsheet saves it: semicolons, decimal "
        "commas and days. A committee decides twelve requests at a time: a batch.",
        file="purchase_approval_de.csv",
        name="Purchase approval",
        start="Need is reported",
        end="Order is confirmed",
    ),
    Sample(
        key="new_employee",
        title="New employee",
        description="From the contract to the first task done, with four steps that run in parallel and with the step "
        "that each mistake goes back to. The slowest of the four decides.",
        file="new_employee.csv",
        name="New employee",
        start="Offer accepted",
        end="First task done",
    ),
    # Made up: a simulated team, drawn once with a fixed seed. People take items one at a time in their working hours,
    # refine on two days a week, go on holiday, and release every other Thursday.
    Sample(
        key="product_team",
        title="Product team (item log)",
        description="Every change of status of 185 items in five months, as a tracker exports it, with people, types "
        "and two teams. Finished work waits for the release every other week; some items are sent back, some are open.",
        file="product_team.csv",
        name="Product team",
        start="Item is created",
        end="Released",
        is_log=True,
    ),
)


def sample_path(sample: Sample) -> Path:
    """Return where the file of `sample` lies in a checkout of the project."""
    return SAMPLE_FOLDER / sample.file
