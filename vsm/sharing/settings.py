"""What a host decides about publishing and drafts, as environment variables say it; and the store that they name."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vsm.sharing.drafts import Drafts
from vsm.sharing.engine import check_address, file_of, refuse_where_none_can_be_made
from vsm.sharing.found import StoreError
from vsm.sharing.store import Store

_MEGABYTE = 1_000_000
_MOST_DAYS, _MOST_MEGABYTES = 3650, 10_000_000
_BESIDE_THE_APP = Path(__file__).resolve().parents[2] / ".vsm" / "store.sqlite"


@dataclass(frozen=True, kw_only=True)
class SharingSettings:
    """What a host decides about publishing and drafts."""

    store: str = f"sqlite:///{_BESIDE_THE_APP}"
    """The SQLAlchemy address of the store."""
    publishing: bool = True
    """Whether anyone can publish; what was published before opens in any case."""
    base_url: str | None = None
    """How others reach the app, without a slash at the end; `None`: as whoever publishes does."""
    never_expires: bool = False
    """Whether a publication may stay for ever."""
    drafts: bool = True
    """Whether what a visitor brings and decides is kept under a token in the address."""
    draft_days: int = 30
    """Days that a draft is kept after it was last open."""
    drafts_megabytes: int = 2000
    """How much all drafts may take together."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> SharingSettings:
        """Take the settings from `VSM_STORE_URL`, `VSM_PUBLISHING`, `VSM_BASE_URL`, `VSM_DRAFTS` ...

        Raises `StoreError` for a switch that is neither on nor off, and for what should be a number and is none.

        >>> SharingSettings.from_environment({"VSM_PUBLISHING": "off"}).publishing
        False
        """
        given = os.environ if environment is None else environment
        return cls(
            store=given.get("VSM_STORE_URL", "").strip() or cls.store,
            publishing=_switch(given, "VSM_PUBLISHING", cls.publishing),
            base_url=given.get("VSM_BASE_URL", "").strip().rstrip("/") or None,
            never_expires=_switch(given, "VSM_NEVER_EXPIRE", cls.never_expires),
            drafts=_switch(given, "VSM_DRAFTS", cls.drafts),
            draft_days=_number(given, "VSM_DRAFT_DAYS", cls.draft_days, most=_MOST_DAYS),
            drafts_megabytes=_number(given, "VSM_DRAFTS_MB", cls.drafts_megabytes, most=_MOST_MEGABYTES),
        )

    @property
    def file(self) -> Path | None:
        """The file of the store; `None` where it is a database."""
        return file_of(self.store)

    @property
    def place(self) -> str:
        """Say where the store is, without its path, a password or the name of a machine."""
        return "a file on the machine that runs this app" if self.file else "the host's PostgreSQL database"

    def open_store(self) -> Store:
        """Open the store, made where there is none yet. Raises `StoreError` with a sentence where it cannot be."""
        return _opened(self.store)

    def existing_store(self) -> Store | None:
        """Open the store; `None` where nothing was ever put into it, so that looking does not make one."""
        return None if self.file is not None and not self.file.exists() else self.open_store()

    def trouble(self) -> StoreError | None:
        """Say why nothing can be stored; `None` where it can. Nothing is made by asking."""
        try:
            store = self.existing_store()
            if store is not None:
                store.try_to_write()
            elif self.file is not None:
                refuse_where_none_can_be_made(self.file)
        except StoreError as error:
            return error
        return None

    def drafts_in(self, store: Store) -> Drafts:
        """Return the drafts of a store, kept for as long and within as much space as the host says."""
        return Drafts(store.engine, dt.timedelta(days=self.draft_days), self.drafts_megabytes * _MEGABYTE)


def check_store(environment: Mapping[str, str]) -> None:
    """Raise `StoreError` where `VSM_STORE_URL` names what can be no store; whether a database answers is not asked.

    The folder of a file has to be there: a store in a place that was mistyped would lack all that was published.
    """
    address = environment.get("VSM_STORE_URL", "").strip()
    if not address:
        return
    check_address(address)
    file = file_of(address)
    if file is not None and not file.absolute().parent.exists():
        raise StoreError("The folder of the file in VSM_STORE_URL is not there. Make it, or mend the setting.")


def _switch(given: Mapping[str, str], name: str, default: bool) -> bool:
    text = given.get(name, "").strip().lower()
    if text not in ("", "on", "off"):
        raise StoreError(f"The setting {name} is “{text}”, but must be on or off.")
    return text == "on" if text else default


def _number(given: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 0 < int(text[:20]) <= most):
        raise StoreError(f"The setting {name} is “{text}”, but must be a whole number from 1 to {most}.")
    return int(text)


@lru_cache(maxsize=8)
def _opened(address: str) -> Store:
    """Open a store once; its connections are shared by all who ask."""
    return Store(address)
