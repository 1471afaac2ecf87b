"""Files in exactly the shape that a tool exports: named, mapped, and with the lead times that their rows say.

Headers are those of the tools' own documentation: Jira's issue navigator and data pipeline, Azure DevOps queries and
Analytics, `gh ... --json` as CSV, GitLab's issue export, Trello's actions flattened, ServiceNow's metric_instance,
Linear's export, ActionableAgile's file format, and the attribute names of XES.
"""

from __future__ import annotations

import numpy as np
import pytest

from vsm.items.build import StatusKind
from vsm.items.log import OPEN
from vsm.reading.log_shapes import Layout, LogReading
from vsm.reading.logs import looks_like_log, read_log

HOUR = 3_600_000_000

# ruff: noqa: E501
JIRA_ISSUES = """Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Reporter,Created,Updated,Last Viewed,Resolved,Due date,Sprint,Sprint
Login fails,PAY-1,10001,Bug,Done,PAY,High,Done,ana,bo,05/Jan/26 9:00 AM,08/Jan/26 9:00 AM,09/Jan/26 9:00 AM,06/Jan/26 1:00 PM,,S1,S2
"Refund, partial",PAY-2,10002,Story,In Progress,PAY,Low,,ana,bo,05/Jan/26 10:00 AM,07/Jan/26 9:00 AM,09/Jan/26 9:00 AM,,,S1,
Export,PAY-3,10003,Story,Done,PAY,Low,Done,cy,bo,15/Jan/26 10:00 AM,17/Jan/26 9:00 AM,19/Jan/26 9:00 AM,15/Jan/26 12:00 PM,,S1,
"""
JIRA_PIPELINE = """issue_id,changelog_id,author_id,author_key,created_date,field,field_type,from,from_string,to,to_string,additional_information
10002,1,7,JIRAUSER7,2026-01-05T09:00:00Z,status,jira,1,To Do,3,In Progress,
10002,2,7,JIRAUSER7,2026-01-05T10:00:00Z,assignee,jira,,,JIRAUSER8,Ann,
10002,3,8,JIRAUSER8,2026-01-05T15:00:00Z,status,jira,3,In Progress,4,Done,
"""
JIRA_HISTORY = """Issue Key,Summary,Issue Type,From Status,To Status,Transition Date,Author
PAY-1,Login,Bug,,To Do,2026-01-05 09:00,ana
PAY-1,Login,Bug,To Do,In Progress,2026-01-05 11:00,ana
PAY-1,Login,Bug,In Progress,Done,2026-01-05 14:00,bo
"""
TIME_IN_STATUS = """Key,Summary,Issue Type,Created,To Do,In Progress,In Review,Done,In Progress (count)
PAY-1,Login,Bug,2026-01-05 09:00,2h,1d 3h,-,0m,2
PAY-2,Refund,Story,2026-01-05 10:00,30m,4h,1h 30m,0m,1
"""
AZURE_QUERY = """ID,Work Item Type,Title,State,Assigned To,Created Date,Activated Date,Resolved Date,Closed Date,Tags
101,User Story,Search,Closed,Ana <ana@example.org>,1/5/2026 9:00:00 AM,1/5/2026 1:00:00 PM,1/14/2026 9:00:00 AM,1/15/2026 9:00:00 AM,web
102,Bug,Crash,Active,Bo <bo@example.org>,1/6/2026 9:00:00 AM,1/7/2026 9:00:00 AM,,,
"""
AZURE_REVISIONS = """WorkItemId,Revision,WorkItemType,State,ChangedDate,AssignedTo
101,1,Bug,New,2026-01-05T09:00:00Z,
101,2,Bug,New,2026-01-05T09:30:00Z,Ana
101,3,Bug,Active,2026-01-05T11:00:00Z,Ana
101,4,Bug,Closed,2026-01-05T15:00:00.123Z,Ana
"""
GITHUB_ISSUES = """number,title,state,createdAt,closedAt,labels
7,Crash on start,CLOSED,2026-01-05T09:00:00Z,2026-01-05T12:00:00Z,bug
8,Dark mode,OPEN,2026-01-06T09:00:00Z,,
"""
GITHUB_PULLS = """number,title,author,createdAt,mergedAt,closedAt
21,Fix crash,ana,2026-01-05T09:00:00Z,2026-01-05T11:00:00Z,2026-01-05T11:00:00Z
22,Try it,bo,2026-01-05T09:00:00Z,,2026-01-05T10:00:00Z
23,Draft,bo,2026-01-05T09:00:00Z,,
"""
GITHUB_PROJECT = """Title,URL,Assignees,Status,Start date,End date
Crash,https://github.com/o/r/issues/7,ana,Done,2026-01-05,2026-01-06
Mode,https://github.com/o/r/issues/8,bo,In Progress,2026-01-06,
"""
GITLAB_ISSUES = """Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent
Crash,It crashes,4,https://gitlab.com/g/p/-/issues/4,Closed,Ana,ana,Bo,bo,No,No,2026-02-01,2026-01-05 09:00:00,2026-01-07 09:00:00,2026-01-05 13:00:00,,,bug,0,0
Mode,"Two
lines",5,https://gitlab.com/g/p/-/issues/5,Open,Ana,ana,Bo,bo,No,No,,2026-01-06 09:00:00,2026-01-07 09:00:00,,,,,0,0
"""
GITLAB_STREAM = """issue_id,stage_name,start_event_timestamp,end_event_timestamp,author_id
4,Plan,2026-01-05T09:00:00Z,2026-01-05T10:00:00Z,1
4,Code,2026-01-05T12:00:00Z,2026-01-05T14:00:00Z,1
"""
TRELLO = """id,type,date,idMemberCreator,data.card.id,data.card.name,data.list.name,data.listBefore.name,data.listAfter.name,memberCreator.fullName
a1,createCard,2026-01-05T09:00:00.000Z,m1,c1,Logo,To Do,,,Ana
a2,updateCard,2026-01-05T10:00:00.000Z,m1,c1,Logo,,To Do,Doing,Ana
a3,commentCard,2026-01-05T11:00:00.000Z,m2,c1,Logo,Doing,,,Bo
a4,updateCard,2026-01-05T12:30:00.000Z,m1,c1,Logo,,Doing,Done,Ana
"""
SERVICENOW_METRICS = """Definition,ID,Value,Start,End,Duration,Calculation complete
Incident State Duration,INC001,New,2026-01-05 09:00:00,2026-01-05 10:00:00,1 Hour,true
Assigned to Duration,INC001,Ana,2026-01-05 09:00:00,2026-01-05 10:00:00,1 Hour,true
Incident State Duration,INC001,In Progress,2026-01-05 10:00:00,2026-01-05 13:00:00,3 Hours,true
Incident State Duration,INC002,New,2026-01-06 09:00:00,,,false
"""
SERVICENOW_INCIDENTS = """number,short_description,opened_at,resolved_at,closed_at,incident_state,assignment_group,assigned_to,category
INC001,Mail,2026-01-05 09:00:00,2026-01-05 14:00:00,2026-01-12 14:00:00,Closed,Desk,Ana,software
INC002,Disk,2026-01-06 09:00:00,,,In Progress,Desk,Bo,hardware
"""
LINEAR = """ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue
ENG-1,Engineering,Search,,Done,1,High,,,ana@example.org,bo@example.org,,,,,,2026-01-05T09:00:00.000Z,2026-01-08T09:00:00.000Z,2026-01-05T12:00:00.000Z,,2026-01-05T15:00:00.000Z,,,,
ENG-2,Engineering,Old,,Canceled,,Low,,,ana@example.org,,,,,,,2026-01-05T09:00:00.000Z,2026-01-08T09:00:00.000Z,,,,2026-01-06T09:00:00.000Z,,,
"""
ACTIONABLE = """ID,Link,Title,Backlog,Analysis,Build,Released,Type,Blocked Days
S-1,https://example.org/S-1,One,2026-01-01,2026-01-05,2026-01-06,2026-01-08,Story,0
S-2,https://example.org/S-2,Two,2026-01-02,2026-01-06,,,Story,1
"""
XES = """case:concept:name,concept:name,time:timestamp,start_timestamp,org:resource,lifecycle:transition,case,activity,resource
1,Check,2026-01-05T10:00:00+00:00,2026-01-05T09:00:00+00:00,ana,complete,1,Check,ana
1,Pay,2026-01-05T13:00:00+00:00,2026-01-05T12:00:00+00:00,bo,complete,1,Pay,bo
"""
XES_EVENTS = """case:concept:name,concept:name,time:timestamp,org:resource,lifecycle:transition
1,Check,2026-01-05T10:00:00+00:00,ana,complete
1,Pay,2026-01-05T13:00:00+00:00,bo,complete
"""
XES_LIFECYCLE = """case:concept:name,concept:name,time:timestamp,org:resource,lifecycle:transition
1,Check,2026-01-05T09:00:00+00:00,ana,start
1,Check,2026-01-05T10:00:00+00:00,ana,complete
1,Pay,2026-01-05T11:00:00+00:00,bo,schedule
1,Pay,2026-01-05T12:00:00+00:00,bo,start
1,Pay,2026-01-05T13:00:00+00:00,bo,complete
"""

CASES = {
    "jira issues": (JIRA_ISSUES, "Jira issue export", Layout.STAGE_LOG, {"PAY-1": 28, "PAY-2": None, "PAY-3": 2}),
    "jira pipeline": (JIRA_PIPELINE, "Jira data pipeline, issue history", Layout.EVENT_LOG, {"10002": 6}),
    "jira history": (JIRA_HISTORY, "Jira status history", Layout.EVENT_LOG, {"PAY-1": 5}),
    "time in status": (
        TIME_IN_STATUS, "Jira time in status report", Layout.WIDE_DURATIONS, {"PAY-1": 13, "PAY-2": 6},
    ),
    "azure query": (AZURE_QUERY, "Azure DevOps", Layout.WIDE_DATES, {"101": 240, "102": None}),
    "azure revisions": (AZURE_REVISIONS, "Azure DevOps Analytics, revisions", Layout.EVENT_LOG, {"101": 6 + 0.123 / 3600}),
    "github issues": (GITHUB_ISSUES, "GitHub issues", Layout.STAGE_LOG, {"7": 3, "8": None}),
    "github pulls": (GITHUB_PULLS, "GitHub pull requests", Layout.WIDE_DATES, {"21": 2, "22": None, "23": None}),
    "github project": (
        GITHUB_PROJECT, "GitHub project items", Layout.STAGE_LOG,
        {"https://github.com/o/r/issues/7": 48, "https://github.com/o/r/issues/8": None},
    ),
    "gitlab issues": (GITLAB_ISSUES, "GitLab issues", Layout.STAGE_LOG, {"4": 4, "5": None}),
    "gitlab stream": (GITLAB_STREAM, "GitLab value stream analytics", Layout.STAGE_LOG, {"4": 5}),
    "trello": (TRELLO, "Trello board actions", Layout.EVENT_LOG, {"c1": 3.5}),
    "servicenow metrics": (
        SERVICENOW_METRICS, "ServiceNow metric instances", Layout.STAGE_LOG, {"INC001": 4, "INC002": None},
    ),
    "servicenow incidents": (
        SERVICENOW_INCIDENTS, "ServiceNow incidents", Layout.STAGE_LOG, {"INC001": 5, "INC002": None},
    ),
    "linear": (LINEAR, "Linear", Layout.WIDE_DATES, {"ENG-1": 6, "ENG-2": None}),
    "actionable agile": (ACTIONABLE, "ActionableAgile", Layout.WIDE_DATES, {"S-1": 8 * 24, "S-2": None}),
    "xes": (XES, "process mining (XES names)", Layout.STAGE_LOG, {"1": 4}),
    "xes events": (XES_EVENTS, "process mining (XES names)", Layout.EVENT_LOG, {"1": 3}),
    "xes lifecycle": (XES_LIFECYCLE, "process mining (XES names)", Layout.EVENT_LOG, {"1": 4}),
}  # fmt: skip


def lead_times(found: LogReading) -> dict[str, float | None]:
    """Hours from beginning to finish of each item; `None` for those that are open or cancelled."""
    log = found.log
    assert log is not None, found.blocking
    return {
        item: None if finished == OPEN else float((finished - begun) / HOUR)
        for item, begun, finished in zip(log.items, log.begun.tolist(), log.finished.tolist(), strict=True)
    }


@pytest.mark.parametrize("case", CASES)
def test_an_export_is_named_and_read(case: str):
    text, source, layout, hours = CASES[case]
    found = read_log(text.encode(), f"{case}.csv")
    assert (found.source, found.layout) == (source, layout)
    assert lead_times(found) == pytest.approx(hours)
    assert found.rows.total == len(found.left_out) + found.rows.used + found.rows.blank


@pytest.mark.parametrize("case", CASES)
def test_an_export_is_recognised_by_its_first_rows(case: str):
    text, _, layout, _ = CASES[case]
    assert looks_like_log(text.encode(), f"{case}.csv") is layout


def test_a_pull_request_closed_without_merging_is_cancelled():
    log = read_log(GITHUB_PULLS.encode(), "pulls.csv").log
    assert log is not None
    assert dict(zip(log.items, log.cancelled.tolist(), strict=True)) == {"21": False, "22": True, "23": False}


def test_a_time_in_status_report_counts_each_status_in_its_stage():
    found = read_log(TIME_IN_STATUS.encode(), "report.csv")
    log = found.log
    assert log is not None
    assert [(s.name, s.kind) for s in found.statuses] == [
        ("To Do", StatusKind.WAIT),
        ("In Progress", StatusKind.ACTIVE),
        ("In Review", StatusKind.ACTIVE),
        ("Done", StatusKind.DONE),
    ]
    worked = np.bincount(log.visits.stage, (log.visits.end - log.visits.start) * ~log.visits.waiting / HOUR)
    assert dict(zip(log.stages, worked.tolist(), strict=True)) == {"In Progress": 15.0, "In Review": 1.5}
    assert not log.dated


def test_trello_keeps_a_card_in_its_list_while_people_comment():
    log = read_log(TRELLO.encode(), "actions.csv").log
    assert log is not None
    doing = log.visits.stage == log.stages.index("Doing")
    hours = (log.visits.end - log.visits.start)[doing] / HOUR
    assert hours[~log.visits.waiting[doing]].tolist() == [2.5]


def test_process_mining_names_win_over_plain_ones_that_say_the_same():
    found = read_log(XES.encode(), "log.csv")
    used = {column.header for column in found.columns if column.role.value != "ignore"}
    assert {"case:concept:name", "concept:name", "start_timestamp", "time:timestamp", "org:resource"} <= used
    assert not used & {"case", "activity", "resource"}


def test_the_number_of_an_action_is_no_item_where_the_card_comes_back():
    text = """id,date,type,card,listBefore,listAfter
1,2026-01-05T09:00:00Z,createCard,Card A,,To Do
2,2026-01-06T09:00:00Z,updateCard,Card A,To Do,Doing
3,2026-01-08T09:00:00Z,updateCard,Card A,Doing,Done
4,2026-01-05T09:00:00Z,createCard,Card B,,To Do
"""
    reading = read_log(text.encode(), "actions.csv")
    assert reading.log is not None
    assert list(reading.log.items) == ["Card A", "Card B"]


def test_durations_of_statuses_are_read_though_dates_and_counts_stand_beside_them():
    text = """Issue Key,Created,Resolution Date,"To Do (hours)","To Do count","In Progress (hours)","In Progress count"
P-1,2026-01-05 09:00,2026-01-08 09:00,24,1,48,2
P-2,2026-01-06 09:00,2026-01-08 09:00,12,1,36,1
"""
    reading = read_log(text.encode(), "time_in_status.csv")
    assert reading.layout is Layout.WIDE_DURATIONS
    assert [status.name for status in reading.statuses] == ["To Do", "In Progress"]


def test_the_metrics_of_servicenow_are_known_by_either_name_of_their_definition():
    rows = """Incident State Duration,INC1,New,2026-01-05 08:00:00,2026-01-05 10:00:00,7200,true
Incident State Duration,INC1,In Progress,2026-01-05 10:00:00,2026-01-06 10:00:00,86400,true
Assignment Group Duration,INC1,Network,2026-01-05 08:00:00,2026-01-06 10:00:00,93600,true
Incident State Duration,INC1,Closed,2026-01-06 10:00:00,,,false
"""
    for header in ("Definition", "Metric definition"):
        text = f"{header},ID,Value,Start,End,Duration,Calculation complete\n{rows}"
        reading = read_log(text.encode(), "metric_instance.csv")
        assert reading.source == "ServiceNow metric instances"
        assert reading.rows.left_out == 1
        assert [(status.name, status.kind.value) for status in reading.statuses][:3] == [
            ("New", "wait"), ("In Progress", "active"), ("Closed", "done"),
        ]  # fmt: skip
        assert ((reading.log.finished - reading.log.begun) / HOUR).tolist() == [26]


def test_metrics_of_servicenow_need_no_column_of_their_duration():
    text = (
        "ID,Definition,Value,Start,End\n"
        "INC1,Incident State Duration,New,2026-01-05 08:00:00,2026-01-05 10:00:00\n"
        "INC1,Incident State Duration,In Progress,2026-01-05 10:00:00,2026-01-05 12:00:00\n"
        "INC1,Incident State Duration,Closed,2026-01-05 12:00:00,\n"
    )
    reading = read_log(text.encode(), "metric_instance.csv")
    assert reading.source == "ServiceNow metric instances"
    assert reading.log is not None
    assert (reading.log.finished - reading.log.begun).tolist() == [4 * 3600 * 1_000_000]


# K-1 comes to Build on the 5th at 08:00 and to Done on the 6th at 10:00: 26 h, as each of the tools writes it.
HISTORIES = {
    "Salesforce case history": """Case Number,Field / Event,Old Value,New Value,Edit Date,Edited By
K-1,Status,New,Build,2026-01-05 08:00:00,Ann
K-1,Owner,Ann,Bob,2026-01-05 09:00:00,Ann
K-1,Status,Build,Done,2026-01-06 10:00:00,Bob
""",
    "ServiceNow sys_audit": """documentkey,tablename,fieldname,oldvalue,newvalue,sys_created_on,user
K-1,incident,state,,Build,2026-01-05 08:00:00,Ann
K-1,incident,priority,3,2,2026-01-05 09:00:00,Ann
K-1,incident,state,Build,Done,2026-01-06 10:00:00,Bob
""",
    "Celonis": """CASE_KEY,ACTIVITY_EN,EVENTTIME,SORTING,USER_NAME
K-1,Build,2026-01-05 08:00:00,10,Ann
K-1,Done,2026-01-06 10:00:00,20,Bob
""",
}


@pytest.mark.parametrize("tool", HISTORIES)
def test_histories_of_other_tools_are_recognised_by_their_columns(tool: str) -> None:
    text = HISTORIES[tool].encode()
    assert looks_like_log(text, "history.csv") is Layout.EVENT_LOG
    found = read_log(text, "history.csv")
    assert found.log is not None
    assert (found.log.finished - found.log.begun).tolist() == [26 * 3_600_000_000]
    assert set(found.log.people) <= {"Ann", "Bob"}
