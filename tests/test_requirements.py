"""requirements.txt: few, each used, each with a reason and both bounds, and none under a licence that binds ours."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions, requires
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LINES = {
    name: [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line and line[0] not in "#-"]
    for name in (
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-spark.txt",
        "requirements-postgresql.txt",
        "requirements-sign-in.txt",
    )
}
EXTRAS = [*LINES["requirements-spark.txt"], *LINES["requirements-postgresql.txt"]]
ALL_LINES = [line for lines in LINES.values() for line in lines]
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
OWN = {"vsm", "pages"}
FIRST_WITHOUT_KNOWN_FAULT = {
    "h11": "0.16",  # CVE-2025-43859: chunks that a proxy reads otherwise
    "jinja2": "3.1.6",  # CVE-2025-27516
    "python-multipart": "0.0.18",  # CVE-2024-53981: an upload that never ends
    "requests": "2.32.4",  # CVE-2024-47081
    "starlette": "0.49.1",  # CVE-2025-54121 and CVE-2025-62727: uploads and ranges that stop the server
    "urllib3": "2.5",  # CVE-2025-50181
}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(file: str) -> set[str]:
    return {plain(Requirement(line.split("#")[0]).name) for line in LINES[file]}


def runtime() -> set[str]:
    return named("requirements.txt")


@pytest.mark.parametrize("line", ALL_LINES, ids=lambda line: line.split(">")[0])
def test_a_requirement_has_two_bounds_a_reason_and_is_what_the_tests_run_with(line: str):
    text, _, reason = line.partition("#")
    requirement = Requirement(text)
    if line in EXTRAS and find_spec(requirement.name) is None:
        pytest.skip(f"{requirement.name} is an extra, and is not installed")
    assert len(reason.split()) >= 2
    assert {part.operator for part in requirement.specifier} == {">=", "<"}
    assert requirement.specifier.contains(metadata(requirement.name)["Version"])


@pytest.mark.parametrize("name", FIRST_WITHOUT_KNOWN_FAULT)
def test_what_comes_along_is_newer_than_versions_with_a_known_fault(name: str):
    assert Version(metadata(name)["Version"]) >= Version(FIRST_WITHOUT_KNOWN_FAULT[name])


def imported() -> set[str]:
    """Return the distributions that the app and the package import, wherever in a file they do so."""
    sources = [ROOT / "app.py", *(ROOT / "vsm").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    names: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add((node.module or "").split(".")[0])
    distributions = packages_distributions()
    outside = names - set(sys.stdlib_module_names) - OWN
    return {plain(distributions.get(name, [name])[0]) for name in outside}


def test_what_is_imported_is_required_and_what_is_required_is_imported():
    # Parts of Streamlit, of Jinja2 and of PySpark, taken in the versions that these ask for; and two that uvicorn takes
    # by itself where they are installed.
    ours = imported() - {"starlette", "uvicorn", "markupsafe", "py4j"} | {"uvloop", "httptools"}
    assert ours == runtime() | named("requirements-spark.txt")


def closure(names: set[str]) -> set[str]:
    """Add what the named distributions need, and what that needs, as far as it is installed."""
    found: set[str] = set()
    open_names = set(names)
    while open_names:
        name = open_names.pop()
        try:
            needs = requires(name) or []
        except PackageNotFoundError:  # for another system or an extra
            continue
        found.add(name)
        open_names |= {plain(Requirement(need).name) for need in needs if "extra ==" not in need} - found
    return found


def licence(name: str) -> str:
    about = metadata(name)
    classifiers = [text for text in about.get_all("Classifier", []) if text.startswith("License")]
    return " ".join([about.get("License-Expression") or "", (about.get("License") or "")[:100], *classifiers]).strip()


def test_no_licence_among_all_that_is_installed_binds_ours():
    everything = closure({plain(Requirement(line.split("#")[0]).name) for line in ALL_LINES})
    assert runtime() < everything
    bound = {name: licence(name) for name in everything if COPYLEFT.search(licence(name))}
    assert bound == {}
