"""Visits of items to stages -> facts -> a measured stream: the numeric core for item logs."""
