"""README.md and docs/ tell the truth: code prints what they show; commands, settings and links are the real ones."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vsm.command_line import main
from vsm.reading import ReadError, open_bytes
from vsm.reading.limits import Limits
from vsm.reading.logs.read_log import LOG_LIMITS
from vsm.samples import SAMPLES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
BOUNDS = re.findall(r"^\| `(VSM_MAX_\w+)` \| (\d+); logs (\d+) \|", HOSTING, flags=re.MULTILINE)
"""Setting, its default for tables of stages, and that for item logs, as the documents list them."""
MORE = "…"
"""As the last line of an output shown: the rest is left out."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def run(*arguments: str, folder: Path) -> str:
    """Run Python in a folder that has the samples and nothing else, and return what it prints."""
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shows(expected: str, printed: str) -> bool:
    """Whether `expected` is `printed`, or its beginning where the last line says that there is more."""
    lines = expected.splitlines()
    if lines[-1] == MORE:
        return printed.splitlines()[: len(lines) - 1] == lines[:-1]
    return printed.splitlines() == lines


def test_the_notebook_prints_what_is_shown_and_writes_the_report(tmp_path: Path):
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line and "import" not in line]) <= 6
    printed = run("-W", "error", "-c", code, folder=tmp_path)
    assert shows(blocks("text")[0], printed), printed
    assert "<svg" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_command_line_prints_what_is_shown(tmp_path: Path):
    _, _, command = blocks("bash")
    python, *arguments = shlex.split(command)
    assert python == "python"
    printed = run(*arguments, folder=tmp_path)
    assert shows(blocks("text")[1], printed), printed


def test_continuous_integration_runs_the_readmes_own_test_command():
    _, tests, _ = blocks("bash")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == tests.strip()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(("block", "requirements"), [(0, "requirements.txt"), (1, "requirements-dev.txt")])
def test_the_commands_install_the_requirements(block: int, requirements: str):
    assert f"-m pip install -r {requirements} " in blocks("bash")[block]
    assert (ROOT / requirements).exists()


def test_every_bound_stands_in_the_table_with_its_default():
    tables = {name: table for name, table, _ in BOUNDS}
    source = (ROOT / "vsm" / "reading" / "limits.py").read_text(encoding="utf-8")
    assert set(tables) == set(re.findall(r'"(VSM_MAX_\w+)"', source))
    assert Limits.from_environment(tables) == Limits()
    for name, default in tables.items():
        assert Limits.from_environment({name: str(int(default) + 1)}) != Limits()


def test_the_bounds_of_item_logs_are_the_real_ones():
    assert Limits.from_environment({name: log for name, _, log in BOUNDS}) == LOG_LIMITS


def test_a_setting_bounds_what_is_read(monkeypatch: pytest.MonkeyPatch):
    table = b"Stage,Processing time (h),Wait time (h)\nBuild,1,2\n"  # six cells
    monkeypatch.setenv("VSM_MAX_CELLS", "6")
    assert open_bytes(table, "six.csv").sheets
    monkeypatch.setenv("VSM_MAX_CELLS", "5")
    with pytest.raises(ReadError, match="more than 5 cells"):
        open_bytes(table, "six.csv")


@pytest.mark.parametrize("document", [ROOT / "README.md", *(ROOT / "docs").glob("*.md")], ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path):
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [one for one in targets if "://" not in one and not (document.parent / one).exists()] == []


@pytest.mark.parametrize("document", [ROOT / "README.md", *(ROOT / "docs").glob("*.md")], ids=lambda path: path.name)
def test_the_options_of_every_command_exist(document: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["analyse", "--help"])
    known = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out))
    text = document.read_text(encoding="utf-8")
    told = {
        option for command in re.findall(r"-m vsm analyse (.*)", text) for option in re.findall(r"--[a-z-]+", command)
    }
    assert told <= known


def test_the_samples_are_counted_right():
    numbers = {4: "four", 5: "five", 6: "six", 7: "seven"}
    assert f"The {numbers[len(SAMPLES)]} files in `sample_data/`" in README
