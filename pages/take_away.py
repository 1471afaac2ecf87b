"""Take it away: everything as files, each with what it is good for, made on the click."""

import streamlit as st

from pages.shared import names_in_files
from pages.shared.chart_files import charts_download
from pages.shared.downloads import download
from pages.shared.guard import analysis_or_stop
from pages.shared.map_files import map_downloads
from pages.shared.reported import subject_for_files, switches
from vsm.reports import (
    csv_report,
    excel_report,
    html_report,
    markdown_report,
    pdf_report,
    slides_report,
    word_report,
)

st.title("Take it away")
analysis = analysis_or_stop("the reports on your stream, to download")
st.markdown("Each file is made on this server when you click, and comes to you alone.")

names_in_files.switch()
switches(analysis)
subject = subject_for_files(analysis)
analysis, measured = subject.analysis, subject.measured
stream = analysis.stream

st.header("The whole report", anchor=False)
st.markdown("One page with map, figures, charts and suggestions. It opens offline, prints well, and can be mailed.")
download(
    stream, "Download HTML report", "report", "html", lambda: html_report(subject), also=subject.beside, primary=True
)

st.header("To edit, to present, to print", anchor=False)
st.markdown("The same report in Word, with headings, tables and pictures that can be changed.")
download(stream, "Download Word document", "report", "docx", lambda: word_report(subject), also=subject.beside)
st.markdown("Slides for PowerPoint: headline figures, map, bottleneck, suggestions, and the plan if there is one.")
download(stream, "Download slides", "slides", "pptx", lambda: slides_report(subject), also=subject.beside)
st.markdown("The same report as PDF, with page numbers, for print and for screen readers.")
download(stream, "Download PDF report", "report", "pdf", lambda: pdf_report(subject), also=subject.beside)

st.header("For a spreadsheet", anchor=False)
st.markdown("An Excel workbook whose figures are live formulas: change a wait and see flow efficiency change.")
download(stream, "Download Excel workbook", "workbook", "xlsx", lambda: excel_report(subject), also=subject.beside)
st.markdown("The stage table with every figure, not rounded, for any other program.")
download(stream, "Download CSV", "stages", "csv", lambda: csv_report(subject))

st.header("For a wiki or a ticket", anchor=False)
st.markdown("The written summary with all figures, as Markdown.")
download(stream, "Download Markdown", "report", "md", lambda: markdown_report(subject), also=subject.beside)

st.header("The map", anchor=False)
st.markdown("SVG scales to any size and can be edited, PNG goes into slides, PDF is for print.")
map_downloads(analysis)

st.header("The charts", anchor=False)
shown = "page Stages" if measured is None else "pages Stages, Flow over time, and Rework and paths"
st.markdown(f"All charts of the {shown} in one ZIP file, each as PNG and as SVG.")
charts_download(analysis, measured)
