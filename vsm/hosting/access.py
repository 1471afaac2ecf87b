"""What an identity provider says of a person -> what they may do here, as the host's settings decide."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from vsm.hosting.switches import SettingError, listed, one_of, switch, text

_GROUP = "group:"

User = Mapping[str, object]
"""The claims about a person who has signed in: "email", "email_verified", "groups" and whatever else is said."""


class LinksOpenTo(Enum):
    """Who may open the link of a publication."""

    ALL = "all"
    SIGNED_IN = "signed-in"


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may do what. Without sign-in everyone may do everything; a list that is empty shuts nobody out."""

    sign_in: bool = False
    enter: tuple[str, ...] = ()
    """Who may use the app, each as "@example.org", "ann@example.org" or "group:analysts"."""
    upload: tuple[str, ...] = ()
    """Who of them may bring data of their own."""
    publish: tuple[str, ...] = ()
    """Who of them may publish."""
    links: LinksOpenTo = LinksOpenTo.ALL
    groups_claim: str = "groups"
    """The claim that lists the groups of a person."""
    trust_email: bool = False
    """Whether an e-mail address counts that the provider does not call verified."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Access:
        """Take it from `VSM_SIGN_IN`, `VSM_MAY_ENTER`, `VSM_MAY_UPLOAD`, `VSM_MAY_PUBLISH`, `VSM_LINKS_OPEN_TO` ...

        Raises `SettingError` for what means nothing, and for rules about people that nobody asks to sign in.
        """
        given = os.environ if environment is None else environment
        access = cls(
            sign_in=switch(given, "VSM_SIGN_IN"),
            enter=_people(given, "VSM_MAY_ENTER"),
            upload=_people(given, "VSM_MAY_UPLOAD"),
            publish=_people(given, "VSM_MAY_PUBLISH"),
            links=LinksOpenTo(one_of(given, "VSM_LINKS_OPEN_TO", ("all", "signed-in"))),
            groups_claim=text(given, "VSM_GROUPS_CLAIM") or cls.groups_claim,
            trust_email=switch(given, "VSM_TRUST_EMAIL"),
        )
        narrowed = access.enter or access.upload or access.publish or access.links is LinksOpenTo.SIGNED_IN
        if narrowed and not access.sign_in:
            raise SettingError(
                "The settings say who may do what, but VSM_SIGN_IN is off, so that nobody is known: "
                "set VSM_SIGN_IN to on, or leave out VSM_MAY_ENTER, VSM_MAY_UPLOAD, VSM_MAY_PUBLISH and "
                "VSM_LINKS_OPEN_TO."
            )
        return access

    def may_enter(self, user: User | None) -> bool:
        """Tell whether a person may use the app; `None` is someone who has not signed in."""
        return not self.sign_in or (user is not None and self._among(self.enter, user))

    def may_upload(self, user: User | None) -> bool:
        """Tell whether a person may bring data of their own."""
        return self._may(self.upload, user)

    def may_publish(self, user: User | None) -> bool:
        """Tell whether a person may publish, where the host publishes at all."""
        return self._may(self.publish, user)

    def may_open_links(self, user: User | None) -> bool:
        """Tell whether a person may open the link of a publication."""
        return self.links is LinksOpenTo.ALL or self.may_enter(user)

    def _may(self, people: tuple[str, ...], user: User | None) -> bool:
        return self.may_enter(user) and (user is None or self._among(people, user))

    def _among(self, people: tuple[str, ...], user: User) -> bool:
        return not people or any(self._is(user, rule) for rule in people)

    def _is(self, user: User, rule: str) -> bool:
        if rule.startswith(_GROUP):
            return rule.removeprefix(_GROUP) in self._groups(user)
        if not (self.trust_email or user.get("email_verified") is True):
            return False
        email = str(user.get("email") or "").strip().lower()
        return email.rpartition("@")[2] == rule[1:].lower() if rule.startswith("@") else email == rule.lower()

    def _groups(self, user: User) -> tuple[str, ...]:
        said = user.get(self.groups_claim)
        if isinstance(said, str):
            return (said,)
        return tuple(map(str, said)) if isinstance(said, list | tuple) else ()


def _people(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    rules = listed(given, name)
    for rule in rules:
        name_of_group = rule.removeprefix(_GROUP) if rule.startswith(_GROUP) else ""
        before, at, domain = rule.partition("@")
        if not name_of_group and not (at and domain and "@" not in domain and before.strip() == before):
            raise SettingError(
                f"The setting {name} holds “{rule}”, but each part must be a domain (@example.org), an address "
                "(ann@example.org) or a group (group:analysts)."
            )
    return rules
