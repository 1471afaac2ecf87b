"""The rules of the house: lint, types and import order hold, and ARCHITECTURE.md and GLOSSARY.md say what is there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from vsm.method import GLOSSARY
from vsm.reading.shapes import Role

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ("python", "-m", "ruff", "check"),
        ("python", "-m", "ruff", "format", "--check"),
        ("python", "-m", "mypy"),
        ("lint-imports",),
    ],
    ids=("ruff check", "ruff format", "mypy", "lint-imports"),
)
def test_a_tool_finds_nothing(command: tuple[str, ...]):
    program, *arguments = command
    path = sys.executable if program == "python" else str(HERE / program)
    done = subprocess.run([path, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def described() -> dict[str, str]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^- `((?:vsm|pages)/[^`]+)`: (.+)$", text, flags=re.MULTILINE))


def files() -> set[str]:
    found = (path for folder in ("vsm", "pages") for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        path.relative_to(ROOT).as_posix()
        for path in found
        if "__pycache__" not in path.parts and path.name != "py.typed"
    }


def test_the_architecture_lists_every_file_and_no_other():
    assert sorted(set(described()) ^ files()) == []
    assert [name for name, words in described().items() if len(words.split()) < 3] == []


def test_the_architecture_says_of_a_module_what_the_module_says():
    wrong = []
    for name, words in described().items():
        path = ROOT / name
        if path.suffix == ".py" and path.exists():
            docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            first = " ".join(docstring.split("\n\n")[0].split()).rstrip(".")
            if words != first:
                wrong.append(f"- `{name}`: {first}")
    assert wrong == []


def glossary_words() -> set[str]:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    return {
        word.strip() for cell in re.findall(r"^\| ([^|]+) \|", text, flags=re.MULTILINE) for word in cell.split(",")
    }


def test_the_glossary_has_every_word_of_the_method_page():
    assert [word for word, _ in GLOSSARY if word not in glossary_words()] == []


def test_the_glossary_has_a_word_for_every_figure_a_column_can_hold():
    names = {
        Role.COMPLETE_ACCURATE: "%C&A",
        Role.REWORK_TO: "rework",
        Role.WIP: "flow load",
    }
    figures = set(Role) - {Role.KIND, Role.NOTE, Role.IGNORE}
    assert [role for role in figures if names.get(role, role.replace("_", " ")) not in glossary_words()] == []


def test_streamlit_stays_out_of_the_package():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, vsm, vsm.reports, vsm.command_line; print('streamlit' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stdout.strip() == "False", done.stderr
