"""Where people sign in: the identity provider as the host's settings name it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit

from vsm.hosting.addresses import web_address
from vsm.hosting.switches import SettingError, switch, text

_LEAST_SECRET = 32
_NEEDED = (
    "VSM_BASE_URL",
    "VSM_OIDC_METADATA_URL",
    "VSM_OIDC_CLIENT_ID",
    "VSM_OIDC_CLIENT_SECRET",
    "VSM_COOKIE_SECRET",
)


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An OpenID Connect provider, and what this app is to it."""

    base_url: str
    """How people reach this app, without a slash at the end."""
    metadata_url: str
    client_id: str
    client_secret: str
    cookie_secret: str
    """Signs the cookies by which this app knows who has signed in; the same on all replicas."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Provider | None:
        """Take it from `VSM_OIDC_METADATA_URL`, `VSM_OIDC_CLIENT_ID` ...; `None` where sign-in is off.

        Raises `SettingError` where sign-in is on and something that it needs is missing.
        """
        given = os.environ if environment is None else environment
        if not switch(given, "VSM_SIGN_IN"):
            return None
        missing = [name for name in _NEEDED if text(given, name) is None]
        if missing:
            raise SettingError(f"VSM_SIGN_IN is on, which needs {', '.join(missing)} besides.")
        base_url, metadata_url, client_id, client_secret, cookie_secret = (given[name].strip() for name in _NEEDED)
        for name in ("VSM_BASE_URL", "VSM_OIDC_METADATA_URL"):
            web_address(given, name)
        if len(cookie_secret) < _LEAST_SECRET:
            raise SettingError(f"VSM_COOKIE_SECRET must have at least {_LEAST_SECRET} characters, chosen at random.")
        if find_spec("authlib") is None:
            raise SettingError(
                "VSM_SIGN_IN is on, which needs packages that are not installed: "
                "python -m pip install -r requirements-sign-in.txt"
            )
        return cls(
            base_url=base_url.rstrip("/"),
            metadata_url=metadata_url,
            client_id=client_id,
            client_secret=client_secret,
            cookie_secret=cookie_secret,
        )

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to; it has to know this address."""
        return f"{self.base_url}/oauth2callback"

    @property
    def origin(self) -> str:
        """The scheme and the host of this app."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"
