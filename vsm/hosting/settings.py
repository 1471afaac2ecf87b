"""Environment variables and a file of settings -> one environment that is known to be right, before anyone comes."""

from __future__ import annotations

import difflib
import os
import sys
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path

from vsm.branding import Branding, BrandingError
from vsm.hosting.access import Access
from vsm.hosting.addresses import Addresses
from vsm.hosting.log_lines import wanted
from vsm.hosting.measures import token
from vsm.hosting.provider import Provider
from vsm.hosting.switches import SettingError, text
from vsm.reading.limits import Limits
from vsm.reading.shapes import ReadError
from vsm.sharing.found import StoreError
from vsm.sharing.settings import SharingSettings, check_store

_FILE = "VSM_SETTINGS"
_PREFIX = "VSM_"

SETTINGS = (
    _FILE,
    "VSM_MAX_UPLOAD_MB",
    "VSM_MAX_UNZIPPED_MB",
    "VSM_MAX_CELLS",
    "VSM_MAX_ROWS",
    "VSM_MAX_SECONDS",
    "VSM_MAX_MEMORY_MB",
    "VSM_STORE_URL",
    "VSM_PUBLISHING",
    "VSM_BASE_URL",
    "VSM_ALLOWED_HOSTS",
    "VSM_TRUSTED_PROXIES",
    "VSM_NEVER_EXPIRE",
    "VSM_DRAFTS",
    "VSM_DRAFT_DAYS",
    "VSM_DRAFTS_MB",
    "VSM_BRANDING",
    "VSM_SIGN_IN",
    "VSM_OIDC_METADATA_URL",
    "VSM_OIDC_CLIENT_ID",
    "VSM_OIDC_CLIENT_SECRET",
    "VSM_COOKIE_SECRET",
    "VSM_MAY_ENTER",
    "VSM_MAY_UPLOAD",
    "VSM_MAY_PUBLISH",
    "VSM_LINKS_OPEN_TO",
    "VSM_GROUPS_CLAIM",
    "VSM_TRUST_EMAIL",
    "VSM_METRICS_TOKEN",
    "VSM_LOG",
)
"""Every setting; docs/hosting.md says what each does."""

_CHECKS: tuple[Callable[[Mapping[str, str]], object], ...] = (
    Limits.from_environment,
    SharingSettings.from_environment,
    check_store,
    Branding.from_environment,
    Access.from_environment,
    Addresses.from_environment,
    Provider.from_environment,
    wanted,
    token,
)


def take_settings(environment: MutableMapping[str, str] | None = None) -> None:
    """Put what the file `VSM_SETTINGS` says beside the environment, which comes first, and check all of it.

    Ends the program with a sentence where a setting means nothing. A name in the environment that is no setting is
    said and left alone: Kubernetes sets names of its own for a service that is called vsm.
    """
    given = os.environ if environment is None else environment
    for name in sorted(name for name in given if name.startswith(_PREFIX) and name not in SETTINGS):
        print(f"The environment has {name}, which is no setting.{_meant(name)}", file=sys.stderr)
    try:
        fill_in_from_file(given)
        for check in _CHECKS:
            check(given)
    except (SettingError, ReadError, StoreError, BrandingError) as error:
        raise SystemExit(str(error)) from None


def fill_in_from_file(environment: MutableMapping[str, str] | None = None) -> None:
    """Put what the file `VSM_SETTINGS` says beside the environment, which comes first.

    Raises `SettingError` for a file that cannot be read, and for what it holds besides settings.
    """
    given = os.environ if environment is None else environment
    for name, value in _in_file(given).items():
        given.setdefault(name, value)


def _in_file(given: Mapping[str, str]) -> dict[str, str]:
    path = text(given, _FILE)
    if path is None:
        return {}
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"The file of settings {path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"The file of settings {path} is no TOML: {error}.") from None
    for name in found:
        if name not in SETTINGS or name == _FILE:
            raise SettingError(f"The file of settings {path} holds {name}, which is no setting.{_meant(name)}")
    return {name: _as_text(name, value) for name, value in found.items()}


def _as_text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if isinstance(value, str | int):
        return str(value)
    raise SettingError(f"The setting {name} must be a text, a whole number, true or false, or a list of texts.")


def _meant(name: str) -> str:
    near = difflib.get_close_matches(name, SETTINGS, n=1)
    return f" Did you mean {near[0]}?" if near else ""
