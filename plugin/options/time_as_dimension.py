"""A time that is asked of a service whose times are a dimension: the same, said by that.

A multidimensional service may tell no `timeInfo`; the parameter `time` then picks nothing, and its times are values of
`StdTime`. All that are within a time are what the same range of the dimension holds, so nothing is lost in between.
"""

from __future__ import annotations

from dataclasses import replace

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..service.multidimensional import Dimension
from ..translation import tr
from .check_slice import nearest_values
from .dimension_value import DimensionValue
from .findings import Note
from .layer_options import LayerOptions
from .slices import find_variable, matching_values
from .time_range import TimeRange


def dimension_of_time(options: LayerOptions, service: ImageService) -> Dimension | None:
    """Return the dimension that a time is asked for by; None where the service takes it as a time, or has none."""
    if service.time is not None or not service.variables:
        return None
    variable = find_variable(options.variable, service.variables) if options.variable else service.variables[0]
    dimensions = () if variable is None else variable.dimensions
    return next((dimension for dimension in dimensions if dimension.is_time), None)


def with_time_as_dimension(options: LayerOptions, service: ImageService) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Return the options with their time as the value of a dimension, where need be, and what there is to say of it.

    Raises:
        OptionError: the dimension has nothing of that time, or a value of its own.
    """
    dimension = dimension_of_time(options, service)
    if options.time is None or dimension is None:
        return options, ()
    if any(wanted.name.casefold() == dimension.name.casefold() for wanted in options.dimensions):
        text = tr("The service “{service}” has its times as the dimension “{name}”, which is given too; leave out one.")
        raise OptionError("time", text.format(service=service.name, name=dimension.name))
    wanted = _value(options.time, dimension)
    if dimension.values and not matching_values(dimension, wanted.span):
        text = tr(
            "The service “{service}” has its times as the dimension “{name}”, which has nothing of {time}; the nearest "
            "values are {nearest}."
        )
        nearest = nearest_values(dimension, wanted)
        message = text.format(service=service.name, name=dimension.name, time=options.time, nearest=nearest)
        raise OptionError("time", message)
    text = tr("The service has its times as a dimension, so the time is asked for as {dimension}.")
    asked = replace(options, time=None, dimensions=tuple(sorted([*options.dimensions, wanted])))
    return asked, (Note("time", text.format(dimension=wanted)),)


def _value(time: TimeRange, dimension: Dimension) -> DimensionValue:
    """Return the time as a value of the dimension: an open end is where the dimension ends, unless that is outside."""
    begin, end = time
    given = [float(moment) for moment in (begin, end) if moment is not None]
    ends = dimension.extent
    low = given[0] if begin is not None or ends is None else min(ends.low, given[0])
    high = given[-1] if end is not None or ends is None else max(ends.high, given[-1])
    return DimensionValue(dimension.name, low, high)
