"""Files with one date for each item and no stages, as lists of deployments -> what such a date means in the stream."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vsm.items.build import Status, StatusKind
from vsm.reading.log_shapes import LogRole
from vsm.reading.logs.log_names import NAMES, plain
from vsm.reading.logs.status_names import kind_by_name, kind_of
from vsm.reading.stages import name_from_file
from vsm.reading.texts import listed

_AROUND = re.compile(r"^(?:date|time)\s+(?:of\s+)?|\s+(?:at|on|date|time|datum|am|le|el|em)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Meaning:
    """What single dates were taken to mean where nobody said so."""

    given: tuple[Status, ...] = ()
    questions: tuple[str, ...] = ()
    finish: str | None = None
    """The label for which items wait that another file calls done."""


def name_of_date(title: str, file: str) -> str:
    """Name what happened on the date of a column: as the column, or as the file where the column says only "Date".

    >>> name_of_date("deployed at", "list.csv"), name_of_date("Date", "prod_deployments.csv")
    ('Deployed', 'Prod deployments')
    """
    bare = _AROUND.sub("", title).strip()
    if not bare or plain(title) in NAMES[LogRole.TIMESTAMP] or plain(bare) in NAMES[LogRole.TIMESTAMP]:
        return name_from_file(file)
    return bare[:1].upper() + bare[1:]


def meaning_of_singles(
    singles: Mapping[str, str], labels: Sequence[str], given: Sequence[Status], known: Mapping[str, StatusKind]
) -> Meaning:
    """Propose what single dates mean; `singles` are their labels with their files, `labels` all in flow order.

    A date that comes last, or is called like an end, finishes the item: what another file calls done before it is
    then waiting for it. A date on the way is work.
    """
    decided = {plain(status.name) for status in given}
    proposed, questions = list[Status](), list[str]()
    for label in sorted(singles, key=labels.index):
        if plain(label) not in decided and kind_by_name(label) is None:
            last = label == labels[-1]
            kind, words = (StatusKind.DONE, "the finish") if last else (StatusKind.ACTIVE, "the beginning of a stage")
            proposed.append(Status(name=label, kind=kind, stage=label))
            questions.append(
                f"Nothing says what the date “{label}” of {singles[label]} means. It was taken as {words}, from where "
                "it stands among the others; say what it means if that is wrong."
            )
    ends = [s for s in singles if kind_of(s, (*proposed, *given), known) is StatusKind.DONE]
    finish = max(ends, key=labels.index, default=None)
    if finish is None:
        return Meaning(given=tuple(proposed), questions=tuple(questions))
    before = [
        label
        for label in labels[: labels.index(finish)]
        if plain(label) not in decided and kind_of(label, (*proposed, *given), known) is StatusKind.DONE
    ]
    proposed += [Status(name=label, kind=StatusKind.WAIT, stage=finish) for label in before]
    if before:
        names, verb = listed([f"“{label}”" for label in before]), "was" if len(before) == 1 else "were"
        questions.append(
            f"{names} {verb} taken as waiting for “{finish}”, as {singles[finish]} says when that came; say that it "
            "is done if items are finished before."
        )
    return Meaning(given=tuple(proposed), questions=tuple(questions), finish=finish if before else None)
