"""A small settings file -> how reports look: the organisation's name, its logo and two colours."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from PIL import Image

from vsm.palette import INK, PROCESSING, contrast

VARIABLE = "VSM_BRANDING"
LARGEST_LOGO = 1_000_000
"""Bytes; the logo is in every file that is made."""
MOST_PIXELS = 4_000
READABLE = 4.5
"""Contrast with white from which headings can be read. Source: WCAG 2.2."""
_LARGEST_FILE = 100_000
_LONGEST_NAME = 100
_FLATTEST, _STEEPEST = 1 / 20, 2.0
_KEYS = ("organisation", "logo", "colour", "accent")
_FONT_OF_STYLE = re.compile(r"(?<![-\w])font(?:-family)?\s*:\s*[^;}!]*[^;}!\s]")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(px|pt|mm|cm|in|)")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class BrandingError(ValueError):
    """A settings file that cannot be used; its message is a whole sentence for the one who runs the program."""


class LogoKind(StrEnum):
    """What a logo is stored as."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True)
class Logo:
    """A picture that was checked: it can be drawn, and is neither large nor a thread."""

    content: bytes
    kind: LogoKind
    height_to_width: float


@dataclass(frozen=True, kw_only=True)
class Branding:
    """Whose report it is."""

    organisation: str = ""
    logo: Logo | None = None
    colour: str = INK
    """Of headings: "#RRGGBB", readable on white."""
    accent: str = PROCESSING
    """Of rules and bars, where nothing has to be read."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Branding:
        """Read the file that `VSM_BRANDING` names; plain where it names none.

        Raises `BrandingError` with a sentence where the file cannot be used.
        """
        given = os.environ if environment is None else environment
        path = given.get(VARIABLE, "").strip()
        return read_branding(Path(path)) if path else cls()


def read_branding(path: Path) -> Branding:
    """Read organisation, logo, colour and accent from a TOML file; what is missing stays plain.

    Raises `BrandingError` with a sentence that names what is wrong.
    """
    try:
        found = tomllib.loads(_bytes(path, _LARGEST_FILE).decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BrandingError(f"{path} is no TOML file ({error}); write lines such as organisation = “…”.") from None
    unknown = [key for key in found if key not in _KEYS]
    if unknown:
        raise BrandingError(f"{path} holds “{unknown[0][:80]}”, but only {', '.join(_KEYS)} are understood.")
    logo, plain = _text(found, "logo", path), Branding()
    return Branding(
        organisation=_text(found, "organisation", path)[:_LONGEST_NAME],
        logo=_logo(path.parent / logo) if logo else None,
        colour=_readable(_colour(found, "colour", path), path) or plain.colour,
        accent=_colour(found, "accent", path) or plain.accent,
    )


def _bytes(path: Path, most: int) -> bytes:
    """Read a file, but no more of it than `most`."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise BrandingError(f"{path} cannot be read: {reason}. {VARIABLE} names the file with the settings.") from None
    if len(content) > most:
        raise BrandingError(f"{path} has more than {most:,} bytes; bring a smaller one.")
    return content


def _text(found: Mapping[str, Any], key: str, path: Path) -> str:
    value = found.get(key, "")
    if not isinstance(value, str):
        raise BrandingError(f"In {path}, “{key}” must be a text.")
    return value.strip()


def _colour(found: Mapping[str, Any], key: str, path: Path) -> str:
    value = _text(found, key, path)
    if value and not _COLOUR.fullmatch(value):
        raise BrandingError(f"In {path}, “{key}” is “{value[:80]}”, but must be a colour such as #0B3D91.")
    return value


def _readable(colour: str, path: Path) -> str:
    if colour and contrast(colour, "#FFFFFF") < READABLE:
        raise BrandingError(
            f"In {path}, “colour” is {colour}, in which headings cannot be read on white; choose a darker one."
        )
    return colour


def _logo(path: Path) -> Logo:
    content = _bytes(path, LARGEST_LOGO)
    kind, size = (LogoKind.PNG, _png_size) if content.startswith(b"\x89PNG") else (LogoKind.SVG, _svg_size)
    found = size(content)
    if found is None:
        raise BrandingError(f"{path} is no picture that can be drawn; bring the logo as PNG, or as SVG with a size.")
    width, height = found
    if kind is LogoKind.PNG and max(found) > MOST_PIXELS:
        raise BrandingError(f"{path} is larger than {MOST_PIXELS} pixels on a side; bring a smaller one.")
    if not _FLATTEST <= height / width <= _STEEPEST:
        raise BrandingError(f"{path} is too narrow for a logo: at most 20 times as wide, or twice as high.")
    return Logo(content if kind is LogoKind.PNG else _with_letters(content, found), kind, height / width)


def _png_size(content: bytes) -> tuple[float, float] | None:
    """Return width and height in pixels; `None` where the picture cannot be decoded."""
    try:
        with Image.open(BytesIO(content), formats=("PNG",)) as picture:
            if max(picture.size) <= MOST_PIXELS:
                picture.load()
            return picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _svg_size(content: bytes) -> tuple[float, float] | None:
    """Return width and height of the view box, or as stated; `None` without, or where the text could load or grow."""
    if b"<!" in re.sub(rb"<!--.*?-->|<!DOCTYPE svg PUBLIC[^\[>]*>", b"", content, flags=re.DOTALL):
        return None
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return None
    numbers = re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))
    if "viewBox" not in root.attrib:
        numbers = ["0", "0", _pixels(root.get("width", "")), _pixels(root.get("height", ""))]
    width, height = (float(n) for n in numbers[-2:]) if len(numbers) == 4 else (0.0, 0.0)
    return (width, height) if width > 0 and height > 0 else None


def _pixels(length: str) -> str:
    """Return a length of CSS in pixels, of which an inch has 96; 0 for a share of something, and for none."""
    found = _LENGTH.fullmatch(length.strip())
    return "0" if found is None else f"{float(found[1]) * _PIXELS[found[2]]:.9g}"


def _with_letters(content: bytes, size: tuple[float, float]) -> bytes:
    """Let every text of an SVG fall back to letters that each computer has, and all of it grow and shrink as one.

    Who draws it for Word, slides and PDF leaves out all text in a font that is not there, such as a house's own.
    """
    for prefix, name in (("", "http://www.w3.org/2000/svg"), ("xlink", "http://www.w3.org/1999/xlink")):
        ElementTree.register_namespace(prefix, name)
    root = ElementTree.fromstring(content)
    for element in root.iter():
        if "font-family" in element.attrib:
            element.set("font-family", f"{element.attrib['font-family']}, sans-serif")
        if "style" in element.attrib:
            element.set("style", _FONT_OF_STYLE.sub(r"\g<0>, sans-serif", element.attrib["style"]))
        if element.tag == "{http://www.w3.org/2000/svg}style":
            element.text = _FONT_OF_STYLE.sub(r"\g<0>, sans-serif", element.text or "")
    root.attrib.setdefault("font-family", "sans-serif")
    root.attrib.setdefault("viewBox", f"0 0 {size[0]:g} {size[1]:g}")
    written: bytes = ElementTree.tostring(root, encoding="utf-8")
    return written
