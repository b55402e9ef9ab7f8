"""Whether the variable and the values of dimensions that are asked for are some of the service's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..service.multidimensional import Dimension, Span, Variable
from ..translation import tr
from .dimension_value import DimensionValue, span_text
from .layer_options import LayerOptions
from .sentences import closest_names, quoted_list, shortened
from .slices import find_variable, matching_values, variable_in_force
from .wording import option_label

if TYPE_CHECKING:
    from .findings import Finding

# Names or values that a sentence lists.
_MOST_LISTED = 10
_NEAREST = 3


def check_slice(options: LayerOptions, service: ImageService) -> Iterator[Finding]:
    """Hold variable and dimensions against those of the service."""
    if not service.variables:
        text = tr("The service “{service}” has no variables or dimensions; leave out “{option}”.")
        for option in ("variable", "dimensions"):
            if getattr(options, option):
                yield OptionError(option, text.format(service=service.name, option=option_label(option)))
        return
    if options.variable and find_variable(options.variable, service.variables) is None:
        names = [variable.name for variable in service.variables]
        text = tr("The service has no variable “{name}”; choose one of {names}.")
        near = closest_names(options.variable, names) or names[:_MOST_LISTED]
        yield OptionError("variable", text.format(name=shortened(options.variable), names=quoted_list(near)))
        return
    variable = variable_in_force(options, service)
    if variable is not None:
        for wanted in options.dimensions:
            yield from _dimension(wanted, variable)


def _dimension(wanted: DimensionValue, variable: Variable) -> Iterator[Finding]:
    dimension = variable.dimension(wanted.name)
    if dimension is None:
        names = [known.name for known in variable.dimensions]
        text = tr("The variable “{variable}” has no dimension “{name}”; it has {names}.")
        if not names:
            text = tr("The variable “{variable}” has no dimension “{name}”, and no other; leave it out.")
        message = text.format(variable=variable.name, name=shortened(wanted.name), names=quoted_list(names))
        yield OptionError("dimensions", message)
    elif not _has(dimension, wanted):
        text = tr("The dimension “{name}” has no value {value}; the nearest are {nearest}.")
        if dimension.extent is None:
            text = tr("The dimension “{name}” has no value {value}.")
        value = span_text(dimension.name, wanted.span)
        message = text.format(name=dimension.name, value=value, nearest=nearest_values(dimension, wanted))
        yield OptionError("dimensions", message)


def _has(dimension: Dimension, wanted: DimensionValue) -> bool:
    """Whether there is such a value, as far as the service tells."""
    if dimension.values:
        return bool(matching_values(dimension, wanted.span))
    return dimension.extent is None or dimension.extent.touches(wanted.span)


def nearest_values(dimension: Dimension, wanted: DimensionValue) -> str:
    """Return the nearest values as people type them; where none are listed, the ends of what there is."""
    values = sorted(dimension.values, key=lambda span: span.distance(wanted.span))[:_NEAREST]
    if not values and dimension.extent is not None:
        values = [Span(end, end) for end in dict.fromkeys(dimension.extent)]
    return ", ".join(span_text(dimension.name, span) for span in sorted(values))
