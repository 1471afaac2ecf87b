"""Analysis -> Altair charts, and the value stream map as SVG."""
