"""Publications and drafts, in one store: an analysis frozen under a link, and what a visit holds, to come back to."""
