"""What is in an area, counted: the parameters of `computeStatisticsHistograms`, and what its answers say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..translation import tr
from .address import host_of
from .errors import ResponseError
from .geometry_json import spatial_reference_json
from .image_service import SpatialReference
from .json_values import compact_json, integer, mapping, number, sequence

# The first release of servers that have the operation.
FIRST_VERSION = 10.4
# How far the width of a bin, or its middle, may be from a whole number by rounding.
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Bin:
    """A bin of a histogram, with the pixels in it. `value` is the only number it stands for, if it is one."""

    least: float
    greatest: float
    value: float | None
    count: int


@dataclass(frozen=True)
class AreaStatistics:
    """What a server says of one band in an area; None where it does not tell, or tells no finite number.

    Attributes:
        count: pixels with data.
        bins: those of the histogram that hold any pixels.
        is_sampled: whether the server has left out rows or columns.
    """

    count: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    standard_deviation: float | None = None
    median: float | None = None
    bins: tuple[Bin, ...] = ()
    is_sampled: bool = False


def statistics_parameters(
    rings: Sequence[Sequence[tuple[float, float]]], reference: SpatialReference, parameters: Mapping[str, str]
) -> dict[str, str]:
    """Return the parameters for a polygon in a spatial reference; rules go in `parameters`.

    Outer rings run clockwise, holes counterclockwise.
    """
    shape = {
        "rings": [[list(point) for point in ring] for ring in rings],
        "spatialReference": spatial_reference_json(reference),
    }
    return {"geometryType": "esriGeometryPolygon", "geometry": compact_json(shape), **parameters, "f": "json"}


def parse_statistics(body: Mapping[str, Any], url: str) -> tuple[AreaStatistics, ...]:
    """Return what an answer says of each band; nothing where no pixel is in the area.

    Raises:
        ResponseError: it holds no statistics.
    """
    told = body.get("statistics")
    if not isinstance(told, list):
        message = tr("{host} sent something else instead of statistics: try again later.")
        raise ResponseError(message.format(host=host_of(url)), url)
    histograms = sequence(body.get("histograms"))
    bands = [
        _statistics(mapping(one), mapping(histograms[place]) if place < len(histograms) else {})
        for place, one in enumerate(told)
    ]
    return tuple(bands) if any(band.count != 0 for band in bands) else ()


def _statistics(told: Mapping[str, Any], histogram: Mapping[str, Any]) -> AreaStatistics:
    bins = _bins(histogram)
    count = integer(told.get("count"))
    if count is None and sequence(histogram.get("counts")):
        count = sum(one.count for one in bins)
    skips = [number(told.get(name)) or 1.0 for name in ("skipX", "skipY")]
    if count == 0:
        return AreaStatistics(0)
    return AreaStatistics(
        count=count,
        minimum=number(told.get("min")),
        maximum=number(told.get("max")),
        mean=number(told.get("mean")),
        standard_deviation=number(told.get("standardDeviation")),
        median=number(told.get("median")),
        bins=bins,
        is_sampled=max(skips) > 1,
    )


def _bins(histogram: Mapping[str, Any]) -> tuple[Bin, ...]:
    counts = [integer(count) for count in sequence(histogram.get("counts"))]
    least, greatest = number(histogram.get("min")), number(histogram.get("max"))
    if not counts or least is None or greatest is None or greatest < least:
        return ()
    if least.is_integer() and greatest - least + 1 == len(counts):
        # From the first value to the last, one bin for each.
        least, greatest = least - 0.5, greatest + 0.5
    width = (greatest - least) / len(counts)
    edges = [least + place * width for place in range(len(counts) + 1)]
    return tuple(
        Bin(start, end, _only_value((start + end) / 2, width), count)
        for start, end, count in zip(edges, edges[1:], counts)
        if count
    )


def _only_value(middle: float, width: float) -> float | None:
    """Return the whole number that a bin stands for, if it is as wide as from one to the next."""
    if width == 0:
        return middle
    is_one = abs(width - 1) < _TOLERANCE and abs(middle - round(middle)) < _TOLERANCE
    return float(round(middle)) if is_one else None
