"""A file -> sheets -> a table -> a stream: the only place that knows about columns and messy cells."""
