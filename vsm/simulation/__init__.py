"""A value stream -> the same stream acted out item by item, to test figures that come from formulas."""
