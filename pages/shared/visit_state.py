"""What a visit holds <-> a draft of it: data, choices, scenarios, filters, and answers beside them; nothing derived."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.shared import (
    comparison,
    filters,
    names_in_files,
    promised_file,
    reported,
    scenario_state,
    second_file,
    selected,
    session,
    simulation_inputs,
    waits,
    what_goes_in,
)
from pages.shared.session import Added, Brought, Loaded
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Choices
from vsm.sharing.draft import (
    Draft,
    KeptData,
    KeptFile,
    KeptLog,
    KeptParts,
    KeptPromise,
    KeptSecond,
    draft_text,
    read_draft,
)
from vsm.sharing.drafts import DraftContent
from vsm.sharing.found import StoreError

_ANSWERS = (
    names_in_files.NAMED,
    reported.WITH_FUTURE,
    reported.WITH_COMPARISON,
    what_goes_in.WITH_LOG,
    comparison.WAY,
    simulation_inputs.ITEMS,
    simulation_inputs.SEED,
    waits.USUAL_HOURS,
)
"""Questions beside the data, by the keys of their answers in the session."""


def current_draft() -> Draft | None:
    """Return what the visit holds; `None` where nothing is loaded, or a publication, whose own link opens it again."""
    brought, before = session.brought(), session.earlier()
    if brought is None or brought.file.published is not None:
        return None
    second, promised, compared = second_file.brought(), promised_file.kept(), comparison.asked_parts()
    return Draft(
        data=_kept(brought),
        earlier=None if before is None or before.file.published is not None else _kept(before),
        wanted=selected.wanted(),
        scenarios=scenario_state.history(),
        baseline=scenario_state.baseline(),
        made_for=scenario_state.made_for(),
        second=None if second is None else KeptSecond(file=_kept_file(second[0]), is_log=second[1]),
        promised=None if promised is None else KeptPromise(name=promised[0], saved=promised[1]),
        compared=None if compared is None else KeptParts(items=compared[0], parts=compared[1]),
        answers={key: st.session_state[key] for key in _ANSWERS if key in st.session_state},
    )


def content_of(draft: Draft) -> DraftContent:
    """Return what is stored of the draft that the visit holds. Raises `StoreError` where it cannot be."""
    second, before = second_file.brought(), session.earlier()
    files = [*_files(session.brought()), *_files(before), *([] if second is None else [second[0]])]
    return DraftContent(
        state=draft_text(draft), files={file.sha256: file.data for file in files if file.data is not None}
    )


def bring_back(content: DraftContent) -> None:
    """Load what an earlier visit held. Raises `StoreError` with a sentence where this release cannot read it."""
    draft, files = read_draft(content.state), content.files
    before = None if draft.earlier is None else _brought(draft.earlier, files)
    if not session.bring_back(_brought(draft.data, files), before):
        raise StoreError("The data of this draft can no longer be read.")
    filters.bring_back(draft.wanted)
    scenario_state.bring_back(draft.scenarios, draft.baseline, draft.made_for)
    if draft.second is not None:
        second_file.bring_back(_loaded(draft.second.file, files), draft.second.is_log)
    if draft.promised is not None:
        promised_file.bring_back(draft.promised.name, draft.promised.saved)
    if draft.compared is not None:
        comparison.bring_back(draft.compared.items, draft.compared.parts)
    for key, answer in (draft.answers or {}).items():
        if key in _ANSWERS:
            st.session_state[key] = answer


def _files(brought: Brought | None) -> list[Loaded]:
    return [] if brought is None else [brought.file, *(added.file for added in brought.added)]


def _kept(brought: Brought) -> KeptData:
    choices = brought.choices
    return KeptData(
        file=_kept_file(brought.file),
        table=choices if isinstance(choices, Choices) else None,
        log=choices if isinstance(choices, LogChoices) else None,
        added=tuple(KeptLog(file=_kept_file(added.file), choices=added.choices) for added in brought.added),
        remembered=brought.remembered,
        said=brought.said,
    )


def _kept_file(file: Loaded) -> KeptFile:
    return KeptFile(name=file.name, sha256=None if file.data is None else file.sha256, rows=file.rows)


def _brought(kept: KeptData, files: Mapping[str, bytes]) -> Brought:
    return Brought(
        file=_loaded(kept.file, files),
        choices=kept.log or kept.table or Choices(),
        added=tuple(Added(file=_loaded(added.file, files), choices=added.choices) for added in kept.added),
        remembered=kept.remembered,
        said=kept.said,
    )


def _loaded(kept: KeptFile, files: Mapping[str, bytes]) -> Loaded:
    return Loaded(name=kept.name, data=None if kept.sha256 is None else files[kept.sha256], rows=kept.rows)
