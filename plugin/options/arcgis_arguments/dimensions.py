"""The variable of a multidimensional service, and the values of its dimensions, in all the ways they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...service.errors import OptionError
from ...service.multidimensional import is_time
from ...translation import tr
from ..dimension_value import DimensionValue
from ..numerals import read_decimal, read_number
from ..sentences import shortened
from .given import is_given, is_list
from .time import time


def variable(value: Any) -> str:
    """Return the name of a variable as it was given, empty where none was."""
    return str(value).strip() if is_given(value) else ""


def slice_id(value: Any) -> int | None:
    """Return the id of a slice, None where none was given.

    Raises:
        OptionError: it is no whole number from 0.
    """
    if not is_given(value):
        return None
    number = read_number(value)
    if number is None or number < 0 or not float(number).is_integer():
        text = tr("The id of a slice is a whole number from 0, not “{value}”.")
        raise OptionError("slice_id", text.format(value=shortened(value)))
    return int(number)


def dimensions(value: Any) -> tuple[DimensionValue, ...]:
    """Return the values that dimensions are to have, by their names; empty where nothing was given.

    `StdZ=-50;StdTime=1999-06`, the same as JSON or as a dict, or pairs of name and value. A value is a number, or a
    range of two with `/` between, or a pair. `StdTime` is a date or a time, as `time` reads it; a year, a month or a
    day stands for the whole of it.

    Raises:
        OptionError: it is none of these.
    """
    if not is_given(value):
        return ()
    found: dict[str, DimensionValue] = {}
    for name, wanted in _pairs(value):
        if name.casefold() in found:
            text = tr("The dimension “{name}” is given twice; give each only once.")
            raise OptionError("dimensions", text.format(name=shortened(name)))
        found[name.casefold()] = DimensionValue(name, *_span(name, wanted))
    return tuple(sorted(found.values()))


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, str):
        value = _object(value) or [part.partition("=")[::2] for part in value.split(";") if part.strip()]
    entries = list(value.items()) if isinstance(value, Mapping) else list(value) if is_list(value) else [value]
    for entry in entries:
        if isinstance(entry, DimensionValue):
            yield entry.name, (entry.low, entry.high)
            continue
        if not is_list(entry) or len(entry) != 2 or not is_given(entry[0]) or not is_given(entry[1]):
            text = tr("“{value}” is no dimension with its value; write StdZ=-50, and “;” between several.")
            shown = "=".join(map(str, entry)).rstrip("=") if is_list(entry) else entry
            raise OptionError("dimensions", text.format(value=shortened(shown)))
        yield str(entry[0]).strip(), entry[1]


def _object(text: str) -> dict[str, Any] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _span(name: str, value: Any) -> tuple[float, float]:
    """Return the lowest and the highest value that is meant."""
    if is_time(name):
        try:
            moment = time(value)
        except OptionError as error:
            raise OptionError("dimensions", error.message) from error
        if moment is None or moment.begin is None or moment.end is None:
            text = tr("The time “{value}” of a dimension needs a beginning and an end.")
            raise OptionError("dimensions", text.format(value=shortened(value)))
        return moment.begin, moment.end
    parts = value.split("/") if isinstance(value, str) else list(value) if is_list(value) else [value]
    numbers = [read_decimal(part) for part in parts]
    known = [float(number) for number in numbers if number is not None]
    if not 1 <= len(parts) <= 2 or len(known) != len(parts):
        text = tr("The value “{value}” of the dimension “{name}” is no number, and no range such as -100/-50.")
        raise OptionError("dimensions", text.format(value=shortened(value), name=shortened(name)))
    return min(known), max(known)
