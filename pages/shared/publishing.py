"""What publishing needs of the visit: the host's settings, how the app is reached, and how often it may be asked."""

from __future__ import annotations

import datetime as dt
import time
from urllib.parse import urlencode

import streamlit as st

from pages.shared import scenario_state, sign_in
from pages.shared.selected import FINISHED_FROM, FINISHED_TO, PEOPLE, TEAMS, TYPES
from vsm.serving.rate_limit import RateLimit
from vsm.sharing.found import StoreError
from vsm.sharing.settings import SharingSettings

_ADDRESS, _OVERVIEW = "share", "overview"
PUBLICATION = "publication"
"""Name of the query parameter that holds the token of a publication, and the number of an earlier version."""
_VIEW = (PUBLICATION, scenario_state.LINK, TYPES, TEAMS, PEOPLE, FINISHED_FROM, FINISHED_TO)
"""What of the address tells what is looked at, and nothing of the data itself."""
_ACTS = RateLimit(tries=20, seconds_for_one=30)
"""Shared by all visits: what an address may publish or change."""
_DAYS = (7, 30, 90)


def settings() -> SharingSettings:
    """Return what the host decided."""
    return SharingSettings.from_environment()


def allowed() -> bool:
    """Tell whether the host lets this visitor publish."""
    return settings().publishing and sign_in.may_publish()


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def spend_try() -> None:
    """Count an act of the visitor's address; raises `StoreError` where there were too many."""
    if not _ACTS.spend(st.context.ip_address or "", time.monotonic()):
        raise StoreError("That was too often in a short time. Nothing was changed; wait a minute and try again.")


def reading_link(token: str) -> str:
    """Return the link that opens a publication."""
    return f"{_base()}/p/{token}"


def owner_link(token: str) -> str:
    """Return the link by which its owner rules over a publication."""
    return f"{_base()}/{_ADDRESS}?owner={token}"


def view_link() -> str:
    """Return a link to what is looked at: the items chosen and the scenario, of a publication or of one's own data.

    It leaves the draft out, so that of one's own data it holds nothing.
    """
    query = [(name, value) for name in _VIEW for value in st.query_params.get_all(name)]
    return f"{_base()}/{_OVERVIEW}?{urlencode(query)}" if query else ""


def _base() -> str:
    """Return how others reach the app: as the host says, else as this visitor did."""
    return settings().base_url or (st.context.url or "").rstrip("/").removesuffix(f"/{_ADDRESS}")


def ask_days(key: str) -> int | None:
    """Ask for how long a publication is to open; `None` is for ever, where the host allows it."""
    answers: list[int | None] = [*_DAYS, None] if settings().never_expires else [*_DAYS]
    words = {**{days: f"{days} days" for days in _DAYS}, None: "For ever"}
    return st.segmented_control(
        "It opens for", answers, format_func=words.__getitem__, default=30, required=True, key=key
    )


def end_of(days: int | None) -> dt.datetime | None:
    """Return the moment at which so many days from now are over."""
    return None if days is None else now() + dt.timedelta(days=days)
