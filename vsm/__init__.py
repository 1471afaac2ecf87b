"""Value stream analysis: read a table of stages, measure it, find the bottleneck, say what to improve."""
