"""One setting as a person wrote it -> its value, or a sentence that says what it must be."""

from __future__ import annotations

from collections.abc import Mapping


class SettingError(ValueError):
    """A setting that means nothing; its text is a sentence for the host."""


def text(given: Mapping[str, str], name: str) -> str | None:
    """Return a setting without the white space around it; `None` where it is not set or empty."""
    return given.get(name, "").strip() or None


def switch(given: Mapping[str, str], name: str) -> bool:
    """Return whether a setting is on; one that is not set is off.

    >>> switch({"VSM_SIGN_IN": "on"}, "VSM_SIGN_IN")
    True
    """
    return one_of(given, name, ("off", "on")) == "on"


def one_of(given: Mapping[str, str], name: str, answers: tuple[str, ...]) -> str:
    """Return which of the answers a setting gives; the first where it is not set."""
    found = (text(given, name) or answers[0]).lower()
    if found not in answers:
        raise SettingError(f"The setting {name} is “{found}”, but must be {' or '.join(answers)}.")
    return found


def listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the parts of a setting that commas keep apart."""
    return tuple(part.strip() for part in given.get(name, "").split(",") if part.strip())
