"""The headers of what stands under a publication's link: nothing else runs, is loaded, kept, indexed or passed on."""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "/p/"
SCRIPTS = f"{PREFIX}scripts/"
"""Where the page's script stands; no token is a word."""

_NOTHING = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)
_SCRIPT_OF_OURS = ("script-src 'self'", "connect-src 'self'")
_HEADERS = {
    "Content-Security-Policy": "; ".join(_NOTHING),
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
_PAGE = {**_HEADERS, "Content-Security-Policy": "; ".join((*_NOTHING, *_SCRIPT_OF_OURS))}
_PICTURE = {**_HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"}
_SCRIPT = {**_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
FILES = (".json", ".csv")
"""What the names of a publication's files end in; its pictures stand below it."""
_PICTURES = (".svg", ".png")


def publication_headers(path: str) -> Mapping[str, str]:
    """Return the headers that an answer to `path` carries beside or in place of the app's; none for other paths.

    Pictures may be shown on other sites, such as a wiki, by whoever holds the link. The page may run the one script
    that draws its charts, a file of ours, which alone may be kept.
    """
    if not path.startswith(PREFIX):
        return {}
    if path.startswith(SCRIPTS):
        return _SCRIPT
    if path.endswith(_PICTURES):
        return _PICTURE
    return _HEADERS if path.endswith(FILES) else _PAGE
