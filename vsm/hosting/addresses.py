"""By which names the app may be asked for, and which proxies are believed about who asks: what the host decides."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from vsm.hosting.switches import SettingError, listed, text

_LABEL = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
_NAME = re.compile(rf"(\*\.)?{_LABEL}(\.{_LABEL})*", re.IGNORECASE)
_ANY_BELOW = "*."


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where people find the app, and over whom their requests come."""

    hosts: tuple[str, ...] = ()
    """The names that requests may be for, in small letters: "vsm.example.org", "*.example.org"; empty: all."""
    proxies: tuple[str, ...] = ()
    """Addresses and networks of proxies on other machines that tell truly for whom they ask."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Addresses:
        """Take them from `VSM_ALLOWED_HOSTS` and `VSM_TRUSTED_PROXIES`.

        Raises `SettingError` for what is no name or address, and for a `VSM_BASE_URL` that would be refused.
        """
        given = os.environ if environment is None else environment
        found = cls(hosts=_hosts(given), proxies=_proxies(given))
        base = web_address(given, "VSM_BASE_URL")
        if base is not None and any((urlsplit(base).query, urlsplit(base).fragment, "@" in urlsplit(base).netloc)):
            raise SettingError("The setting VSM_BASE_URL must be an address without user, ? and #.")
        if base is not None and not found.allow(urlsplit(base).netloc):
            raise SettingError("VSM_BASE_URL has a name that VSM_ALLOWED_HOSTS lacks, so nobody could follow a link.")
        return found

    def allow(self, host: str | None) -> bool:
        """Tell whether a request may be for a host, as its header names it, with or without a port.

        >>> Addresses(hosts=("*.example.org",)).allow("vsm.Example.org:8501"), Addresses(hosts=("a",)).allow("b")
        (True, False)
        """
        if not self.hosts:
            return True
        name = _name_in(host or "")
        return any(name.endswith(one[1:]) if one.startswith(_ANY_BELOW) else name == one for one in self.hosts)


def web_address(given: Mapping[str, str], name: str) -> str | None:
    """Return a setting that holds an address, without a slash at the end; `None` where it is not set.

    Raises `SettingError` for what is no address with http or https; it does not repeat it, as secrets get mixed up.
    """
    address = (text(given, name) or "").rstrip("/")
    try:
        parts = urlsplit(address)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if address and not right:
        raise SettingError(f"The setting {name} must be an address such as https://example.org.")
    return address or None


def _name_in(host: str) -> str:
    """Return the name in a header, in small letters, without port; nothing where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for what is no number
    except ValueError:
        return ""
    bare = parts.netloc == host and "@" not in host
    return (parts.hostname or "").rstrip(".") if bare else ""


def _hosts(given: Mapping[str, str]) -> tuple[str, ...]:
    hosts = listed(given, "VSM_ALLOWED_HOSTS")
    for host in hosts:
        if not _NAME.fullmatch(host) and not _read_by(ipaddress.ip_address, host):
            raise SettingError(
                f"The setting VSM_ALLOWED_HOSTS holds “{host}”, but each part must be a name (vsm.example.org), all "
                "names below one (*.example.org) or an address (192.0.2.1), without port."
            )
    return tuple(host.lower() for host in hosts)


def _proxies(given: Mapping[str, str]) -> tuple[str, ...]:
    proxies = listed(given, "VSM_TRUSTED_PROXIES")
    for proxy in proxies:
        if not _read_by(ipaddress.ip_network, proxy):
            raise SettingError(
                f"The setting VSM_TRUSTED_PROXIES holds “{proxy}”, but each part must be an address (192.0.2.1) or a "
                "network (10.0.0.0/8)."
            )
    return proxies


def _read_by(read: Callable[[str], object], written: str) -> bool:
    try:
        read(written)
    except ValueError:
        return False
    return True
