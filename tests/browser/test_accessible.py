"""axe-core finds nothing serious on any page, in light and dark, before and after a file is loaded."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from tests.browser.visit import PAGES, ROOT, Visit

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"""
SERIOUS = ("serious", "critical")


def violations(person: Visit) -> list[str]:
    if not person.page.evaluate("typeof axe !== 'undefined'"):
        person.page.evaluate(AXE)
    found: list[dict[str, Any]] = person.page.evaluate(RUN)
    return [
        f"{each['id']}: {node['html'][:300]}" for each in found if each["impact"] in SERIOUS for node in each["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_serious_violation_on_any_page(visit: Callable[..., Visit], dark: bool) -> None:
    person = visit(dark=dark)
    person.open()
    found = {"before a file is loaded": violations(person)}
    person.upload_file(ROOT / "sample_data" / "software_delivery.csv")
    found["Your data"] = violations(person)
    for title in PAGES:
        person.go_to(title)
        if title == "Value stream map":
            person.stage(6).click()
            person.settle()
        found[title] = violations(person)
    assert {title: faults for title, faults in found.items() if faults} == {}
