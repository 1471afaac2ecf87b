"""What a host decides and watches: settings, who may do what, counters, and lines for a log; no page, no Streamlit."""
