"""Text of a file -> text that Streamlit's Markdown shows as it is: no link, picture, colour or formula."""

from __future__ import annotations

import re

from vsm.charts.map_text import unturned

_MARKUP = re.compile(r"[\\`*\[\]<>|~$@!^{}]|^#|:(?=\S)|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_LIST_OR_RULE = re.compile(r"^(\d+(?=[.)](\s|$))|(?=[-+=](\s|$|[-=])))")
_ALIVE_THOUGH_ESCAPED = re.compile(r"(?i)\b(?:https?|ftp|mailto|www)(?=[:.])|(?=@)|:(?=material/|streamlit:)")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    """Make `text` safe for every label, caption, tab, toast and Markdown block; white space becomes one space.

    A mark that means nothing where it stands, as in "R&D" and "sign_off", stays as it is: a widget's accessible name is
    its label with all escapes in it. The options of a selectbox are no Markdown and must not be escaped. Marks go that
    would turn the text behind a name.

    Addresses and icons get an invisible word joiner, as Streamlit brings them to life even where they are escaped.
    """
    line = " ".join(unturned(text).split())
    line = _ALIVE_THOUGH_ESCAPED.sub(rf"\g<0>{_WORD_JOINER}", line)
    line = _MARKUP.sub(r"\\\g<0>", line)
    return _LIST_OR_RULE.sub(lambda match: f"{match[0]}\\", line)
