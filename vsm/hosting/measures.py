"""What the server did, counted for monitoring: no names, no data, nothing about a single visitor."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

REGISTRY = CollectorRegistry()

SESSIONS = Gauge("vsm_sessions", "Visitors with an open tab", registry=REGISTRY)
RERUNS = Counter("vsm_reruns", "Pages put together", registry=REGISTRY)
UPLOADS = Counter("vsm_uploads", "Data brought: files, pasted blocks, typed tables and samples", registry=REGISTRY)
REFUSALS = Counter("vsm_refusals", "Data brought that could not be read", registry=REGISTRY)
DRAFTS = Gauge("vsm_drafts", "Drafts in the store", registry=REGISTRY)
ANALYSIS_SECONDS = Histogram("vsm_analysis_seconds", "Seconds that an analysis of stages took", registry=REGISTRY)
# Memory, processor time and open files of this process, where the system tells them (Linux).
ProcessCollector(registry=REGISTRY)


def as_text() -> bytes:
    """Write all of them as Prometheus reads them."""
    return generate_latest(REGISTRY)
