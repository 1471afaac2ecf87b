"""A publication and its report -> the page under its link; and the pages that say why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from vsm.palette import DARK, LIGHT, css_variables
from vsm.serving.headers import PREFIX
from vsm.serving.script import script_path
from vsm.sharing.found import Publication

_TEMPLATES = Environment(
    loader=PackageLoader("vsm.serving", "."),
    autoescape=select_autoescape(default=True, default_for_string=True, enabled_extensions=("j2",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_HEAD_ENDS, _BODY_BEGINS = "</head>\n", "<body>\n"


class Asked(NamedTuple):
    """What a link asks for."""

    token: str
    version: int | None = None
    """`None`: the newest, whichever that is."""

    @property
    def link(self) -> str:
        """The last part of the link."""
        return self.token if self.version is None else f"{self.token}.{self.version}"


def publication_page(report: str, publication: Publication, asked: Asked, pictures: Mapping[str, str]) -> str:
    """Put above the report when it was frozen, its versions, how long it opens, and its other forms.

    `pictures` are the titles of its pictures by their names. The script that draws its charts is named in its head.
    """
    newest = publication.newest.number
    shown = newest if asked.version is None else asked.version
    head = _TEMPLATES.get_template("publication_head.html.j2").render(
        style=Markup(_TEMPLATES.get_template("publication.css").render()),
        script=script_path().removeprefix(PREFIX),
        link=asked.link,
    )
    bar = _TEMPLATES.get_template("publication.html.j2").render(
        token=asked.token,
        link=asked.link,
        now_shown=next(version for version in publication.versions if version.number == shown),
        versions=publication.versions,
        newest=newest,
        pictures=pictures,
        expires=publication.expires,
        moment=moment,
    )
    report = report.replace(_HEAD_ENDS, f"{head}{_HEAD_ENDS}", 1)
    return report.replace(_BODY_BEGINS, f"{_BODY_BEGINS}{bar}", 1)


def message_page(title: str, sentences: tuple[str, ...]) -> str:
    """Write a page that says something instead of showing a publication."""
    return _TEMPLATES.get_template("message.html.j2").render(
        title=title,
        sentences=sentences,
        light=Markup(css_variables(LIGHT)),
        dark=Markup(css_variables(DARK)),
    )


def moment(when: dt.datetime) -> str:
    """Write a moment as a person reads it anywhere.

    >>> moment(dt.datetime(2026, 3, 1, 9, 5, tzinfo=dt.UTC))
    '1 March 2026, 09:05 UTC'
    """
    return f"{when.day} {when:%B %Y, %H:%M} UTC"
