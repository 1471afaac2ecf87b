"""Summary: the written improvement summary of about one page, to read, copy and take away, and all suggestions."""

import streamlit as st

from pages.shared.downloads import download
from pages.shared.guard import analysis_or_stop
from pages.shared.prose import bullets, link_to_method, paragraphs
from pages.shared.reported import subject, subject_for_files, switches
from pages.shared.suggestions import show_suggestions
from pages.shared.text import escape
from vsm.reports.html import html_report
from vsm.summary import summary_markdown, write_summary

st.title("Summary")
analysis = analysis_or_stop("a written improvement summary of about one page")
switches(analysis)
summary = write_summary(subject(analysis))
for_files = subject_for_files(analysis)
stream = for_files.analysis.stream

with st.container(horizontal=True):
    text = summary_markdown(write_summary(for_files))
    download(stream, "Download as Markdown", "summary", "md", lambda: text, also=for_files.beside)
    download(stream, "Download as HTML report", "report", "html", lambda: html_report(for_files), also=for_files.beside)
    with st.popover("Copy the text"):
        st.code(text, language="markdown", wrap_lines=True)

st.header(escape(summary.title), anchor=False)
for section in summary.sections:
    st.subheader(escape(section.title), anchor=False)
    paragraphs(section.paragraphs)
    if section.bullets:
        bullets(section.bullets)

if analysis.suggestions:
    st.subheader("All suggestions", anchor=False)
    show_suggestions(analysis)
    link_to_method("savings")
