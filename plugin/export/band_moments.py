"""Count, range, mean and spread of the pixels of a tile: exact, and fast enough to run along with an export."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ..backend.shapes import Mask
from ..provider.statistics import Moments, band_numbers

# So many numbers at a time: numpy makes eight bytes of each, and blocks of memory several times as large as a tile, on
# several threads, leave the heap in pieces that grow and grow.
_AT_A_TIME = 2**17


def band_moments(values: npt.NDArray[Any], valid: Mask | None, nodata: float | None) -> Moments:
    """Return the moments of the pixels (rows, columns) of a band that are data."""
    if values.dtype in (np.uint8, np.uint16):
        counts = np.zeros(int(np.iinfo(values.dtype).max) + 1, np.int64)
        for part, known in _parts(values, valid):
            counts += np.bincount(part.ravel() if known is None else part[known], minlength=len(counts))
        return _counted(counts, nodata)
    moments = Moments()
    for part, known in _parts(values, valid):
        moments = moments.with_numbers(band_numbers(part, known, nodata))
    return moments


def _parts(values: npt.NDArray[Any], valid: Mask | None) -> Iterator[tuple[npt.NDArray[Any], Mask | None]]:
    rows = max(1, _AT_A_TIME // values.shape[1])
    for top in range(0, values.shape[0], rows):
        part = slice(top, top + rows)
        yield values[part], None if valid is None else valid[part]


def _counted(counts: npt.NDArray[np.int64], nodata: float | None) -> Moments:
    """Return the moments of small whole numbers, by how often each of them, from 0 on, occurs."""
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
