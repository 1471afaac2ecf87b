"""What a single timestamp marks: entering a status, or completing an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsm.reading.log_shapes import LogRole, Stamp
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.log_names import (
    ACTIVITY_WORDS,
    BETWEEN_WORDS,
    COMPLETED_WORDS,
    ENTERED_WORDS,
    STATUS_WORDS,
    plain,
)
from vsm.reading.logs.plans import Form
from vsm.reading.logs.status_names import says_status

ASKED = (
    "The times could mark when an item entered a stage or when a stage was completed; {read}. Choose the other if that "
    "is wrong: lead times stay, but the time between two rows belongs to the other stage."
)


def decide_stamp(
    form: Form, roles: Mapping[LogRole, Sequence[TextColumn]], chosen: Stamp | None
) -> tuple[Stamp | None, tuple[str, ...]]:
    """Decide by the choice, the headers of time and stage, and the values; asks where they do not tell.

    `None` for forms whose rows have a start and an end.
    """
    if form is not Form.CHANGES or not roles.get(LogRole.STAGE) or not roles.get(LogRole.TIMESTAMP):
        return None, ()
    if chosen is not None:
        return chosen, ()
    if roles.get(LogRole.FROM_STAGE) or roles.get(LogRole.FIELD):
        return Stamp.ENTERED, ()
    stage, time = roles[LogRole.STAGE][0], roles[LogRole.TIMESTAMP][0]
    time_words, stage_words = set(plain(time.header).split()), set(plain(stage.header).split())
    if bool(time_words & ENTERED_WORDS) != bool(time_words & COMPLETED_WORDS):
        return (Stamp.ENTERED if time_words & ENTERED_WORDS else Stamp.COMPLETED), ()
    if stage_words & STATUS_WORDS:
        return Stamp.ENTERED, ()
    names = stage.beginning(200)
    if sum(map(says_status, names)) * 2 >= len(names) > 0:
        doing = bool(stage_words & ACTIVITY_WORDS)
        return Stamp.ENTERED, (ASKED.format(read="read as entered, as the names speak of statuses"),) if doing else ()
    if stage_words & BETWEEN_WORDS:
        return Stamp.COMPLETED, (ASKED.format(read="read as completed"),)
    return Stamp.COMPLETED, ()
