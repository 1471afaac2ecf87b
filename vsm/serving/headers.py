"""The headers of what stands under a publication's link: nothing runs, is loaded, kept, indexed or passed on."""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "/p/"

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
_PICTURES = (".svg", ".png")


def publication_headers(path: str) -> Mapping[str, str]:
    """Return the headers that an answer to `path` carries beside or in place of the app's; none for other paths.

    Pictures may be shown on other sites, such as a wiki, by whoever holds the link.
    """
    if not path.startswith(PREFIX):
        return {}
    return {**_HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"} if path.endswith(_PICTURES) else _HEADERS
