"""The variables of an image service and their dimensions: `multidimensionalInfo`, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from .json_values import integer, mapping, number, sequence, text
from .time_info import in_reach

TIME_DIMENSION = "StdTime"
"""What ArcGIS calls the time, whatever it is called in the data; its values are milliseconds since 1970, in UTC."""

# More could neither be chosen from nor be kept with a layer.
MOST_VARIABLES = 1000
MOST_VALUES = 10_000


class Span(NamedTuple):
    """A value of a dimension, which has two equal ends, or a range with both of its ends."""

    low: float
    high: float

    def touches(self, other: Span) -> bool:
        """Whether the two have anything in common."""
        return self.low <= other.high and other.low <= self.high

    def distance(self, other: Span) -> float:
        """Return how far it is from one to the other; 0 where they touch."""
        return 0.0 if self.touches(other) else max(self.low - other.high, other.low - self.high)


@dataclass(frozen=True)
class Dimension:
    """A dimension of a variable.

    Attributes:
        name: as requests spell it: `StdTime`, `StdZ`, or any other.
        values: those that there are, in the service's order; empty where it does not list them.
        unit: in the service's words, empty where unknown.
        description: plain text.
        has_ranges: whether each value is a range, such as a layer of depths.
        extent: the lowest and the highest value; None where the service does not tell.
        field: where in the catalog a raster says its value; empty where the service does not tell.
    """

    name: str
    values: tuple[Span, ...] = ()
    unit: str = ""
    description: str = ""
    has_ranges: bool = False
    extent: Span | None = None
    field: str = ""

    @property
    def is_time(self) -> bool:
        """Whether the values are milliseconds since 1970."""
        return is_time(self.name)

    @property
    def label(self) -> str:
        """The name with the unit, `StdZ (m)`; that of a time says nothing."""
        return f"{self.name} ({self.unit})" if self.unit and not self.is_time else self.name


@dataclass(frozen=True)
class Variable:
    """A variable of a service, such as a temperature.

    Attributes:
        name: as requests spell it.
        dimensions: in the service's order.
        unit: in the service's words, empty where unknown.
        description: plain text.
        minimum: of all of its values; None where the service does not tell.
        maximum: likewise.
        mean: likewise.
        standard_deviation: likewise.
    """

    name: str
    dimensions: tuple[Dimension, ...] = ()
    unit: str = ""
    description: str = ""
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    standard_deviation: float | None = None

    def dimension(self, name: str) -> Dimension | None:
        """Return a dimension by its name, in any case."""
        return next((known for known in self.dimensions if known.name.casefold() == name.casefold()), None)

    @property
    def label(self) -> str:
        """The name with the unit: `tas (°C)`."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


class Slice(NamedTuple):
    """A slice of a service: its variable, and a value of each of its dimensions, by their names."""

    variable: str
    values: tuple[tuple[str, Span], ...]


def is_time(name: str) -> bool:
    """Whether a dimension of that name is the time."""
    return name.casefold() == TIME_DIMENSION.casefold()


def parse_slices(body: Mapping[str, Any]) -> dict[int, Slice]:
    """Read an answer of `slices`, by their ids; what is no single value of a dimension of one variable is left out."""
    found: dict[int, Slice] = {}
    for told in map(mapping, sequence(body.get("slices"))):
        slice_id = integer(told.get("sliceId"))
        parts = [mapping(part) for part in sequence(told.get("multidimensionalDefinition"))]
        names = {text(part.get("variableName")) for part in parts}
        spans = [_only_value(part) for part in parts if text(part.get("dimensionName"))]
        known = tuple(span for span in spans if span is not None)
        if slice_id is not None and len(names) == 1 and len(known) == len(spans):
            found.setdefault(slice_id, Slice(names.pop(), known))
    return found


def _only_value(part: Mapping[str, Any]) -> tuple[str, Span] | None:
    name, values = text(part.get("dimensionName")), sequence(part.get("values"))
    span = _span(values[0], name) if len(values) == 1 else None
    return None if span is None else (name, span)


def variable_of_rule(rule: Mapping[str, Any]) -> str:
    """Return the name of the variable that a mosaic rule asks for; empty where it asks for none, or several."""
    parts = map(mapping, sequence(rule.get("multidimensionalDefinition")))
    names = {text(part.get("variableName")) for part in parts}
    return names.pop() if len(names) == 1 else ""


def with_statistics(variable: Variable, body: Mapping[str, Any]) -> Variable:
    """Return a variable with what an answer of `statistics` tells of it; the same where that is not to be believed."""
    minimum, maximum, mean, deviation = _statistics(body)
    if minimum is None:
        return variable
    return replace(variable, minimum=minimum, maximum=maximum, mean=mean, standard_deviation=deviation)


def parse_variables(body: Mapping[str, Any]) -> tuple[Variable, ...]:
    """Read an answer of `multidimensionalInfo`; what has no name, or a name that was there before, is left out."""
    told = sequence(mapping(body.get("multidimensionalInfo")).get("variables"))
    found: dict[str, Variable] = {}
    for variable in map(mapping, told[:MOST_VARIABLES]):
        name = text(variable.get("name"))
        if name:
            found.setdefault(name, _variable(name, variable))
    return tuple(found.values())


def _variable(name: str, told: Mapping[str, Any]) -> Variable:
    dimensions: dict[str, Dimension] = {}
    for dimension in map(mapping, sequence(told.get("dimensions"))):
        own = text(dimension.get("name"))
        if own:
            dimensions.setdefault(own, _dimension(own, dimension))
    unit, description = text(told.get("unit")), text(told.get("description"))
    return Variable(name, tuple(dimensions.values()), unit, description, *_statistics(told))


def _statistics(told: Mapping[str, Any]) -> tuple[float | None, float | None, float | None, float | None]:
    """Return minimum, maximum, mean and standard deviation; none of them where the limits are not to be believed."""
    statistics = next(iter(map(mapping, sequence(told.get("statistics")))), {})
    minimum, maximum = number(statistics.get("min")), number(statistics.get("max"))
    if minimum is None or maximum is None or minimum >= maximum:
        return None, None, None, None
    return minimum, maximum, number(statistics.get("mean")), number(statistics.get("standardDeviation"))


def _dimension(name: str, told: Mapping[str, Any]) -> Dimension:
    spans = (_span(value, name) for value in sequence(told.get("values")))
    values = tuple(islice(dict.fromkeys(span for span in spans if span is not None), MOST_VALUES))
    return Dimension(
        name,
        values,
        text(told.get("unit")),
        text(told.get("description")),
        any(span.low != span.high for span in values),
        _span(told.get("extent"), name) or _reach(values),
        text(told.get("field")),
    )


def _span(value: object, name: str) -> Span | None:
    """Read a number or a pair of them; None for anything else, and for times that nobody can write."""
    ends = list(_ends(value, name))
    if not 1 <= len(ends) <= 2 or None in ends:
        return None
    known = [end for end in ends if end is not None]
    return Span(min(known), max(known))


def _ends(value: object, name: str) -> Iterator[float | None]:
    for end in value if isinstance(value, list) else [value]:
        if is_time(name):
            moment = integer(end)
            yield moment if moment is not None and in_reach(moment) else None
        else:
            yield number(end)


def _reach(values: tuple[Span, ...]) -> Span | None:
    return Span(min(span.low for span in values), max(span.high for span in values)) if values else None
