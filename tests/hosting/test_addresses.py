"""Names of hosts and proxies: which requests are for this app, and whose word counts about who asks."""

from __future__ import annotations

import pytest

from vsm.hosting.addresses import Addresses, web_address
from vsm.hosting.switches import SettingError


def hosts(*named: str) -> Addresses:
    return Addresses.from_environment({"VSM_ALLOWED_HOSTS": ", ".join(named)})


@pytest.mark.parametrize("host", ["vsm.example.org", "anything", None, "", "@", "[::1]:8501"])
def test_without_the_setting_every_name_will_do(host: str | None):
    assert Addresses.from_environment({}).allow(host)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("vsm.example.org", True),
        ("VSM.Example.org:8501", True),
        ("vsm.example.org.", True),
        ("a.example.com", True),
        ("a.b.example.com:443", True),
        ("example.com", False),
        ("notexample.com", False),
        ("example.org", False),
        ("x.vsm.example.org", False),
        ("vsm.example.org.evil.example", False),
        ("vsm.example.org@evil.example", False),
        ("evil.example#vsm.example.org", False),
        ("vsm.example.org/", False),
        ("vsm.example.org:port", False),
        ("192.0.2.1:8501", True),
        ("192.0.2.2", False),
        ("[2001:db8::1]:8501", True),
        ("[2001:db8::2]", False),
        ("[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_the_names_that_the_host_lists_will_do(host: str | None, allowed: bool):
    assert hosts("VSM.example.org", "*.example.com", "192.0.2.1", "2001:db8::1").allow(host) is allowed


@pytest.mark.parametrize("wrong", ["https://example.org", "a.example:443", "*", "a b", "*example.org", "ex/ample", "-"])
def test_what_is_no_name_is_refused(wrong: str):
    with pytest.raises(SettingError, match="VSM_ALLOWED_HOSTS holds"):
        hosts("vsm.example.org", wrong)


def test_links_must_lead_to_a_name_that_is_let_in():
    both = {"VSM_ALLOWED_HOSTS": "vsm.example.org", "VSM_BASE_URL": "https://vsm.example.org:8443/app/"}
    assert Addresses.from_environment(both).allow("vsm.example.org")
    with pytest.raises(SettingError, match="nobody could follow a link"):
        Addresses.from_environment(both | {"VSM_BASE_URL": "https://other.example.org"})
    for more in ("?y", "#z", "/app?y#z"):
        with pytest.raises(SettingError, match=r"without user, \? and #"):
            Addresses.from_environment({"VSM_BASE_URL": f"https://vsm.example.org{more}"})


@pytest.mark.parametrize("wrong", ["example.org", "ftp://example.org", "https://", "https://[", "//example.org"])
def test_a_base_that_is_no_address_is_refused_and_not_repeated(wrong: str):
    with pytest.raises(SettingError, match="VSM_BASE_URL must be an address") as refused:
        web_address({"VSM_BASE_URL": wrong}, "VSM_BASE_URL")
    assert wrong not in str(refused.value).replace("https://example.org", "")


def test_a_proxy_is_an_address_or_a_network():
    assert Addresses.from_environment({"VSM_TRUSTED_PROXIES": "10.0.0.0/8, ::1"}).proxies == ("10.0.0.0/8", "::1")
    for wrong in ("*", "nginx", "10.0.0.1/8", "10.0.0.0/33"):
        with pytest.raises(SettingError, match="VSM_TRUSTED_PROXIES holds"):
            Addresses.from_environment({"VSM_TRUSTED_PROXIES": wrong})
