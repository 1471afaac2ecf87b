"""Two results of plain dicts, lists and figures -> where they differ; floats may do so by rounding."""

from __future__ import annotations

import math


def differences(one: object, other: object, where: str = "") -> list[str]:
    """Say each place in which two results differ by more than the rounding of sums."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [found for key in one for found in differences(one[key], other[key], f"{where}.{key}")]
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [found for i, (a, b) in pairs for found in differences(a, b, f"{where}[{i}]")]
    if isinstance(one, float) and isinstance(other, float) and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
        return []
    return [] if type(one) is type(other) and one == other else [f"{where}: {one!r} and {other!r}"]
