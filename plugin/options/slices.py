"""Which slice of a multidimensional service is asked for: one variable, and a value of each of its dimensions.

ArcGIS draws any slice, or all of them over each other, where a request does not say. So every request says it: what was
not chosen is the service's first variable, and the first value of each dimension, as in ArcGIS' own clients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..service.image_service import ImageService
from ..service.multidimensional import Dimension, Span, Variable
from .dimension_value import DimensionValue, span_text
from .layer_options import LayerOptions
from .time_range import day_of


@dataclass(frozen=True)
class SliceValue:
    """A dimension, and the value that is wanted of it.

    Attributes:
        span: a value of the dimension, or a range that holds any number of them.
        is_range: whether it is such a range.
        is_chosen: whether the user said so.
    """

    dimension: Dimension
    span: Span
    is_range: bool
    is_chosen: bool


def find_variable(name: str, variables: Sequence[Variable]) -> Variable | None:
    """Return a variable by its name; case is ignored unless another name matches exactly."""
    exact = next((variable for variable in variables if variable.name == name), None)
    return exact or next((known for known in variables if known.name.casefold() == name.casefold()), None)


def variable_in_force(options: LayerOptions, service: ImageService) -> Variable | None:
    """Return the variable that is asked for; None where the options pick rasters in another way, or there is none."""
    if options.variable:
        return find_variable(options.variable, service.variables)
    picks_rasters = bool(options.lock_raster_ids or options.where or options.order_field)
    if not service.variables or (picks_rasters and not options.dimensions):
        return None
    return service.variables[0]


def slice_values(options: LayerOptions, service: ImageService) -> tuple[SliceValue, ...]:
    """Return the value of each dimension of the variable in force, in the service's order.

    The options' own time comes before a time that nobody has chosen.
    """
    variable = variable_in_force(options, service)
    if variable is None:
        return ()
    given = {wanted.name.casefold(): wanted for wanted in options.dimensions}
    found = []
    for dimension in variable.dimensions:
        wanted = given.get(dimension.name.casefold())
        if wanted is not None:
            found.append(_chosen(dimension, wanted))
        elif not (dimension.is_time and options.time is not None):
            first = _first(dimension)
            found += [] if first is None else [SliceValue(dimension, first, is_range=False, is_chosen=False)]
    return tuple(found)


def playable_time(options: LayerOptions, service: ImageService) -> Dimension | None:
    """Return the dimension that the temporal controller plays: a time whose values are known, and none chosen."""
    if options.time is not None:
        return None
    values = slice_values(options, service)
    free = (value.dimension for value in values if value.dimension.is_time and not value.is_chosen)
    return next((dimension for dimension in free if dimension.values), None)


def multidimensional_definition(options: LayerOptions, service: ImageService) -> list[dict[str, Any]]:
    """Return the `multidimensionalDefinition` of a mosaic rule; empty where there is nothing to say."""
    variable = variable_in_force(options, service)
    if variable is None:
        return []
    values = slice_values(options, service)
    if not values:
        return [{"variableName": variable.name}]
    return [
        {
            "variableName": variable.name,
            "dimensionName": value.dimension.name,
            "values": [wire_value(value.span)],
            "isSlice": not value.is_range,
        }
        for value in values
    ]


def matching_values(dimension: Dimension, wanted: Span) -> list[Span]:
    """Return the listed values that a value or a range stands for: those in a range, or the one that is meant."""
    if wanted.low != wanted.high:
        if wanted in dimension.values:
            return [wanted]
        return [span for span in dimension.values if wanted.low <= span.low and span.high <= wanted.high]
    if dimension.has_ranges:
        return [span for span in dimension.values if span.touches(wanted)][:1]
    return [span for span in dimension.values if _is_same(span.low, wanted.low)][:1]


def value_text(dimension: Dimension, span: Span) -> str:
    """Return a listed value as people type it; a day where it is the only one of that day."""
    if dimension.is_time and span.low == span.high:
        day = day_of(int(span.low))
        if matching_values(dimension, Span(day.begin or 0, day.end or 0)) == [span]:
            return str(day)
    return span_text(dimension.name, span)


def wire_value(span: Span) -> Any:
    """Return a value as it is sent: whole numbers without a point, a range as a pair."""
    ends = [int(end) if float(end).is_integer() else end for end in span]
    return ends[0] if ends[0] == ends[1] else ends


def _chosen(dimension: Dimension, wanted: DimensionValue) -> SliceValue:
    """Return what was chosen: the listed value where it stands for just one, else the range itself."""
    matches = matching_values(dimension, wanted.span)
    if len(matches) == 1:
        return SliceValue(dimension, matches[0], is_range=False, is_chosen=True)
    return SliceValue(dimension, wanted.span, is_range=wanted.low != wanted.high, is_chosen=True)


def _first(dimension: Dimension) -> Span | None:
    if dimension.values:
        return dimension.values[0]
    return None if dimension.extent is None else Span(dimension.extent.low, dimension.extent.low)


def _is_same(one: float, other: float) -> bool:
    """Whether two numbers are the same but for the last digits, which a text may not have."""
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
