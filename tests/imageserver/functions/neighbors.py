"""Statistics: what each pixel becomes among those around it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arguments import Arguments
from .block import Array, Block, Window, block_of_numbers

# esriFocalStatisticType
_STATISTICS: dict[int, Callable[..., Array]] = {1: np.nanmin, 2: np.nanmax, 3: np.nanmean, 4: np.nanstd}
_MEAN, _DEVIATION = 3, 4


def statistics(arguments: Arguments, window: Window) -> Block:
    """A statistic of the KernelColumns × KernelRows pixels around each, band by band. Source: "Statistics function".

    Type: 1 minimum, 2 maximum, 3 mean, 4 standard deviation. Pixels without data are left out; with FillNoDataOnly only
    they change. Minimum and maximum keep the pixel type, the others are F32. Columns and Rows say the same.
    """
    kind = arguments.integer("Type", _MEAN)
    if kind not in _STATISTICS:
        raise arguments.error(f"the argument Type must be 1, 2, 3 or 4, not {kind}.")
    columns, rows = (_size(arguments, name) for name in ("Columns", "Rows"))
    reach = max(columns, rows) // 2
    block = arguments.raster()(window.grown(reach))
    values = block.numbers()
    shifted = []
    for row in range(rows):
        for column in range(columns):
            top, left = reach + row - rows // 2, reach + column - columns // 2
            shifted.append(values[:, top : top + window.rows, left : left + window.columns])
    around = np.stack(shifted)
    known = np.isfinite(around).any(axis=0)
    found = np.full(known.shape, np.nan)
    found[known] = _STATISTICS[kind](around[:, known], axis=0)
    if arguments.flag("FillNoDataOnly"):
        own = values[:, reach : reach + window.rows, reach : reach + window.columns]
        found = np.where(np.isfinite(own), own, found)
    pixel_type = "F32" if kind in (_MEAN, _DEVIATION) else block.pixel_type
    return block_of_numbers(found, pixel_type, block.band_names)


def _size(arguments: Arguments, name: str) -> int:
    size = arguments.integer(f"Kernel{name}", arguments.integer(name, 3))
    if not 1 <= size <= 99:
        raise arguments.error(f"the argument Kernel{name} must be between 1 and 99, not {size}.")
    return size
