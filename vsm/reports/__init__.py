"""Analysis -> HTML, Excel, Markdown and CSV."""
