"""Values at many points: the parameters of `getSamples`, and what its answers say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..translation import tr
from .address import host_of
from .errors import ResponseError
from .geometry_json import spatial_reference_json
from .image_service import SpatialReference
from .json_values import compact_json, integer, mapping, number

Point = tuple[float, float]
Values = tuple["float | None", ...]

# From then on, servers have the operation.
FIRST_VERSION = 10.2
# Of one request: half of what a service answers for unless its owner has set another limit.
MOST_LOCATIONS = 500


def samples_parameters(
    points: Sequence[Point], reference: SpatialReference, parameters: Mapping[str, str]
) -> dict[str, str]:
    """Return the parameters for points in a spatial reference; rules go in `parameters`.

    A raster function does not: the operation knows none, and gives the values of the rasters.
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
    """Return the values by point; a point without any is left out, and so is one that the server has cut off.

    Each answer is held against the point that it is said to be of. Values are None for no data, and where there is no
    finite number.

    Args:
        body: the answer of the server.
        points: those that were sent, in their order.
        tolerance: how far an answer may lie from its point, in units of the CRS.
        url: that of the service, for the error.

    Raises:
        ResponseError: it is no list of samples, or tells of other points than were asked for.
    """
    samples = body.get("samples")
    if not isinstance(samples, list):
        message = tr("{host} sent something else instead of values at points: try again later.")
        raise ResponseError(message.format(host=host_of(url)), url)
    found: dict[Point, Values] = {}
    for sample in map(mapping, samples):
        place = integer(sample.get("locationId"))
        if place is None or not 0 <= place < len(points) or not _is_near(sample, points[place], tolerance):
            message = tr("{host} gave values for other points than it was asked for; they were not used.")
            raise ResponseError(message.format(host=host_of(url)), url)
        # Several rasters may answer for a point, the topmost first.
        found.setdefault(points[place], _values(sample.get("value")))
    return {point: values for point, values in found.items() if any(value is not None for value in values)}


def parse_raster_samples(body: Mapping[str, Any], bands: int, url: str) -> dict[int, Values]:
    """Return the values of one point by the id of the raster that they are of; what has no data there is left out.

    Raises:
        ResponseError: it is no list of samples, says of one not which raster it is of, or has other bands.
    """
    samples = body.get("samples")
    if not isinstance(samples, list):
        message = tr("{host} sent something else instead of values at points: try again later.")
        raise ResponseError(message.format(host=host_of(url)), url)
    found: dict[int, Values] = {}
    for sample in map(mapping, samples):
        raster, values = integer(sample.get("rasterId")), _values(sample.get("value"))
        if raster is None or integer(sample.get("locationId")) != 0 or len(values) != bands:
            message = tr("{host} gave values for other rasters or bands than it was asked for; they were not used.")
            raise ResponseError(message.format(host=host_of(url)), url)
        found.setdefault(raster, values)
    return {raster: values for raster, values in found.items() if any(value is not None for value in values)}


def parse_slice_samples(body: Mapping[str, Any], field: str, bands: int, url: str) -> dict[float, Values]:
    """Return the values of one point by what a field of their rasters says; what has no data there is left out.

    Raises:
        ResponseError: it is no list of samples, does not tell the field of one, or has other bands.
    """
    samples = body.get("samples")
    if not isinstance(samples, list):
        message = tr("{host} sent something else instead of values at points: try again later.")
        raise ResponseError(message.format(host=host_of(url)), url)
    found: dict[float, Values] = {}
    for sample in map(mapping, samples):
        told = {str(name).casefold(): value for name, value in mapping(sample.get("attributes")).items()}
        place, values = number(told.get(field.casefold())), _values(sample.get("value"))
        if place is None or len(values) != bands:
            message = tr("{host} gave values for other rasters or bands than it was asked for; they were not used.")
            raise ResponseError(message.format(host=host_of(url)), url)
        # Several rasters may be of one slice, the topmost first.
        if any(value is not None for value in values):
            found.setdefault(place, values)
    return found


def _is_near(sample: Mapping[str, Any], point: Point, tolerance: float) -> bool:
    location = mapping(sample.get("location"))
    x, y = number(location.get("x")), number(location.get("y"))
    return x is None or y is None or math.hypot(x - point[0], y - point[1]) <= tolerance


def _values(value: object) -> Values:
    """Read values that are separated by blanks, or by commas."""
    return tuple(map(number, str(value).replace(",", " ").split()))
