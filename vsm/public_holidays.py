"""A country, or a list of dates -> the days on which nobody works."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Public holidays are listed for these years, so that a calendar is the same whatever log it is used on."""


def countries() -> dict[str, str]:
    """List the countries whose public holidays are known: two letters -> name in English, sorted by name.

    >>> countries()["DE"]
    'Germany'
    """
    known = set(holidays.list_supported_countries(include_aliases=False))
    names = {codes[1]: module.replace("_", " ").title() for module, codes in holidays.registry.COUNTRIES.items()}
    return dict(sorted(((c, names[c]) for c in known & set(names)), key=lambda pair: pair[1]))


def regions(country: str) -> tuple[str, ...]:
    """List the parts of a country that have holidays of their own; empty where it has none or is not known.

    >>> "BY" in regions("DE"), regions("XX")
    (True, ())
    """
    return tuple(holidays.list_supported_countries(include_aliases=False).get(country, ()))


def public_holidays(country: str) -> frozenset[dt.date]:
    """Return the public holidays of a country ("DE") or of a part of it ("DE-BY"), 1970 to 2100.

    Raises `ValueError` with a whole sentence where it is not known.

    >>> dt.date(2026, 12, 25) in public_holidays("GB"), dt.date(2026, 12, 24) in public_holidays("GB")
    (True, False)
    """
    code, _, region = country.strip().upper().partition("-")
    if code not in countries():
        raise ValueError(f"“{country}” is no country whose holidays are known; give two letters such as DE, FR or US.")
    region = next((r for r in regions(code) if r.upper() == region), region)
    if region and region not in regions(code):
        known = ", ".join(regions(code)) or "none"
        raise ValueError(f"“{country}” is no part of {code} whose holidays are known; these are: {known}.")
    return _holidays(code, region or None)


@lru_cache(maxsize=32)
def _holidays(code: str, region: str | None) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays(code, subdiv=region, years=range(FIRST_YEAR, LAST_YEAR + 1)))


def listed_holidays(text: str) -> frozenset[dt.date]:
    """Read dates written one a line as 2026-12-24; the rest of such a line, and a line that begins with #, say why.

    Raises `ValueError` with a whole sentence that names the first line that is no date.

    >>> sorted(listed_holidays("# office closed\\n2026-12-24 Christmas Eve\\n\\n2026-12-31"))
    [datetime.date(2026, 12, 24), datetime.date(2026, 12, 31)]
    """
    found = set()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.replace(",", " ").replace(";", " ").split()
        if not words or words[0].startswith("#"):
            continue
        try:
            found.add(dt.date.fromisoformat(words[0]))
        except ValueError:
            raise ValueError(
                f"Line {number} of the list of holidays is “{line.strip()[:60]}”, which does not begin with a date; "
                "write one date a line, such as 2026-12-24."
            ) from None
    return frozenset(found)
