"""What a host decides about publishing, as environment variables say it; and the store that they name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vsm.sharing.engine import file_of
from vsm.sharing.found import StoreError
from vsm.sharing.store import Store

_BESIDE_THE_APP = Path(__file__).resolve().parents[2] / ".vsm" / "store.sqlite"


@dataclass(frozen=True, kw_only=True)
class SharingSettings:
    """What a host decides about publishing."""

    store: str = f"sqlite:///{_BESIDE_THE_APP}"
    """The SQLAlchemy address of the store."""
    publishing: bool = True
    """Whether anyone can publish; what was published before opens in any case."""
    base_url: str | None = None
    """How others reach the app, without a slash at the end; `None`: as whoever publishes does."""
    never_expires: bool = False
    """Whether a publication may stay for ever."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> SharingSettings:
        """Take the settings from `VSM_STORE_URL`, `VSM_PUBLISHING`, `VSM_BASE_URL` and `VSM_NEVER_EXPIRE`.

        Raises `StoreError` for a switch that is neither on nor off.

        >>> SharingSettings.from_environment({"VSM_PUBLISHING": "off"}).publishing
        False
        """
        given = os.environ if environment is None else environment
        return cls(
            store=given.get("VSM_STORE_URL", "").strip() or cls.store,
            publishing=_switch(given, "VSM_PUBLISHING", cls.publishing),
            base_url=given.get("VSM_BASE_URL", "").strip().rstrip("/") or None,
            never_expires=_switch(given, "VSM_NEVER_EXPIRE", cls.never_expires),
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
        """Open the store; `None` where nothing was ever published, so that looking does not make one."""
        return None if self.file is not None and not self.file.exists() else self.open_store()


def _switch(given: Mapping[str, str], name: str, default: bool) -> bool:
    text = given.get(name, "").strip().lower()
    if text not in ("", "on", "off"):
        raise StoreError(f"The setting {name} is “{text}”, but must be on or off.")
    return text == "on" if text else default


@lru_cache(maxsize=8)
def _opened(address: str) -> Store:
    """Open a store once; its connections are shared by all who ask."""
    return Store(address)
