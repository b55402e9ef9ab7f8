"""Statistics, histogram and cut worked out from pixels, tile by tile: even the largest layer fits into memory."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from qgis.core import QgsFeedback, QgsRasterBandStats, QgsRasterHistogram

from ..backend.source import LayerSource
from ..options.grid import Grid
from ..service.extent import Extent
from .opened_source import OpenedSource, source_key
from .session import READER
from .statistics import Moments, Numbers, band_numbers, empty_histogram, from_moments

_TILE = 1024
_BINS_FOR_A_CUT = 1000


def tiles(source: LayerSource, extent: Extent, sample_size: int) -> Iterator[Grid]:
    """Yield windows that cover an extent (in the layer's CRS), with about `sample_size` pixels in all; 0 for all."""
    cell_x, cell_y = source.grid.cell_size
    columns, rows = max(1, round(extent.width / cell_x)), max(1, round(extent.height / cell_y))
    if 0 < sample_size < columns * rows:
        share = math.sqrt(sample_size / (columns * rows))
        columns, rows = max(1, math.ceil(columns * share)), max(1, math.ceil(rows * share))
    cell_x, cell_y = extent.width / columns, extent.height / rows
    for top in range(0, rows, _TILE):
        for left in range(0, columns, _TILE):
            width, height = min(_TILE, columns - left), min(_TILE, rows - top)
            xmin, ymax = extent.xmin + left * cell_x, extent.ymax - top * cell_y
            box = Extent(xmin, ymax - height * cell_y, xmin + width * cell_x, ymax)
            yield Grid(box, width, height, (cell_x, cell_y))


@dataclass(frozen=True)
class Sample:
    """The pixels of a band that are looked at.

    Attributes:
        opened: the layer.
        band: its number, from 1.
        extent: where they are, in the layer's CRS.
        size: about how many they are; 0 for all.
        nodata: the value that stands for no number, if there is one.
        feedback: cancels the reading.
    """

    opened: OpenedSource
    band: int
    extent: Extent
    size: int
    nodata: float | None
    feedback: QgsFeedback | None = None

    def numbers(self) -> Iterator[Numbers]:
        """Yield the numbers in them, as the service draws them, whether or not a view is drawn from tiles.

        Raises:
            ImageServerLayerError: the service did not send all of them, or the feedback was canceled.
        """
        source, key = self.opened.source, self.opened.key
        if source.has_images:
            source = source.of_images()
            key = source_key(source)
        for tile in tiles(source, self.extent, self.size):
            drawn = READER.read(source, key, tile, self.feedback)
            if drawn.error is not None:
                raise drawn.error
            yield band_numbers(drawn.values[self.band - 1], drawn.valid, self.nodata)


def band_statistics(sample: Sample) -> QgsRasterBandStats:
    """Return the statistics of a band; nothing is gathered where there are no numbers.

    Raises:
        ImageServerLayerError: as `Sample.numbers`.
    """
    total = Moments()
    for piece in sample.numbers():
        total = total.with_numbers(piece)
    return QgsRasterBandStats() if not total.count else from_moments(sample.opened.source, sample.band, total)


def histogram(sample: Sample, limits: tuple[float, float], bins: int) -> QgsRasterHistogram:
    """Return the histogram of a band; NaN for a limit takes that of the numbers.

    Raises:
        ImageServerLayerError: as `Sample.numbers`.
    """
    low, high = limits
    if math.isnan(low) or math.isnan(high):
        ends = [(piece.min(), piece.max()) for piece in sample.numbers() if piece.size]
        low = float(min((end[0] for end in ends), default=0.0)) if math.isnan(low) else low
        high = float(max((end[1] for end in ends), default=1.0)) if math.isnan(high) else high
    result = empty_histogram(sample.opened.source, sample.band, bins, low, high)
    counts = np.zeros(result.binCount, np.int64)
    for piece in sample.numbers():
        counts += np.histogram(piece, result.binCount, (result.minimum, result.maximum))[0]
    result.histogramVector = counts.tolist()
    result.nonNullCount = int(counts.sum())
    result.valid = True
    return result


def cut(sample: Sample, shares: tuple[float, float]) -> tuple[float, float]:
    """Return the numbers below which two shares (0 to 1) of all lie, to a thousandth of their range.

    Raises:
        ImageServerLayerError: as `Sample.numbers`.
    """
    nan = float("nan")
    found = histogram(sample, (nan, nan), _BINS_FOR_A_CUT)
    reached = np.cumsum(found.histogramVector) / max(1, found.nonNullCount)
    width = (found.maximum - found.minimum) / found.binCount
    low = found.minimum + width * int(np.searchsorted(reached, shares[0], side="right"))
    high = found.minimum + width * (int(np.searchsorted(reached, shares[1], side="left")) + 1)
    return min(low, found.maximum), min(high, found.maximum)
