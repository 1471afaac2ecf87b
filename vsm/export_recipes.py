"""Trackers -> how to get a log out of each of them that can be uploaded as it is."""

from __future__ import annotations

from typing import NamedTuple


class Recipe(NamedTuple):
    """The way to one tool's export, and what it tells."""

    tool: str
    how: str
    """Markdown."""
    tells: str


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "Jira",
        "For the way through the statuses, export the status history or the time in status from an app for Jira that "
        "has it, or the changelog from Jira's data pipeline. Else: Filters → All issues → Export → CSV (all fields).",
        "A history gives every stage. The plain issue export has the dates created and resolved only: lead times, and "
        "no stages.",
    ),
    Recipe(
        "Azure DevOps",
        "Queries → your query → Column options: add Created Date, Activated Date, Resolved Date and Closed Date → "
        "Export to CSV. Or, for every move, the revisions of work items from Analytics as CSV.",
        "A query has the last date of each state. Revisions also show what was sent back.",
    ),
    Recipe(
        "GitHub",
        "`gh pr list --state all --limit 10000 --json number,title,author,labels,createdAt,closedAt,mergedAt "
        "> pulls.json`; in the same way `gh issue list` with number, title, state, stateReason, assignees, labels, "
        "createdAt and closedAt.",
        "How long pull requests and issues were open.",
    ),
    Recipe(
        "GitLab",
        "Issues → ⋮ → Export as CSV; GitLab mails the file.",
        "How long issues were open.",
    ),
    Recipe(
        "Trello",
        "Board menu → Print, export and share → Export as JSON; then its actions as CSV: "
        """`jq -r '["type","date","data.card.id","data.listBefore.name","data.listAfter.name"], (.actions[] | """
        "[.type,.date,.data.card.id,.data.listBefore.name,.data.listAfter.name]) | @csv' board.json > board.csv`. The "
        "JSON holds the last 1,000 actions of the board.",
        "Every move from list to list.",
    ),
    Recipe(
        "ServiceNow",
        "The list of metric_instance, filtered to the definition of a state's duration: right-click a column's header "
        "→ Export → CSV. Or the list of incidents with opened and resolved.",
        "Metrics give the time in each state, incidents the whole way only.",
    ),
    Recipe(
        "Linear",
        "Settings → Import / Export → Export data as CSV.",
        "When issues were created, started and completed.",
    ),
    Recipe(
        "ActionableAgile, or your own sheet",
        "One row for each item: its key, then one date column for each stage in the order of the flow.",
        "When each item came to each stage.",
    ),
    Recipe(
        "Process mining tools",
        "The event log as CSV, with the columns case:concept:name, concept:name and time:timestamp, and if there are "
        "any start_timestamp or lifecycle:transition.",
        "Every activity; with its start as well, work is told from waiting.",
    ),
)
