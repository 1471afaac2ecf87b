"""The ways to bring data: a file, a pasted block, a typed table, a template to fill, or a sample to look around."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shared import draft_view, samples, session, sign_in
from vsm.export_recipes import RECIPES
from vsm.template import TYPED_COLUMNS, template_csv, template_xlsx

_BLANK_ROWS = 6
_PASTED, _TYPED = "pasted_block", "typed_table"


def show() -> None:
    """Show the ways side by side as tabs, what is kept of it below them, and the samples in the open."""
    if sign_in.may_upload():
        _ways()
    else:
        sign_in.say_no_upload()
    if session.loaded() is None:
        draft_view.show()
    st.subheader("Or look around with a sample", anchor=False)
    samples.buttons()


def _ways() -> None:
    upload, paste, typed, template = st.tabs(
        ["Upload a file", "Paste from a spreadsheet", "Type it in", "Fill in a template"]
    )
    with upload:
        _upload()
    with paste:
        _paste()
    with typed:
        _type()
    with template:
        _template()


def _upload() -> None:
    st.file_uploader(
        "A table of stages or an item log, as CSV, TSV, a spreadsheet (xlsx, xlsm, xls, xlsb, ods) or JSON from gh",
        key="upload",
        on_change=_take_upload,
        max_upload_size=session.UPLOAD_MEGABYTES,
    )
    with st.expander("How to export a log from your tracker", type="compact"):
        for recipe in RECIPES:
            st.markdown(f"**{recipe.tool}**. {recipe.how} *{recipe.tells}*")


def _take_upload() -> None:
    file = st.session_state["upload"]
    if file is not None:
        session.load_file(file.getvalue(), name_of_file(file.name))


def _paste() -> None:
    st.text_area(
        "Select the table in your spreadsheet with its header row, copy it, and paste it here",
        key=_PASTED,
        height=160,
        placeholder="Stage\tProcessing time\tWait time\nDesign\t4 h\t2 days\nBuild\t3 days\t6 h",
    )
    st.button("Use the pasted table", on_click=_take_pasted)


def _take_pasted() -> None:
    session.load_file(st.session_state[_PASTED].encode(), "Pasted table")


def _type() -> None:
    # Empty texts rather than missing values: those would fill the grid with the word None.
    blank = pd.DataFrame({name: [""] * _BLANK_ROWS for name in TYPED_COLUMNS}, dtype="str")
    typed = st.data_editor(
        blank,
        key=_TYPED,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(help=note, default="") for name, note in TYPED_COLUMNS.items()
        },
    )
    st.caption("Times may carry their unit: 45 min, 6 h, 2d 4h, 1:30. A number alone is hours.")
    # A click's callback would run before the editor's value is known; so the rows are taken here.
    if st.button("Use the typed table"):
        rows = typed.astype(object).where(typed.notna(), None).to_numpy().tolist()
        session.load_rows([list(TYPED_COLUMNS), *rows], "Typed table")
        st.rerun()


def _template() -> None:
    st.markdown("A table with a filled example and a note on each column. Fill it in, save it, and upload it here.")
    with st.container(horizontal=True):
        template_buttons()


def template_buttons() -> None:
    """Show the two downloads of the template."""
    st.download_button(
        "Template for Excel or LibreOffice (xlsx)",
        template_xlsx,
        "value_stream_template.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
    )
    st.download_button("Template as CSV", template_csv, "value_stream_template.csv", "text/csv", on_click="ignore")


def name_of_file(sent: str) -> str:
    """Return the name that a file has on the visitor's computer: browsers send a quotation mark in it as %22."""
    return sent.replace("%22", '"')
