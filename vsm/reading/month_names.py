"""The name of a month, or its usual short form -> its number."""

from __future__ import annotations

from vsm.folding import fold

_MONTHS = """
    january januar janvier enero janeiro styczen jan sty
    february februar fevrier febrero fevereiro feb fev luty lut
    march marz mars marzo marco maerz mrz mar marzec
    april avril abril apr avr abr kwiecien kwi
    may mai mayo maio maj
    june juni juin junio junho jun czerwiec cze
    july juli juillet julio julho jul lipiec lip
    august aout agosto aug ago sierpien sie
    september septembre septiembre setembro sept sep set wrzesien wrz
    october oktober octobre octubre outubro oct okt out pazdziernik paz
    november novembre noviembre novembro nov listopad lis
    december dezember decembre diciembre dezembro dec dez dic grudzien gru
"""
_MONTH_OF = {name: number for number, line in enumerate(_MONTHS.strip().splitlines(), 1) for name in line.split()}


def month_number(name: str) -> int | None:
    """Tell which month a name or its usual short form means, in six languages.

    >>> month_number("Mär"), month_number("Sept."), month_number("août"), month_number("foo")
    (3, 9, 8, None)
    """
    folded = fold(name).rstrip(".")
    exact = _MONTH_OF.get(folded)
    if exact is not None or len(folded) < 3:
        return exact
    months = {number for known, number in _MONTH_OF.items() if known.startswith(folded)}
    return months.pop() if len(months) == 1 else None
