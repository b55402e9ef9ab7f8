"""Count, range, mean and spread of the pixels of a tile, fast enough to run along with an export."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from ..backend.shapes import Mask
from ..provider.statistics import Moments, band_numbers

# So many numbers are processed at a time, which fit into the processor's cache. numpy makes eight bytes of each, and
# temporary arrays several times as large as a tile, on several threads, would fragment the heap more and more.
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
