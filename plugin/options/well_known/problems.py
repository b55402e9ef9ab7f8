"""What is wrong with the values of a raster function, found without asking the server."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...translation import tr
from .function import WellKnownFunction
from .parameter import ParameterKind, Value, Values

_TOKEN = re.compile(r"\s*(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[bB](\d+)|([-+*/()])|(\S))")


def problems_of(function: WellKnownFunction, values: Values, band_count: int) -> dict[str, str]:
    """Return a sentence for each parameter whose value cannot be right, by its key.

    Numbers are within their limits by themselves: neither a field nor `read_rule` yields others.
    """
    found = {}
    bands: dict[Value, str] = {}
    for parameter in function.in_force(values):
        value = values[parameter.key]
        problem = ""
        if parameter.kind is ParameterKind.FORMULA:
            problem = _formula_problem(str(value), band_count)
        elif parameter.kind is ParameterKind.CLASSES and isinstance(value, tuple):
            problem = _classes_problem(value)
        elif parameter.kind is ParameterKind.BAND:
            if value in bands:
                problem = tr("“{first}” and “{second}” are the same band; choose another one.").format(
                    first=bands[value], second=parameter.label
                )
            bands[value] = parameter.label
        if problem:
            found[parameter.key] = problem
    return found


def _formula_problem(text: str, band_count: int) -> str:
    """Return why a text is no formula over bands: numbers, bands, parentheses, + - * / and minus signs."""
    if not text.strip():
        return tr("Type a formula over bands, such as (B4 - B3) / (B4 + B3).")
    depth, wants_operand, position = 0, True, 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            break
        position = match.end()
        token, (band, sign, other) = match.group().strip(), match.groups()
        if other is not None:
            return tr(
                "“{part}” means nothing in the formula; it takes bands such as B1, numbers, and + - * / ( )."
            ).format(part=token)
        if band is not None and not 1 <= int(band) <= band_count:
            return tr("The formula asks for band {band}; there are the bands B1 to B{count}.").format(
                band=token, count=band_count
            )
        depth += {"(": 1, ")": -1}.get(token, 0)
        is_misplaced = (sign in ("+", "*", "/", ")")) == wants_operand if sign != "-" else False
        if sign is None or sign == "(":
            is_misplaced = not wants_operand
        if depth < 0 or is_misplaced:
            return tr("The formula breaks at “{part}”, character {position}.").format(
                part=token, position=position - len(token) + 1
            )
        wants_operand = sign is not None and sign != ")"
    if depth or wants_operand:
        return tr("The formula ends too early.")
    return ""


def _classes_problem(rows: Sequence[Sequence[float]]) -> str:
    if not rows:
        return tr("Give at least one range of values, and what it becomes.")
    for number, (least, most, _) in enumerate(rows, start=1):
        if least >= most:
            return tr("Range {number} ends at {most}, where it begins or before ({least}).").format(
                number=number, least=f"{least:g}", most=f"{most:g}"
            )
    return ""
