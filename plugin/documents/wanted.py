"""The options of one layer, put together value by value; what cannot be read is left out, and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..options import arcgis_arguments as read
from ..options.layer_options import LayerOptions
from ..options.order_value import order_value
from ..options.processing_template import RAW, RAW_PIXELS, ProcessingTemplate, parse_function
from ..options.sentences import shortened
from ..options.time_range import TimeRange
from ..service.address import ServiceAddress, parse_web_address
from ..service.description import parse_spatial_reference
from ..service.errors import AddressError, OptionError
from ..service.image_service import SpatialReference
from ..service.json_values import compact_json, integer, mapping, number, sequence, text
from ..service.vocabulary import MosaicMethod
from ..translation import tr

# In characters, of a where clause or a function: no server accepts a longer one.
_LONGEST_TEXT = 200_000


class Wanted:
    """What a document wants of one layer."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self.left_out: list[str] = []
        self.viewpoint_reference: SpatialReference | None = None

    def options(self) -> LayerOptions:
        """Return what has been read."""
        return LayerOptions(**self._values)

    def leave_out(self, part: str) -> None:
        """Note what has no counterpart, as a part of a list."""
        if part not in self.left_out:
            self.left_out.append(part)

    def take(self, option: str, reader: Callable[[Any], Any], value: Any) -> None:
        """Read a value by the reader of its parameter; an empty one is not given."""
        if isinstance(value, (Mapping, bool)) and option != "ascending":
            return
        try:
            found = reader(value)
        except (OptionError, OverflowError) as error:
            self.leave_out(str(error).rstrip("."))
            return
        if found not in (None, "", ()):
            self._values[option] = found

    def take_bands(self, numbers: Sequence[Any]) -> None:
        """Take band numbers that count from 0, as ArcGIS' `bandIds` do."""
        found = [integer(value) for value in numbers]
        if any(band is None or band < 0 for band in found):
            self.leave_out(tr("the bands {bands}").format(bands=shortened(numbers)))
        elif found:
            self._values["bands"] = tuple(band + 1 for band in found if band is not None)

    def take_where(self, *clauses: object) -> None:
        """Take where clauses, all of which are to hold."""
        given = list(dict.fromkeys(filter(None, map(text, clauses))))
        if sum(map(len, given)) > _LONGEST_TEXT:
            self.leave_out(tr("a where clause that is too long"))
        elif given:
            self._values["where"] = given[0] if len(given) == 1 else " AND ".join(f"({clause})" for clause in given)

    def take_time(self, extent: Mapping[str, Any]) -> None:
        """Take an instant or an extent of ArcGIS, in milliseconds since 1970 in UTC."""
        is_instant = text(extent.get("type")) == "TimeInstant"
        given = [extent.get("start"), extent.get("start" if is_instant else "end")]
        begin, end = (integer(limit) for limit in given)
        if all(limit is None for limit in given):
            return
        is_read = all((limit is None) == (number is None) for limit, number in zip(given, (begin, end)))
        if not is_read or (begin is not None and end is not None and begin > end):
            self.leave_out(tr("the time"))
        else:
            self._values["time"] = TimeRange(begin, end)

    def take_slice(self, definition: Sequence[Any]) -> None:
        """Take a `multidimensionalDefinition`, as far as it is one variable, and a value or a range of each dimension.

        What else there may be, several values or variables drawn over each other, has no counterpart.
        """
        parts = list(map(mapping, definition))
        variables = {text(part.get("variableName")) for part in parts}
        try:
            pairs = [(text(part.get("dimensionName")), _one_span(part.get("values"))) for part in parts]
            values = read.dimensions([pair for pair in pairs if pair[0]])
        except (OptionError, ValueError):
            variables, values = set(), ()
        if len(variables) == 1 and variables != {""}:
            self._values |= {"variable": variables.pop(), **({"dimensions": values} if values else {})}
        elif parts:
            self.leave_out(tr("the multidimensional slice"))

    def take_order(self, field: object, value: Any) -> None:
        """Take the field and the value that rasters are ordered by; what kind of value it is only the field says."""
        self.take("order_field", str.strip, text(field))
        if isinstance(value, (str, int, float)) and read.is_given(value):
            self.take("order_base_value", lambda given: order_value(given, None), value)

    def take_viewpoint(self, point: Mapping[str, Any]) -> None:
        """Take a point, and the CRS that it is in."""
        x, y = number(point.get("x")), number(point.get("y"))
        if x is None or y is None:
            return
        self._values["viewpoint"] = (x, y)
        reference = parse_spatial_reference(mapping(point.get("spatialReference")))
        self.viewpoint_reference = None if reference == SpatialReference() else reference

    def take_mosaic(
        self,
        method: object,
        operation: object,
        ascending: object,
        order: tuple[object, Any],
        lock_ids: Any,
        viewpoint: Mapping[str, Any],
    ) -> None:
        """Take a mosaic rule, and of it what its method uses."""
        self.take("mosaic_method", read.mosaic_method, text(method))
        self.take("mosaic_operation", read.mosaic_operation, text(operation))
        if isinstance(ascending, bool):
            self.take("ascending", read.ascending, ascending)
        found = self._values.get("mosaic_method")
        if found in (None, MosaicMethod.ATTRIBUTE):
            self.take_order(*order)
        if found in (None, MosaicMethod.LOCK_RASTER):
            ids = lock_ids.replace(",", ";") if isinstance(lock_ids, str) else sequence(lock_ids)
            self._take_locked(ids)
        if found is MosaicMethod.VIEWPOINT:
            self.take_viewpoint(viewpoint)

    def _take_locked(self, ids: Any) -> None:
        def only_ids(value: Any) -> tuple[int, ...]:
            found = read.lock_rasters(value) or ()
            if not all(isinstance(raster, int) for raster in found):
                raise OptionError("lock_raster_ids", tr("the locked rasters {ids}").format(ids=shortened(value)))
            return tuple(raster for raster in found if isinstance(raster, int))

        self.take("lock_raster_ids", only_ids, ids)

    def take_template_name(self, name: str) -> None:
        """Take a published raster function. A name is never the path of a file here, which a user's own may be."""
        if name:
            is_raw = name.casefold() == RAW_PIXELS.casefold()
            self._values["processing_template"] = RAW if is_raw else ProcessingTemplate(name)

    def take_template_text(self, written: str) -> None:
        """Take a raster function that is written as JSON in a text."""
        if len(written) > _LONGEST_TEXT:
            self.leave_out(tr("a raster function that is too long"))
            return
        try:
            self.take_function(parse_function(written))
        except OptionError as error:
            self.leave_out(tr("the raster function ({reason})").format(reason=error.message.rstrip(".")))

    def take_function(self, function: Mapping[str, Any]) -> None:
        """Take a raster function as a rendering rule or a template has it; one without arguments is a name."""
        function = {key: value for key, value in function.items() if value not in (None, "", {})}
        if set(function) == {"rasterFunction"} and isinstance(function["rasterFunction"], str):
            self.take_template_name(function["rasterFunction"])
            return
        try:
            written = compact_json(function)
            if len(written) > _LONGEST_TEXT:
                self.leave_out(tr("a raster function that is too long"))
            else:
                self._values["processing_template"] = ProcessingTemplate(function=parse_function(written))
        except (OptionError, ValueError) as error:
            self.leave_out(tr("the raster function ({reason})").format(reason=str(error).rstrip(".")))


def address_in_document(url: str, wanted: Wanted) -> ServiceAddress:
    """Read the address of an image service in a document, which is a web address and nothing else.

    A token in it is left out.

    Raises:
        AddressError: it is none: a path, another kind of service, one with a user's name in it.
    """
    address = parse_web_address(url)
    if not isinstance(address, ServiceAddress):
        raise AddressError(tr("Its address leads to a portal, not to an image service."))
    if address.token:
        wanted.leave_out(tr("a token in its address"))
    return ServiceAddress(address.url, address.raster_id)


def opacity_of(value: float | None) -> float:
    """Return an opacity between 0 and 1; fully opaque where there is none."""
    return 1.0 if value is None else min(1.0, max(0.0, value))


def scale_of(value: object) -> float:
    """Return the denominator of a scale; 0 where there is no limit."""
    return max(0.0, number(value) or 0.0)


def _one_span(values: object) -> tuple[float, float] | None:
    """Return the only value of a dimension, with both of its ends; None where none is asked for.

    Raises:
        ValueError: there are several, or it is no number.
    """
    given = sequence(values)
    if not given:
        return None
    ends = [number(end) for end in (given[0] if isinstance(given[0], list) else given[:1])]
    known = [end for end in ends if end is not None]
    if len(given) > 1 or len(known) != len(ends) or not 1 <= len(known) <= 2:
        raise ValueError(values)
    return known[0], known[-1]
