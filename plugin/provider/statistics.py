"""What is known of a band's values without asking anybody: from the service's statistics and from recent views."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from qgis.core import QgsRasterBandStats, QgsRasterHistogram, QgsRectangle

from ..backend.pixel_types import numpy_type
from ..backend.source import LayerSource, SourceBand

_BINS = 256
Numbers = npt.NDArray[np.float64]
NO_NUMBERS: Numbers = np.zeros(0)


@dataclass(frozen=True)
class Moments:
    """Count, range, mean, and the sum of the squares of the distances from the mean."""

    count: int = 0
    minimum: float = math.inf
    maximum: float = -math.inf
    mean: float = 0.0
    squares: float = 0.0

    def with_numbers(self, numbers: Numbers) -> Moments:
        """Return the moments of these numbers and more."""
        if not numbers.size:
            return self
        mean = float(numbers.mean())
        distances = numbers - mean
        # Not `dot`: BLAS would wake threads of its own for it.
        squares = float(np.einsum("i,i->", distances, distances))
        return self.merged(Moments(numbers.size, float(numbers.min()), float(numbers.max()), mean, squares))

    def merged(self, other: Moments) -> Moments:
        """Return the moments of the numbers of both."""
        if not other.count:
            return self
        count = self.count + other.count
        distance = other.mean - self.mean
        return Moments(
            count,
            min(self.minimum, other.minimum),
            max(self.maximum, other.maximum),
            self.mean + distance * other.count / count,
            self.squares + other.squares + distance**2 * self.count * other.count / count,
        )


def band_numbers(values: npt.NDArray[Any], valid: npt.NDArray[np.bool_] | None, nodata: float | None) -> Numbers:
    """Return the numbers of a band (rows, columns) that are data, in one row."""
    known = values.ravel() if valid is None or valid.all() else values[valid]
    if nodata is not None and not np.isnan(nodata):
        known = _those(known, known != np.array(nodata, known.dtype))
    numbers = known.astype(np.float64)
    return _those(numbers, np.isfinite(numbers)) if known.dtype.kind == "f" else numbers


def _those(numbers: npt.NDArray[Any], chosen: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return the numbers that are chosen; all of them, as is usual, are not copied."""
    return numbers if chosen.all() else numbers[chosen]


def from_service(source: LayerSource, band: int) -> QgsRasterBandStats | None:
    """Return the statistics that the service tells of a band; None where it does not.

    Services tell neither sums nor how many pixels are data. The sums are NaN: QGIS would tell the user that they are 0.
    """
    facts = source.bands[band - 1]
    if facts.minimum is None or facts.maximum is None:
        return None
    statistics = _range(source, band, facts.minimum, facts.maximum)
    statistics.sum = statistics.sumOfSquares = math.nan
    if facts.mean is not None:
        statistics.mean = facts.mean
        statistics.statsGathered |= QgsRasterBandStats.Mean
    if facts.standard_deviation is not None:
        statistics.stdDev = facts.standard_deviation
        statistics.statsGathered |= QgsRasterBandStats.StdDev
    return statistics


def from_moments(source: LayerSource, band: int, moments: Moments) -> QgsRasterBandStats:
    """Return the statistics of numbers of a band."""
    statistics = _range(source, band, moments.minimum, moments.maximum)
    statistics.mean = moments.mean
    statistics.sum = moments.mean * moments.count
    statistics.sumOfSquares = moments.squares
    statistics.stdDev = math.sqrt(moments.squares / max(1, moments.count - 1))
    statistics.elementCount = moments.count
    statistics.statsGathered = QgsRasterBandStats.All
    return statistics


def from_type(source: LayerSource, band: int) -> QgsRasterBandStats:
    """Return what the type of the pixels allows, as the last resort: 0 to 1 for numbers with a fraction."""
    dtype = numpy_type(source.data_type)
    if dtype.kind == "f":
        return _range(source, band, 0.0, 1.0)
    limits = np.iinfo(dtype)
    return _range(source, band, float(limits.min), float(limits.max))


def cut(facts: SourceBand, numbers: Numbers, lower: float, upper: float) -> tuple[float, float] | None:
    """Return the numbers below which the shares `lower` and `upper` (0 to 1) of all lie, None if nothing is known.

    Without numbers, two standard deviations around the mean stand for a cut, as far as minimum and maximum reach.
    """
    if numbers.size:
        ends = np.quantile(numbers, [min(max(share, 0.0), 1.0) for share in (lower, upper)])
        return float(ends[0]), float(ends[1])
    if facts.minimum is None or facts.maximum is None:
        return None
    if facts.mean is None or facts.standard_deviation is None or (lower <= 0 and upper >= 1):
        return facts.minimum, facts.maximum
    reach = 2 * facts.standard_deviation
    return max(facts.minimum, facts.mean - reach), min(facts.maximum, facts.mean + reach)


def empty_histogram(source: LayerSource, band: int, bins: int, low: float, high: float) -> QgsRasterHistogram:
    """Return a histogram that counts nothing yet."""
    result = QgsRasterHistogram()
    result.bandNumber = band
    result.binCount = bins or _BINS
    result.minimum, result.maximum = low, high if high > low else low + 1.0
    result.includeOutOfRange = False
    result.extent = _rectangle(source)
    result.width, result.height = source.grid.columns, source.grid.rows
    return result


def _range(source: LayerSource, band: int, minimum: float, maximum: float) -> QgsRasterBandStats:
    statistics = QgsRasterBandStats()
    statistics.bandNumber = band
    statistics.minimumValue, statistics.maximumValue = minimum, maximum
    statistics.range = maximum - minimum
    statistics.extent = _rectangle(source)
    statistics.width, statistics.height = source.grid.columns, source.grid.rows
    statistics.statsGathered = QgsRasterBandStats.Min | QgsRasterBandStats.Max | QgsRasterBandStats.Range
    return statistics


def _rectangle(source: LayerSource) -> QgsRectangle:
    return QgsRectangle(*source.grid.extent)
