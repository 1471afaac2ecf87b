"""README.md tells the truth: its code runs and prints what it shows, its commands and settings are the real ones."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vsm.reading import ReadError, open_bytes
from vsm.reading.limits import MEGABYTE, Limits
from vsm.reading.logs.read_log import LOG_LIMITS
from vsm.samples import SAMPLES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
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


def test_every_setting_stands_in_the_table_with_its_default():
    rows = dict(re.findall(r"^\| `(VSM_MAX_\w+)` \| (\d+) \|", README, flags=re.MULTILINE))
    source = (ROOT / "vsm" / "reading" / "limits.py").read_text(encoding="utf-8")
    assert set(rows) == set(re.findall(r'"(VSM_MAX_\w+)"', source))
    assert Limits.from_environment(rows) == Limits()
    for name, default in rows.items():
        assert Limits.from_environment({name: str(int(default) + 1)}) != Limits()


def test_the_limits_of_item_logs_are_the_real_ones():
    (sentence,) = re.findall(r"what is not set is for them (.+?)\.", README, flags=re.DOTALL)
    named = [int(number) for number in re.findall(r"\d+", sentence)]
    logs = LOG_LIMITS
    megabytes = [size // MEGABYTE for size in (logs.upload_bytes, logs.unzipped_bytes, logs.memory_bytes)]
    assert named == [*megabytes[:2], logs.cells, logs.rows, logs.seconds, megabytes[2]]


def test_a_setting_bounds_what_is_read(monkeypatch: pytest.MonkeyPatch):
    table = b"Stage,Processing time (h),Wait time (h)\nBuild,1,2\n"  # six cells
    monkeypatch.setenv("VSM_MAX_CELLS", "6")
    assert open_bytes(table, "six.csv").sheets
    monkeypatch.setenv("VSM_MAX_CELLS", "5")
    with pytest.raises(ReadError, match="more than 5 cells"):
        open_bytes(table, "six.csv")


def test_links_lead_somewhere():
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_samples_are_counted_right():
    numbers = {4: "four", 5: "five", 6: "six", 7: "seven"}
    assert f"The {numbers[len(SAMPLES)]} files in `sample_data/`" in README
