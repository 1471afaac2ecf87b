"""Who may do what: the host's rules against what a provider says of people."""

from __future__ import annotations

import pytest

from vsm.hosting.access import Access
from vsm.hosting.switches import SettingError

ANN = {"email": "Ann@Example.org", "email_verified": True, "groups": ["analysts", "staff"]}
BO = {"email": "bo@example.com", "email_verified": True, "groups": "staff"}


def access(**rules: str) -> Access:
    return Access.from_environment({"VSM_SIGN_IN": "on"} | {f"VSM_{name}": rule for name, rule in rules.items()})


def test_without_sign_in_everyone_may_do_everything():
    for environment in ({}, {"VSM_SIGN_IN": "off"}, {"VSM_SIGN_IN": " "}):
        plain = Access.from_environment(environment)
        assert plain.may_enter(None)
        assert plain.may_upload(None)
        assert plain.may_publish(None)
        assert plain.may_open_links(None)


def test_with_sign_in_nobody_else_may_do_anything_but_open_links():
    asked = access()
    assert asked.may_open_links(None)
    assert not asked.may_enter(None)
    assert not asked.may_upload(None)
    assert not asked.may_publish(None)
    assert asked.may_enter(ANN)
    assert asked.may_upload(ANN)
    assert asked.may_publish(ANN)


@pytest.mark.parametrize(
    ("rule", "ann", "bo"),
    [
        ("@example.org", True, False),
        ("@EXAMPLE.ORG, @example.com", True, True),
        ("bo@example.com", False, True),
        ("group:analysts", True, False),
        ("group:staff", True, True),
        ("group:Staff", False, False),
        ("@ample.org", False, False),
        ("@sub.example.org", False, False),
    ],
)
def test_a_domain_an_address_or_a_group_lets_in(rule: str, ann: bool, bo: bool):
    assert (access(MAY_ENTER=rule).may_enter(ANN), access(MAY_ENTER=rule).may_enter(BO)) == (ann, bo)


def test_who_may_not_enter_may_not_do_more():
    narrow = access(MAY_ENTER="@example.org", MAY_UPLOAD="group:staff", MAY_PUBLISH="group:analysts")
    assert narrow.may_upload(ANN)
    assert narrow.may_publish(ANN)
    assert not narrow.may_upload(BO)
    looks_only = access(MAY_UPLOAD="group:analysts", MAY_PUBLISH="group:analysts")
    assert looks_only.may_enter(BO)
    assert not looks_only.may_upload(BO)
    assert not looks_only.may_publish(BO)


def test_links_for_those_signed_in_are_for_those_let_in():
    narrow = access(MAY_ENTER="@example.org", LINKS_OPEN_TO="signed-in")
    assert [narrow.may_open_links(user) for user in (None, ANN, BO)] == [False, True, False]


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_counts_only_where_the_provider_verified_it(verified: object):
    said = ANN | {"email_verified": verified}
    assert not access(MAY_ENTER="@example.org").may_enter(said)
    assert access(MAY_ENTER="@example.org", TRUST_EMAIL="on").may_enter(said)


@pytest.mark.parametrize(
    "claims", [{}, {"email": None, "email_verified": True}, {"groups": None}, {"groups": {"a": 1}}]
)
def test_who_is_not_named_is_let_in_by_no_rule(claims: dict[str, object]):
    assert not access(MAY_ENTER="@example.org, a@example.org, group:a").may_enter(claims)


def test_groups_may_stand_in_another_claim():
    assert access(MAY_ENTER="group:leads", GROUPS_CLAIM="roles").may_enter({"roles": ["leads"]})
    assert not access(MAY_ENTER="group:leads", GROUPS_CLAIM="roles").may_enter({"groups": ["leads"]})


@pytest.mark.parametrize("rule", ["example.org", "@", "ann@", "a@b@c", "group:", "*"])
def test_a_rule_that_names_nobody_is_refused(rule: str):
    with pytest.raises(SettingError, match="VSM_MAY_UPLOAD"):
        access(MAY_UPLOAD=rule)


def test_rules_about_people_need_people_to_sign_in():
    for name, rule in (("VSM_MAY_ENTER", "@example.org"), ("VSM_LINKS_OPEN_TO", "signed-in")):
        with pytest.raises(SettingError, match="VSM_SIGN_IN is off"):
            Access.from_environment({name: rule})
