"""Count, range, mean and spread of the pixels of a tile, fast enough to run along with an export."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from ..backend.shapes import Mask
from ..provider.statistics import Moments, band_numbers

# So many numbers at a time: numpy makes eight bytes of each, and blocks of memory several times as large as a tile, on
# several threads, leave the heap in pieces that grow and grow. And they stay in the processor's cache.
_AT_A_TIME = 2**16


def band_moments(values: npt.NDArray[Any], valid: Mask | None, nodata: float | None) -> Moments:
    """Return the moments of the pixels (rows, columns) of a band that are data."""
    moments = Moments()
    rows = max(1, _AT_A_TIME // values.shape[1])
    for top in range(0, values.shape[0], rows):
        part = slice(top, top + rows)
        known = None if valid is None else valid[part]
        moments = moments.with_numbers(band_numbers(values[part], known, nodata))
    return moments
