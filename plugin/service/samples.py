"""Values at many points: the parameters of `getSamples`, and what its answers say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..translation import tr
from .address import host_of
from .errors import ResponseError
from .geometry_json import spatial_reference_json
from .image_service import SpatialReference
from .json_values import compact_json, integer, mapping, number

Point = tuple[float, float]
Values = tuple["float | None", ...]

# The first release of servers that have the operation.
FIRST_VERSION = 10.2
# Points in one request. A service answers for twice as many unless its owner has set another limit.
MOST_LOCATIONS = 500


def samples_parameters(
    points: Sequence[Point], reference: SpatialReference, parameters: Mapping[str, str]
) -> dict[str, str]:
    """Return the parameters for points in a spatial reference; a mosaic rule goes in `parameters`.

    A rendering rule does not: the operation has none, and gives the values of the rasters themselves.
    """
    geometry = {"points": [list(point) for point in points], "spatialReference": spatial_reference_json(reference)}
    return {
        "geometryType": "esriGeometryMultipoint",
        "geometry": compact_json(geometry),
        "returnFirstValueOnly": "true",
        **parameters,
        "f": "json",
    }


def parse_samples(body: Mapping[str, Any], points: Sequence[Point], tolerance: float, url: str) -> dict[Point, Values]:
    """Return the values by point; points without data are left out, as are those that the server did not get to.

    Values are None for no data, and for what is no finite number. Each sample must lie where its point does.

    Args:
        body: the answer of the server.
        points: those that were sent, in their order.
        tolerance: how far an answer may lie from its point, in units of the CRS.
        url: that of the service, for the error.

    Raises:
        ResponseError: the answer is no list of samples, or has samples of other points.
    """
    found: dict[Point, Values] = {}
    for sample in _samples(body, url):
        place = integer(sample.get("locationId"))
        if place is None or not 0 <= place < len(points) or not _is_near(sample, points[place], tolerance):
            message = tr("{host} gave values for other points than it was asked for; they were not used.")
            raise ResponseError(message.format(host=host_of(url)), url)
        # Several rasters may answer for a point, the topmost first.
        found.setdefault(points[place], _values(sample.get("value")))
    return {point: values for point, values in found.items() if any(value is not None for value in values)}


def parse_raster_samples(body: Mapping[str, Any], bands: int, url: str) -> dict[int, Values]:
    """Return the values at one point by the id of their raster; rasters without data there are left out.

    Raises:
        ResponseError: the answer is no list of samples, or one of them has no raster id or other bands.
    """
    found: dict[int, Values] = {}
    for sample in _samples(body, url):
        raster, values = integer(sample.get("rasterId")), _values(sample.get("value"))
        if raster is None or integer(sample.get("locationId")) != 0 or len(values) != bands:
            raise _of_others(url)
        found.setdefault(raster, values)
    return {raster: values for raster, values in found.items() if any(value is not None for value in values)}


def parse_slice_samples(body: Mapping[str, Any], field: str, bands: int, url: str) -> dict[float, Values]:
    """Return the values at one point by the value of a field of their raster; rasters without data are left out.

    Raises:
        ResponseError: the answer is no list of samples, or one of them lacks the field or has other bands.
    """
    found: dict[float, Values] = {}
    for sample in _samples(body, url):
        told = {str(name).casefold(): value for name, value in mapping(sample.get("attributes")).items()}
        place, values = number(told.get(field.casefold())), _values(sample.get("value"))
        if place is None or len(values) != bands:
            raise _of_others(url)
        # Several rasters may be of one slice, the topmost first.
        if any(value is not None for value in values):
            found.setdefault(place, values)
    return found


def _samples(body: Mapping[str, Any], url: str) -> Iterator[Mapping[str, Any]]:
    """Return the samples in an answer.

    Raises:
        ResponseError: it is no list of samples.
    """
    samples = body.get("samples")
    if not isinstance(samples, list):
        message = tr("{host} sent something else instead of values at points: try again later.")
        raise ResponseError(message.format(host=host_of(url)), url)
    return map(mapping, samples)


def _of_others(url: str) -> ResponseError:
    message = tr("{host} gave values for other rasters or bands than it was asked for; they were not used.")
    return ResponseError(message.format(host=host_of(url)), url)


def _is_near(sample: Mapping[str, Any], point: Point, tolerance: float) -> bool:
    location = mapping(sample.get("location"))
    x, y = number(location.get("x")), number(location.get("y"))
    return x is None or y is None or math.hypot(x - point[0], y - point[1]) <= tolerance


def _values(value: object) -> Values:
    """Read values that are separated by blanks, or by commas."""
    return tuple(map(number, str(value).replace(",", " ").split()))
