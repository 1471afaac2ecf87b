"""What a person types into a small form <-> the change it means, or a sentence that says why it means none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from vsm.change_checks import ChangeError
from vsm.changes import (
    AddStage,
    AnyChange,
    LimitLoad,
    MergeIntoNext,
    MoveCheck,
    MoveStage,
    RemoveStage,
    RunInParallel,
    SetAvailability,
    SetBatchSize,
    SetCompleteAccurate,
    SetDemand,
    SetHandoffs,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
)
from vsm.durations import parse_duration
from vsm.model import Definitions, Stage, ValueStream
from vsm.numerals import parse_number
from vsm.reading.cells import MOST_HOURS
from vsm.wording import hours, number, percent


class Kind(Enum):
    """What a field of a form holds."""

    STAGE = auto()
    """The name of a stage."""
    PLACE = auto()
    """The name of the stage in front, or nothing: the start of the stream."""
    TIME = auto()
    """A duration as people write it."""
    NUMBER = auto()
    SHARE = auto()
    """A percentage."""
    NAME = auto()
    """A name that is not there yet."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One answer that a form asks for."""

    name: str
    """The field of the change."""
    label: str
    kind: Kind
    example: str = ""
    now: Callable[[Stage], float | None] | None = None
    """The present figure of the stage chosen; `None`: there is none to show."""
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class ChangeForm:
    """A form for one kind of change."""

    title: str
    change: type[AnyChange]
    fields: tuple[Field, ...]

    def read(self, answers: Mapping[str, str | None], definitions: Definitions) -> AnyChange:
        """Make the change that the answers mean. Raises `ChangeError` with a sentence where one cannot be understood.

        >>> FORMS[0].read({"stage": "Testing", "hours": "2 h"}, Definitions())
        SetWaitTime(stage='Testing', hours=2.0, kind='set wait time')
        """
        values: dict[str, Any] = {f.name: _value(f, answers.get(f.name), definitions) for f in self.fields}
        return self.change(**values)

    def choices(self, field: Field, stream: ValueStream, chosen: Mapping[str, str | None]) -> list[str | None]:
        """List the stages to choose from for a field, those first that make sense with what is `chosen` elsewhere.

        Left out is what could only be refused or would change nothing; where nothing is left, all are offered.

        >>> stream = ValueStream(stages=tuple(Stage(name=name) for name in "abc"))
        >>> side_by_side = next(form for form in FORMS if form.change is RunInParallel)
        >>> side_by_side.choices(side_by_side.fields[1], stream, {"first": "b"})
        ['c']
        """
        names: list[str | None] = [stage.name for stage in stream.stages]
        every = [None, *names] if field.kind is Kind.PLACE else names
        other = chosen.get("first" if self.change is RunInParallel else "stage")
        at = names.index(other) if other in names else 0
        rule = _SENSIBLE.get((self.change, field.name))
        return every if rule is None else rule(every, at) or every

    def answers(self, change: AnyChange, definitions: Definitions) -> dict[str, str | None]:
        """Fill the form in with a change that was made by it, so that reading it gives the same change.

        >>> FORMS[0].answers(FORMS[0].change(stage="Testing", hours=30.0), Definitions())
        {'stage': 'Testing', 'hours': '30 h'}
        """
        return {field.name: _answer(field, getattr(change, field.name), definitions) for field in self.fields}


def form_of(change: AnyChange) -> ChangeForm:
    """Return the form by which a change is made."""
    return next(form for form in FORMS if form.change is type(change))


def _answer(field: Field, value: str | float | None, definitions: Definitions) -> str | None:
    """Say a value as a person does where that says all of it, else with all its digits."""
    if value is None or isinstance(value, str):
        return value
    said = _SAY[field.kind](value, definitions)
    try:
        return said if _READ[field.kind](said, field.label, definitions) == value else _digits(field.kind, value)
    except ChangeError:
        return _digits(field.kind, value)


def _digits(kind: Kind, value: float) -> str:
    # A share was typed as a percentage: what dividing by 100 added to its last digits is not said.
    exact = Decimal(repr(round(value * 100, 10) if kind is Kind.SHARE else value))
    unit = {Kind.TIME: " h", Kind.SHARE: "%"}.get(kind, "")
    return f"{exact.normalize():f}{unit}"


def _value(field: Field, answer: str | None, definitions: Definitions) -> str | float | None:
    text = (answer or "").strip()
    if field.kind is Kind.PLACE:
        return answer
    if not text:
        if field.optional:
            return None
        example = f", such as {field.example}" if field.example else ""
        raise ChangeError(f"“{field.label}” is empty: fill it in{example}.")
    if field.kind in (Kind.STAGE, Kind.NAME):
        return text
    return _READ[field.kind](text, field.label, definitions)


def read_time(text: str, label: str, definitions: Definitions) -> float:
    """Read a duration in hours, a number alone as hours; raises `ChangeError` with a sentence for anything else."""
    try:
        found = parse_duration(text, hours_per_day=definitions.hours_per_day, days_per_week=definitions.days_per_week)
    except ValueError as error:
        raise ChangeError(f"“{label}”: {text} {error}. Write a duration such as 2 h, 30 min or 1.5 days.") from None
    if found > MOST_HOURS:
        raise ChangeError(f"“{label}”: {text} is more than a hundred years. Write a shorter time.")
    return found


def read_number(text: str, label: str, definitions: Definitions) -> float:
    """Read a number; raises `ChangeError` with a sentence for anything else."""
    try:
        return parse_number(text)
    except ValueError:
        raise ChangeError(f"“{label}”: {text} is not a number. Write one such as 5.") from None


def read_share(text: str, label: str, definitions: Definitions) -> float:
    """Read a percentage as a share; what could be both a share and a percentage is asked about, by a `ChangeError`.

    >>> read_share("85 %", "%C&A", Definitions()), read_share("85", "%C&A", Definitions())
    (0.85, 0.85)
    """
    value = read_number(text.replace("%", "").strip() or text, label, definitions)
    if 0 < value <= 1 and "%" not in text:
        raise ChangeError(f"“{label}”: is {text} a share or a percentage? Write it with its sign, such as 85%.")
    return value / 100


def now_words(field: Field, stage: Stage, definitions: Definitions) -> str:
    """Say what the figure is now, or give an example where it is not known."""
    value = None if field.now is None else field.now(stage)
    if value is None:
        return f"such as {field.example}" if field.example else ""
    return f"now {_SAY[field.kind](value, definitions)}"


_READ: dict[Kind, Callable[[str, str, Definitions], float]] = {
    Kind.TIME: read_time,
    Kind.NUMBER: read_number,
    Kind.SHARE: read_share,
}
_SAY: dict[Kind, Callable[[float, Definitions], str]] = {
    Kind.TIME: hours,
    Kind.NUMBER: lambda value, definitions: number(value),
    Kind.SHARE: lambda value, definitions: percent(value),
}


def _stage(label: str = "Stage") -> Field:
    return Field(name="stage", label=label, kind=Kind.STAGE)


def _place(label: str = "Right after") -> Field:
    return Field(name="behind", label=label, kind=Kind.PLACE)


_MERGED = Field(name="name", label="Its name, if not after both", kind=Kind.NAME, optional=True)
_WORK = Field(
    name="hours", label="Work on an item", kind=Kind.TIME, example="3 h", now=lambda stage: stage.processing_time
)
_WAIT = Field(name="hours", label="New wait", kind=Kind.TIME, example="2 h", now=lambda stage: stage.wait_time)
_BATCH = Field(
    name="size", label="Items handed on at a time", kind=Kind.NUMBER, example="5", now=lambda stage: stage.batch_size
)
_QUALITY = Field(
    name="share", label="New %C&A", kind=Kind.SHARE, example="95%", now=lambda stage: stage.complete_accurate
)
_PEOPLE = Field(
    name="people", label="People who work there", kind=Kind.NUMBER, example="2", now=lambda stage: stage.people
)
_AVAILABLE = Field(
    name="share",
    label="Time they have for this stream",
    kind=Kind.SHARE,
    example="80%",
    now=lambda stage: stage.availability,
)
_LIMIT = Field(name="items", label="Items there and in front of it, at most", kind=Kind.NUMBER, example="6")
_TOUCHING = Field(
    name="people", label="People touching an item", kind=Kind.NUMBER, example="2", now=lambda stage: stage.handoffs
)


def _elsewhere(places: list[str | None], at: int) -> list[str | None]:
    """Take out the stage itself and the place where it is: `places` begins with the start of the stream."""
    return [*places[:at], *places[at + 2 :]]


_SENSIBLE: Mapping[tuple[type[AnyChange], str], Callable[[list[str | None], int], list[str | None]]] = {
    (RunInParallel, "first"): lambda names, at: names[:-1],
    (RunInParallel, "last"): lambda names, at: names[at + 1 :],
    (MoveCheck, "stage"): lambda names, at: names[1:],
    (MoveCheck, "to"): lambda names, at: names[:at],
    (MergeIntoNext, "stage"): lambda names, at: names[:-1],
    (MoveStage, "behind"): _elsewhere,
}
"""Which of all stages make sense in a field, by the position of the stage that is chosen in the form's first field."""

FORMS: tuple[ChangeForm, ...] = (
    ChangeForm(
        title="A shorter wait: automate a transition",
        change=SetWaitTime,
        fields=(_stage("Stage that states the wait"), _WAIT),
    ),
    ChangeForm(title="Smaller batches", change=SetBatchSize, fields=(_stage(), _BATCH)),
    ChangeForm(title="Less rework: a better %C&A", change=SetCompleteAccurate, fields=(_stage(), _QUALITY)),
    ChangeForm(
        title="A check further upstream",
        change=MoveCheck,
        fields=(_stage("Defects found at"), Field(name="to", label="Find them already at", kind=Kind.STAGE)),
    ),
    ChangeForm(title="Do without a stage", change=RemoveStage, fields=(_stage(),)),
    ChangeForm(title="Merge a stage with the next one", change=MergeIntoNext, fields=(_stage(), _MERGED)),
    ChangeForm(title="Another order", change=MoveStage, fields=(_stage(), _place())),
    ChangeForm(
        title="Stages side by side",
        change=RunInParallel,
        fields=(
            Field(name="first", label="From", kind=Kind.STAGE),
            Field(name="last", label="To", kind=Kind.STAGE),
        ),
    ),
    ChangeForm(title="More or fewer people", change=SetPeople, fields=(_stage(), _PEOPLE)),
    ChangeForm(title="More available time", change=SetAvailability, fields=(_stage(), _AVAILABLE)),
    ChangeForm(title="A limit on work in progress", change=LimitLoad, fields=(_stage(), _LIMIT)),
    ChangeForm(title="Less work on an item", change=SetProcessingTime, fields=(_stage(), _WORK)),
    ChangeForm(title="Fewer handoffs", change=SetHandoffs, fields=(_stage(), _TOUCHING)),
    ChangeForm(
        title="Another demand",
        change=SetDemand,
        fields=(Field(name="items_per_week", label="Items asked for a week", kind=Kind.NUMBER, example="10"),),
    ),
    ChangeForm(
        title="A new stage",
        change=AddStage,
        fields=(
            Field(name="stage", label="Its name", kind=Kind.NAME, example="Design review"),
            _place(),
            Field(name="processing_time", label="Work on an item", kind=Kind.TIME, example="2 h"),
            Field(name="wait_time", label="Its wait, if any", kind=Kind.TIME, example="4 h", optional=True),
            Field(name="complete_accurate", label="Its %C&A, if known", kind=Kind.SHARE, example="95%", optional=True),
            Field(name="people", label="Its people, if known", kind=Kind.NUMBER, example="2", optional=True),
        ),
    ),
)
"""Every kind of change there is, those that most streams gain from first."""
