"""The columns of a file -> which tool exported it, and what the tool means by them."""

from __future__ import annotations

from dataclasses import dataclass

from vsm.items.build import StatusKind
from vsm.reading.log_shapes import LogRole, Stamp
from vsm.reading.logs.plans import Form

Roles = dict[LogRole, tuple[str, ...]]
"""Role -> its columns in plain form; of several the first that is not blank in a row counts."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """What a tool's file looks like: all of `needs` and one of each of `one_of` are among its headers."""

    source: str
    needs: frozenset[str]
    one_of: tuple[frozenset[str], ...] = ()
    form: Form
    roles: Roles
    stages: tuple[tuple[str, str, StatusKind], ...] = ()
    """(date column, stage that the item comes to, kind) in flow order, of a wide file."""
    stamp: Stamp | None = None
    note: str | None = None


def _set(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(","))


_WAIT, _ACTIVE, _DONE, _CANCELLED = StatusKind.WAIT, StatusKind.ACTIVE, StatusKind.DONE, StatusKind.CANCELLED

EXPORTS: tuple[Export, ...] = (
    Export(
        source="Jira data pipeline, issue history",
        needs=_set("issue id, changelog id, created date, field, from string, to string"),
        form=Form.CHANGES,
        roles={
            LogRole.ITEM: ("issue id",),
            LogRole.TIMESTAMP: ("created date",),
            LogRole.FIELD: ("field",),
            LogRole.FROM_STAGE: ("from string",),
            LogRole.STAGE: ("to string",),
            LogRole.PERSON: ("author key", "author id"),
        },
        stamp=Stamp.ENTERED,
    ),
    Export(
        source="Jira changelog",
        needs=_set("field, from, to"),
        one_of=(_set("key, issue key, issue id"), _set("changed, change date, created, date, changed at, timestamp")),
        form=Form.CHANGES,
        roles={
            LogRole.ITEM: ("key", "issue key", "issue id"),
            LogRole.TIMESTAMP: ("changed", "changed at", "change date", "date", "timestamp", "created"),
            LogRole.FIELD: ("field",),
            LogRole.FROM_STAGE: ("from string", "from"),
            LogRole.STAGE: ("to string", "to"),
            LogRole.PERSON: ("author", "changed by", "user"),
            LogRole.TYPE: ("issue type", "type"),
        },
        stamp=Stamp.ENTERED,
    ),
    Export(
        source="Jira status history",
        needs=_set("from status, to status"),
        one_of=(_set("key, issue key"), _set("transition date, date, changed, changed at, change date, timestamp")),
        form=Form.CHANGES,
        roles={
            LogRole.ITEM: ("issue key", "key"),
            LogRole.TIMESTAMP: ("transition date", "changed", "changed at", "change date", "date", "timestamp"),
            LogRole.FROM_STAGE: ("from status",),
            LogRole.STAGE: ("to status",),
            LogRole.PERSON: ("author", "changed by", "transitioned by", "user"),
            LogRole.TYPE: ("issue type", "type"),
        },
        stamp=Stamp.ENTERED,
    ),
    Export(
        source="Jira issue export",
        needs=_set("issue key, summary, status, created"),
        one_of=(_set("issue id, issue type"), _set("resolved, resolution date, resolutiondate")),
        form=Form.START_END,
        roles={
            LogRole.ITEM: ("issue key",),
            LogRole.START: ("created",),
            LogRole.END: ("resolved", "resolution date", "resolutiondate"),
            LogRole.PERSON: ("assignee",),
            LogRole.TYPE: ("issue type",),
        },
        note="An issue export of Jira tells when each issue was created and resolved, not its way through the "
        "statuses. For stages, bring the status history (a changelog, or a time in status report).",
    ),
    Export(
        source="Azure DevOps Analytics, revisions",
        needs=_set("work item id, state, changed date"),
        one_of=(_set("revision, rev, changed by, is current, is last revision of day, work item revision sk"),),
        form=Form.CHANGES,
        roles={
            LogRole.ITEM: ("work item id",),
            LogRole.STAGE: ("board column", "column name", "state"),
            LogRole.TIMESTAMP: ("changed date",),
            LogRole.TYPE: ("work item type",),
            LogRole.PERSON: ("assigned to", "changed by"),
        },
        stamp=Stamp.ENTERED,
    ),
    Export(
        source="Azure DevOps",
        needs=_set("work item type, created date, state"),
        one_of=(_set("id, work item id"), _set("activated date, in progress date, resolved date, closed date")),
        form=Form.WIDE_DATES,
        roles={
            LogRole.ITEM: ("id", "work item id"),
            LogRole.TYPE: ("work item type",),
            LogRole.PERSON: ("assigned to",),
        },
        stages=(
            ("created date", "New", _WAIT),
            ("activated date", "Active", _ACTIVE),
            ("in progress date", "In progress", _ACTIVE),
            ("resolved date", "Resolved", _ACTIVE),
            ("closed date", "Closed", _DONE),
            ("completed date", "Completed", _DONE),
        ),
        note="A query of Azure DevOps has one date for each state, the last time that the item came there: times it "
        "was sent back are not seen.",
    ),
    Export(
        source="GitHub pull requests",
        needs=_set("number, created at, merged at"),
        form=Form.WIDE_DATES,
        roles={LogRole.ITEM: ("number",), LogRole.PERSON: ("author", "author login"), LogRole.TYPE: ("labels",)},
        stages=(
            ("created at", "Open", _ACTIVE),
            ("closed at", "Closed without merging", _CANCELLED),
            ("merged at", "Merged", _DONE),
        ),
    ),
    Export(
        source="GitHub issues",
        needs=_set("number, created at, closed at"),
        one_of=(_set("title, state, url, labels"),),
        form=Form.START_END,
        roles={
            LogRole.ITEM: ("number",),
            LogRole.START: ("created at",),
            LogRole.END: ("closed at",),
            LogRole.PERSON: ("assignees", "assignee"),
        },
    ),
    Export(
        source="GitHub project items",
        needs=_set("title, status, start date"),
        one_of=(_set("url, id, content url, repository"), _set("end date, target date, closed at, done date")),
        form=Form.START_END,
        roles={
            LogRole.ITEM: ("content url", "url", "id", "title"),
            LogRole.START: ("start date",),
            LogRole.END: ("closed at", "done date", "end date", "target date"),
            LogRole.PERSON: ("assignees",),
        },
    ),
    Export(
        source="GitLab issues",
        needs=_set("issue id, title, state, created at, closed at"),
        form=Form.START_END,
        roles={
            LogRole.ITEM: ("issue id",),
            LogRole.START: ("created at",),
            LogRole.END: ("closed at",),
            LogRole.PERSON: ("assignee username", "assignee"),
        },
    ),
    Export(
        source="GitLab value stream analytics",
        needs=_set("start event timestamp, end event timestamp"),
        one_of=(_set("stage, stage name, stage title"), _set("issue id, issue iid, iid, merge request id, item id")),
        form=Form.INTERVALS,
        roles={
            LogRole.ITEM: ("issue id", "issue iid", "merge request id", "iid", "item id"),
            LogRole.STAGE: ("stage name", "stage title", "stage"),
            LogRole.START: ("start event timestamp",),
            LogRole.END: ("end event timestamp",),
            LogRole.PERSON: ("author", "author id"),
        },
    ),
    Export(
        source="Trello board actions",
        needs=_set("type, date, data list after name"),
        one_of=(_set("data card id, data card id short, data card short link, data card name"),),
        form=Form.CHANGES,
        roles={
            LogRole.ITEM: ("data card id", "data card short link", "data card id short", "data card name"),
            LogRole.TIMESTAMP: ("date",),
            LogRole.FROM_STAGE: ("data list before name",),
            LogRole.STAGE: ("data list after name", "data list name"),
            LogRole.PERSON: ("member creator full name", "member creator username", "id member creator"),
        },
        stamp=Stamp.ENTERED,
    ),
    Export(
        source="ServiceNow metric instances",
        needs=_set("id, value, start, end"),
        one_of=(_set("definition, metric definition"),),
        form=Form.STATUS_INTERVALS,
        roles={
            LogRole.ITEM: ("id",),
            LogRole.STAGE: ("value",),
            LogRole.START: ("start",),
            LogRole.END: ("end",),
            LogRole.FIELD: ("definition", "metric definition"),
        },
    ),
    Export(
        source="ServiceNow incident metrics",
        needs=_set("inc number, mi value, mi start, mi end"),
        form=Form.STATUS_INTERVALS,
        roles={
            LogRole.ITEM: ("inc number",),
            LogRole.STAGE: ("mi value",),
            LogRole.START: ("mi start",),
            LogRole.END: ("mi end",),
            LogRole.FIELD: ("mi definition",),
            LogRole.TYPE: ("inc category",),
        },
    ),
    Export(
        source="ServiceNow incidents",
        needs=_set("number"),
        one_of=(
            _set("opened at, opened"),
            _set("resolved at, closed at, resolved, closed"),
            _set("incident state, assignment group, short description, sys created on, caller id, caller"),
        ),
        form=Form.START_END,
        roles={
            LogRole.ITEM: ("number",),
            LogRole.START: ("opened at", "opened", "sys created on"),
            LogRole.END: ("resolved at", "resolved", "closed at", "closed"),
            LogRole.PERSON: ("assigned to",),
            LogRole.TYPE: ("category",),
            LogRole.TEAM: ("assignment group",),
        },
    ),
    Export(
        source="Linear",
        needs=_set("id, team, title, status, created, started, completed, canceled"),
        form=Form.WIDE_DATES,
        roles={LogRole.ITEM: ("id",), LogRole.PERSON: ("assignee",), LogRole.TEAM: ("team",)},
        stages=(
            ("created", "Created", _WAIT),
            ("triaged", "Triaged", _WAIT),
            ("started", "Started", _ACTIVE),
            ("canceled", "Canceled", _CANCELLED),
            ("completed", "Completed", _DONE),
        ),
    ),
)
"""The first that fits is taken, so that the more special ones stand first."""

_PROCESS_MINING = _set("case concept name, concept name, time timestamp, start timestamp, lifecycle transition, "
                       "org resource")  # fmt: skip


def recognise_export(headers: frozenset[str]) -> Export | None:
    """Find the tool whose file has these headers, given in plain form."""
    for export in EXPORTS:
        if export.needs <= headers and all(headers & names for names in export.one_of):
            return export
    return None


def named_source(headers: tuple[str, ...], form: Form) -> str | None:
    """Name the source of a file that its headers and form give away, though it needs no mapping of its own."""
    if len(_PROCESS_MINING & set(headers)) >= 2:
        return "process mining (XES names)"
    if form is Form.WIDE_DURATIONS and set(headers) & {"key", "issue key"}:
        return "Jira time in status report"
    if form is Form.WIDE_DATES and headers[0].split()[-1:] == ["id"] and headers[1:2] == ("link",):
        return "ActionableAgile"
    return None
