"""One parameter of a raster function: what a field needs to know of it, and how its value stands in the arguments."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Union

# What one parameter is set to: a number, a truth, a text, or the rows of a table.
Value = Union[float, bool, str, tuple[tuple[float, ...], ...]]
# Larger than any pixel value, and small enough to compute with.
_LARGEST = 1e100

# The values of parameters, by their keys.
Values = Mapping[str, Value]


class ParameterKind(Enum):
    """What a value is."""

    NUMBER = "number"
    INTEGER = "integer"
    FLAG = "flag"
    CHOICE = "choice"
    # A band of the raw pixels, numbered from 1 even if the argument counts from 0.
    BAND = "band"
    # A formula of bands, named B1, B2 and so on.
    FORMULA = "formula"
    # Rows of minimum, maximum and new value.
    CLASSES = "classes"


@dataclass(frozen=True)
class Parameter:
    """A parameter of a raster function.

    Attributes:
        key: its own among those of the function.
        argument: the name in `rasterFunctionArguments`.
        kind: what a value is.
        label: what it is called, in the user's language.
        default: what it is set to where nothing is given; of a band, its role (`red`, `near infrared` …).
        minimum: the least number; None for no limit.
        maximum: the greatest number, likewise.
        unit: of a number, such as °.
        choices: values and their names.
        when: the key of a choice, and those of its values with which this parameter counts; None for always.
        place: where the value stands among the words of a text argument, from 0; None where it is all of the argument.
        first: what the argument counts bands from.
        aliases: names that mean the same, and are sent as well, as servers differ in which of them they know.
        hint: what there is to know, in the user's language.
    """

    key: str
    argument: str
    kind: ParameterKind
    label: str
    default: Value
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    choices: tuple[tuple[Value, str], ...] = ()
    when: tuple[str, frozenset[Value]] | None = None
    place: int | None = None
    first: int = 1
    aliases: tuple[str, ...] = ()
    hint: str = ""

    def counts(self, values: Values) -> bool:
        """Whether the parameter has a meaning beside the others."""
        return self.when is None or values.get(self.when[0]) in self.when[1]

    def read(self, given: Any) -> Value | None:
        """Return the value of an argument, or of one of its words; None where it can be none."""
        if self.place is not None and isinstance(given, str):
            given = _number_in(given)
        if self.kind is ParameterKind.FLAG:
            return given if isinstance(given, bool) else None
        if self.kind is ParameterKind.FORMULA:
            return given if isinstance(given, str) else None
        if self.kind is ParameterKind.CHOICE:
            return next((value for value, _ in self.choices if _is_same(value, given)), None)
        if not is_number(given):
            return None
        if self.kind is not ParameterKind.NUMBER and given != int(given):
            return None
        if self.kind is ParameterKind.BAND:
            number = int(given) + 1 - self.first
            return number if number >= 1 else None
        return given if self._is_within(given) else None

    def written(self, value: Value) -> Any:
        """Return what the argument is for a value."""
        if self.kind is ParameterKind.BAND and isinstance(value, (int, float)):
            return int(value) - 1 + self.first
        return value

    def _is_within(self, number: float) -> bool:
        least = -math.inf if self.minimum is None else self.minimum
        return least <= number <= (math.inf if self.maximum is None else self.maximum)


def is_number(value: Any) -> bool:
    """Whether a value of JSON is a number that a field can hold; JSON knows larger ones than there are floats."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _LARGEST


def band_defaults(names: Mapping[str, int], parameters: tuple[Parameter, ...], count: int) -> dict[str, Value]:
    """Return numbers of bands for the parameters that are bands: by their roles where `names` tells, else in order.

    `names` has the number of a band by its role, `count` is how many bands there are.
    """
    found: dict[str, Value] = {}
    for parameter in parameters:
        if parameter.kind is ParameterKind.BAND:
            spare = 1 + sum(other.when == parameter.when for other in parameters if other.key in found)
            found[parameter.key] = names.get(str(parameter.default), min(spare, max(count, 1)))
    return found


def _is_same(value: Value, given: Any) -> bool:
    """Whether a choice is meant; a truth is no number, and texts are matched in any case, as ArcGIS does."""
    if isinstance(value, str) and isinstance(given, str):
        return value.casefold() == given.casefold()
    return not isinstance(given, bool) and isinstance(given, (int, float)) and value == given


def _number_in(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number
