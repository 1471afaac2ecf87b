"""What the store says of a link: that it opens, and what; that it has expired or was revoked; or that it knows none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


class StoreError(Exception):
    """The store could not do what was asked; its message is a sentence for the person who asked. Nothing changed."""

    def __init__(self, sentence: str, for_host: str | None = None) -> None:
        """Say it to who asked, and more of it to the host; neither holds an address or a secret."""
        super().__init__(sentence)
        self.for_host = for_host or sentence
        """What the command and the log say."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a publication: its number from 1, and when it came."""

    number: int
    created: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A publication that opens; moments in UTC."""

    id: int
    title: str
    expires: dt.datetime | None
    """`None`: never."""
    versions: tuple[Version, ...]
    """Those that are kept, from the oldest to the one that the link shows."""

    @property
    def newest(self) -> Version:
        """The version that the link shows."""
        return self.versions[-1]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the versions that are kept."""
        return tuple(version.number for version in self.versions)


@dataclass(frozen=True)
class Expired:
    """The link was a publication's, whose time is over."""

    since: dt.datetime


@dataclass(frozen=True)
class Revoked:
    """The link was a publication's, until its owner or the host took it down."""

    since: dt.datetime


class Unknown:
    """No publication ever had this link."""


Found = Publication | Expired | Revoked | Unknown


@dataclass(frozen=True, kw_only=True)
class Links:
    """The two tokens of a publication: known here and now, and never again, as the store keeps only their hashes."""

    read: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A publication as the host sees it."""

    id: int
    title: str
    """Empty where its content is gone."""
    created: dt.datetime
    expires: dt.datetime | None
    revoked: dt.datetime | None
    versions: int
    size: int
    """Bytes of its content; 0 where it is gone."""
