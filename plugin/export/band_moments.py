"""Count, range, mean and spread of the pixels of a tile: exact, and fast enough to run along with an export."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from ..backend.shapes import Mask
from ..provider.statistics import Moments, band_numbers

# Of numbers in double precision at a time: more would not fit into the caches of a processor.
_AT_A_TIME = 2**17


def band_moments(values: npt.NDArray[Any], valid: Mask | None, nodata: float | None) -> Moments:
    """Return the moments of the pixels (rows, columns) of a band that are data."""
    if values.dtype in (np.uint8, np.uint16):
        return _counted(values if valid is None else values[valid], nodata)
    rows = max(1, _AT_A_TIME // values.shape[1])
    moments = Moments()
    for top in range(0, values.shape[0], rows):
        part = slice(top, top + rows)
        moments = moments.with_numbers(band_numbers(values[part], None if valid is None else valid[part], nodata))
    return moments


def _counted(values: npt.NDArray[Any], nodata: float | None) -> Moments:
    """Return the moments of small whole numbers, by how often each occurs."""
    counts = np.bincount(values.ravel())
    if nodata is not None and not math.isnan(nodata) and nodata < len(counts):
        counts[int(nodata)] = 0
    numbers = np.flatnonzero(counts)
    if not numbers.size:
        return Moments()
    weights = counts[numbers].astype(np.float64)
    count = int(counts.sum())
    mean = float((numbers * weights).sum() / count)
    squares = float(((numbers - mean) ** 2 * weights).sum())
    return Moments(count, float(numbers[0]), float(numbers[-1]), mean, squares)
