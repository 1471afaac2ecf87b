"""What the server did, counted for monitoring: no names, no data, nothing about a single visitor."""

from __future__ import annotations

import os
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from vsm.hosting.switches import SettingError, text

REGISTRY = CollectorRegistry()

SESSIONS = Gauge("vsm_sessions", "Visitors with an open tab", registry=REGISTRY)
RERUNS = Counter("vsm_reruns", "Pages put together", registry=REGISTRY)
UPLOADS = Counter("vsm_uploads", "Data brought: files, pasted blocks, typed tables and samples", registry=REGISTRY)
REFUSALS = Counter("vsm_refusals", "Data brought that could not be read", registry=REGISTRY)
DRAFTS = Gauge("vsm_drafts", "Drafts in the store", registry=REGISTRY)
ANALYSIS_SECONDS = Histogram("vsm_analysis_seconds", "Seconds that an analysis of stages took", registry=REGISTRY)
# Memory, processor time and open files of this process, where the system tells them (Linux).
ProcessCollector(registry=REGISTRY)


_LEAST_TOKEN = 16


def token(environment: Mapping[str, str] | None = None) -> str | None:
    """Return the token that asks for these figures, from `VSM_METRICS_TOKEN`; `None` where they are off.

    Raises `SettingError` for one that could be guessed.
    """
    found = text(os.environ if environment is None else environment, "VSM_METRICS_TOKEN")
    if found is not None and len(found) < _LEAST_TOKEN:
        raise SettingError(f"VSM_METRICS_TOKEN must have at least {_LEAST_TOKEN} characters, chosen at random.")
    return found


def as_text() -> bytes:
    """Write all of them as Prometheus reads them."""
    return generate_latest(REGISTRY)
