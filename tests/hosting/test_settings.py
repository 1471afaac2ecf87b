"""Settings: from the environment and a file, checked before anyone comes, and all of them in the documents."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from vsm.hosting.settings import SETTINGS, take_settings

ROOT = Path(__file__).resolve().parents[2]


def taken(tmp_path: Path, toml: str, **environment: str) -> dict[str, str]:
    file = tmp_path / "settings.toml"
    file.write_text(toml, encoding="utf-8")
    given = {"VSM_SETTINGS": str(file), **environment}
    take_settings(given)
    return {name: value for name, value in given.items() if name != "VSM_SETTINGS"}


def test_a_file_sets_what_the_environment_does_not(tmp_path: Path):
    toml = 'VSM_MAX_ROWS = 7\nVSM_MAX_CELLS = "9"\nVSM_NEVER_EXPIRE = true\n'
    assert taken(tmp_path, toml, VSM_MAX_CELLS="5") == {
        "VSM_MAX_ROWS": "7",
        "VSM_MAX_CELLS": "5",
        "VSM_NEVER_EXPIRE": "on",
    }


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("VSM_MAX_RWOS = 7", "VSM_MAX_RWOS, which is no setting. Did you mean VSM_MAX_ROWS"),
        ("VSM_MAX_ROWS = 0", "VSM_MAX_ROWS is “0”"),
        ("VSM_MAX_ROWS = 1.5", "VSM_MAX_ROWS must be a text, a whole number"),
        ("VSM_LOG = 'xml'", "VSM_LOG is “xml”, but must be plain or json"),
        ("VSM_PUBLISHING = 'yes'", "VSM_PUBLISHING is “yes”, but must be on or off"),
        ("VSM_BRANDING = 'nowhere.toml'", "nowhere.toml"),
        ("VSM_SIGN_IN = 'yes'", "VSM_SIGN_IN is “yes”, but must be off or on"),
        ("VSM_SIGN_IN = true", "VSM_SIGN_IN is on, which needs VSM_BASE_URL, VSM_OIDC_METADATA_URL"),
        ("VSM_MAY_ENTER = ['@example.org', 'x']", "VSM_MAY_ENTER holds “x”"),
        ("VSM_DRAFTS = 'maybe'", "VSM_DRAFTS is “maybe”, but must be on or off"),
        ("VSM_DRAFT_DAYS = 0", "VSM_DRAFT_DAYS is “0”, but must be a whole number from 1 to 3650"),
        ("VSM_DRAFT_DAYS = 4000", "VSM_DRAFT_DAYS is “4000”"),
        ("VSM_DRAFTS_MB = 'much'", "VSM_DRAFTS_MB is “much”, but must be a whole number"),
        ("VSM_LOG", "is no TOML"),
    ],
)
def test_what_means_nothing_ends_with_a_sentence(tmp_path: Path, toml: str, said: str):
    with pytest.raises(SystemExit) as ended:
        taken(tmp_path, toml)
    assert said in str(ended.value)


def provider(**changed: str) -> dict[str, str]:
    return {
        "VSM_SIGN_IN": "on",
        "VSM_BASE_URL": "https://vsm.example.org/",
        "VSM_OIDC_METADATA_URL": "https://id.example.org/.well-known/openid-configuration",
        "VSM_OIDC_CLIENT_ID": "a",
        "VSM_OIDC_CLIENT_SECRET": "b",
        "VSM_COOKIE_SECRET": "c" * 32,
    } | changed


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("VSM_BASE_URL", "vsm.example.org"), ("VSM_OIDC_METADATA_URL", "id"), ("VSM_COOKIE_SECRET", "c" * 31)],
)
def test_a_provider_that_cannot_be_right_is_refused_without_saying_a_secret(name: str, wrong: str):
    with pytest.raises(SystemExit) as ended:
        take_settings(provider(**{name: wrong}))
    assert name in str(ended.value)
    assert wrong not in str(ended.value)


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(SystemExit, match=r"nowhere\.toml cannot be read: No such file"):
        take_settings({"VSM_SETTINGS": "nowhere.toml"})


def test_a_name_in_the_environment_that_is_no_setting_is_said_and_left_alone(capsys: pytest.CaptureFixture[str]):
    take_settings({"VSM_SIGN_IM": "on", "VSM_SERVICE_HOST": "10.0.0.1"})
    said = capsys.readouterr().err
    assert "VSM_SIGN_IM, which is no setting. Did you mean VSM_SIGN_IN?" in said
    assert "VSM_SERVICE_HOST" in said


def test_the_server_does_not_start_with_a_wrong_setting_and_shows_no_traceback():
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", "--server.port=8669"]
    ended = subprocess.run(
        command, cwd=ROOT, env={"VSM_MAX_ROWS": "many"}, capture_output=True, encoding="utf-8", timeout=60
    )
    assert ended.returncode != 0
    assert "The setting VSM_MAX_ROWS is “many”" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_every_setting_is_known_and_stands_in_the_documents_once():
    sources = [*(ROOT / "vsm").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    read = {name for source in sources for name in re.findall(r'"(VSM_[A-Z_]+[A-Z])"', source.read_text("utf-8"))}
    assert read <= set(SETTINGS)
    rows = re.findall(r"^\| `(VSM_\w+)` \|", (ROOT / "docs" / "hosting.md").read_text("utf-8"), flags=re.MULTILINE)
    assert sorted(rows) == sorted(SETTINGS)
