"""Rasters, and how they are sampled at ground coordinates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from .functions import Window
from .functions.block import Array, block_of_numbers, converted
from .spatial import Extent

#: What a server writes for "no data" where a floating-point raster declares none.
LOWEST_F32 = float(np.finfo(np.float32).min)

# A pixel center that falls on the edge of a raster's pixels belongs to the pixel right of it or below it. The bias
# keeps the last digits of a bbox from deciding that, pixel by pixel.
_EDGE_BIAS = 1e-4


@cache
def dtype_of(pixel_type: str) -> np.dtype[Any]:
    """The NumPy type that holds a pixel type."""
    return converted(block_of_numbers(np.zeros((1, 1, 1)), pixel_type), pixel_type).pixels.dtype


def extent_of(window: Window) -> Extent:
    return Extent(window.xmin, window.ymin, window.xmax, window.ymax)


def part(window: Window, left: int, top: int, columns: int, rows: int) -> Window:
    """The cells of a window from the column `left` and the row `top` on; both may lie outside it."""
    return replace(
        window,
        xmin=window.xmin + left * window.cell_x,
        ymax=window.ymax - top * window.cell_y,
        columns=columns,
        rows=rows,
    )


@dataclass(frozen=True, eq=False)
class Raster:
    """Pixels on a north-up grid.

    `values` takes row and column indexes (whole numbers inside the grid, of shapes that broadcast together) and returns
    the pixels of all bands there, shape (bands, *broadcast); `valid` likewise, or None when every pixel has a value.
    """

    grid: Window
    pixel_type: str
    values: Callable[[Array, Array], Array]
    valid: Callable[[Array, Array], Array] | None = None


def array_raster(
    pixels: Array,
    grid: Window,
    pixel_type: str,
    no_data: Sequence[float] | None = None,
    mask: Array | None = None,
) -> Raster:
    """A raster held in memory, shape (bands, rows, columns).

    `no_data` has one value for each band; `mask` is False where there is no data, for all bands or band by band.
    """
    known = np.ones(pixels.shape, dtype=bool) if mask is None else np.broadcast_to(mask, pixels.shape)
    if no_data is not None:
        known = known & (pixels != np.array(no_data, dtype=pixels.dtype)[:, np.newaxis, np.newaxis])

    def values(rows: Array, columns: Array) -> Array:
        return pixels[:, rows, columns]

    def valid(rows: Array, columns: Array) -> Array:
        return known[:, rows, columns]

    return Raster(grid, pixel_type, values, None if known.all() else valid)


def sample(raster: Raster, x: Array, y: Array, interpolation: str) -> tuple[Array, Array]:
    """The pixels of a raster at ground coordinates, and where it has any: two arrays (bands, rows, columns).

    `x` and `y` are in the raster's units and broadcast to (rows, columns); NaN lies outside. `interpolation` is
    `Nearest`, `Bilinear`, `Cubic` (convolution, a = -0.5) or `Majority`. Pixels beyond the edge repeat the edge.
    Where one of the pixels to be mixed has no data, the nearest pixel is taken, so that data keep their outline.
    """
    grid = raster.grid
    column = np.nan_to_num((x - grid.xmin) / grid.cell_x, nan=-1.0)
    row = np.nan_to_num((grid.ymax - y) / grid.cell_y, nan=-1.0)
    if interpolation == "Majority":
        return _majority(raster, row, column)
    nearest, valid = _nearest(raster, row, column)
    if interpolation == "Nearest":
        return nearest, valid
    weights = _LINEAR if interpolation == "Bilinear" else _CUBIC
    mixed, complete = _mix(raster, row, column, weights)
    mixed = converted(block_of_numbers(mixed, raster.pixel_type), raster.pixel_type).pixels
    return np.where(complete, mixed, nearest), valid


def _nearest(raster: Raster, row: Array, column: Array) -> tuple[Array, Array]:
    rows, columns = np.floor(row + _EDGE_BIAS).astype(np.int64), np.floor(column + _EDGE_BIAS).astype(np.int64)
    inside = (rows >= 0) & (rows < raster.grid.rows) & (columns >= 0) & (columns < raster.grid.columns)
    rows, columns = rows.clip(0, raster.grid.rows - 1), columns.clip(0, raster.grid.columns - 1)
    pixels = raster.values(rows, columns)
    valid = np.broadcast_to(inside, pixels.shape)
    return pixels, valid if raster.valid is None else valid & raster.valid(rows, columns)


def _linear(distance: Array) -> Array:
    return np.maximum(0.0, 1.0 - distance)


def _cubic(distance: Array) -> Array:
    near = 1.5 * distance**3 - 2.5 * distance**2 + 1.0
    far = -0.5 * distance**3 + 2.5 * distance**2 - 4.0 * distance + 2.0
    return np.where(distance <= 1.0, near, np.where(distance < 2.0, far, 0.0))


# A kernel and the offsets of the pixels it weighs, seen from the pixel whose center is left of or above the point.
_LINEAR = (_linear, (0, 1))
_CUBIC = (_cubic, (-1, 0, 1, 2))


def _mix(
    raster: Raster, row: Array, column: Array, kernel: tuple[Callable[[Array], Array], Sequence[int]]
) -> tuple[Array, Array]:
    weight_of, offsets = kernel
    first_row, first_column = np.floor(row - 0.5), np.floor(column - 0.5)
    total: Array | float = 0.0
    complete: Array | bool = True
    for row_offset in offsets:
        rows = first_row + row_offset
        row_weight = weight_of(np.abs(row - 0.5 - rows))
        rows = rows.astype(np.int64).clip(0, raster.grid.rows - 1)
        for column_offset in offsets:
            columns = first_column + column_offset
            weight = row_weight * weight_of(np.abs(column - 0.5 - columns))
            columns = columns.astype(np.int64).clip(0, raster.grid.columns - 1)
            total = total + raster.values(rows, columns) * weight
            if raster.valid is not None:
                complete = complete & raster.valid(rows, columns)
    return np.asarray(total), np.broadcast_to(complete, np.shape(total))


def _majority(raster: Raster, row: Array, column: Array) -> tuple[Array, Array]:
    """The value most frequent among 4 × 4 points spread over each output pixel; of equals, the one met first."""
    offsets = (np.arange(4) + 0.5) / 4 - 0.5
    row_step = float(np.abs(np.diff(row, axis=0)).max(initial=0.0))
    column_step = float(np.abs(np.diff(column, axis=1)).max(initial=0.0))
    samples = [
        _nearest(raster, row + row_offset * row_step, column + column_offset * column_step)
        for row_offset in offsets
        for column_offset in offsets
    ]
    pixels = np.stack([values for values, _ in samples])
    known = np.stack([valid for _, valid in samples])
    votes = np.stack([((pixels == values) & known).sum(axis=0) for values in pixels]) * known
    winner = votes.argmax(axis=0)[np.newaxis]
    return np.take_along_axis(pixels, winner, axis=0)[0], np.logical_or.reduce(known)
