"""A stage's name -> what kind of step it is, and the questions that such steps usually deserve: never findings."""

from __future__ import annotations

import re
from enum import StrEnum

from vsm.model import Stage


class StepKind(StrEnum):
    """Kinds of step that have well-known reasons to wait."""

    REVIEW = "review"
    TESTING = "testing"
    DEPLOYMENT = "deployment"
    APPROVAL = "approval"
    PLANNING = "planning"
    SUPPORT = "support"


_PATTERNS: tuple[tuple[StepKind, str], ...] = (
    (
        StepKind.APPROVAL,
        r"approv|sign.?off|authori[sz]|\bcab\b|permit|decision|genehmig|freigabe|approbation|validation manag|aprob"
        r"|aprova|akcept|zatwierdz|decyzj",
    ),
    (StepKind.REVIEW, r"review|inspect|proofread|pull request|\bpr\b|audit|prüfung|revue|relecture|revisi|przegl"),
    (StepKind.TESTING, r"\btest|\bqa\b|quality assurance|\buat\b|verif|recette|prueba|teste|testow"),
    (
        StepKind.DEPLOYMENT,
        r"deploy|release|rollout|go.?live|publish|production push|ausroll|mise en prod|desplieg|wdroż",
    ),
    (StepKind.PLANNING, r"planning|refinement|grooming|prioriti|backlog|triage|planung|planif|planow"),
    (StepKind.SUPPORT, r"escalat|second.?(level|line)|\bl[23]\b|tier ?[23]"),
)

QUESTIONS: dict[StepKind, tuple[str, ...]] = {
    StepKind.REVIEW: (
        "Are there too few people who may review, or does everything wait for one of them?",
        "Could reviewers look at smaller pieces, the same day?",
    ),
    StepKind.TESTING: (
        "How much of the testing is still done by hand, and how often is the same check repeated?",
        "Does testing wait for an environment or for test data?",
    ),
    StepKind.DEPLOYMENT: (
        "Is releasing a manual job on fixed days?",
        "What stands in the way of releasing each change when it is ready?",
    ),
    StepKind.APPROVAL: (
        "Who may decide, how often do they meet, and could clear-cut cases go without them?",
        "Is this step kept for a problem that is long gone: how often did it stop something last year?",
    ),
    StepKind.PLANNING: (
        "Does work wait for a meeting that takes place on fixed days?",
        "Is more prepared than the next steps can take up?",
    ),
    StepKind.SUPPORT: (
        "Does the next level get what it needs to know, or does it ask again?",
        "Which of these cases could the first level close if it had the tools or the right to?",
    ),
}


def step_kind(stage: Stage) -> StepKind | None:
    """Recognise a stage by its stated kind, else by its name; `None` where neither tells.

    >>> step_kind(Stage(name="Code review"))
    <StepKind.REVIEW: 'review'>
    """
    for text in (stage.kind, stage.name):
        folded = (text or "").casefold()
        for kind, pattern in _PATTERNS:
            if re.search(pattern, folded):
                return kind
    return None
