"""The Resample function: interpolates the raster, and changes its cell size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arguments import Arguments
from .block import Array, Block, Mask, Window, block_of_numbers

# Fractional places → the cells that take part and their weights.
Kernel = Callable[[Array], list[tuple[Array, Array]]]

# What interpolates looks up to two cells away.
_REACH = 2


def resample(arguments: Arguments, window: Window) -> Block:
    """The raster in cells of OutputCellsize, by default those of the window. Source: "Resample function".

    ResamplingType: 0 nearest, 1 bilinear, 2 cubic convolution. Interpolated is between cells of InputCellsize, by
    default the raster's own, or those asked for where they are larger, as from a pyramid level. Grids start at the
    upper left corner of the raster. Where a cell that takes part has no data, the nearest cell stands.
    """
    resampling = arguments.integer("ResamplingType", 0)
    if resampling not in _KERNELS:
        raise arguments.error(f"the ResamplingType {resampling} is not available; available are 0, 1 and 2.")
    native = arguments.context.native
    output_size = arguments.cell_size("OutputCellsize")
    output = native.covering(window, *output_size) if output_size else window
    input_size = arguments.cell_size("InputCellsize") or (
        max(native.cell_x, output.cell_x, window.cell_x),
        max(native.cell_y, output.cell_y, window.cell_y),
    )
    source = native.covering(output, *input_size).grown(_REACH)
    block = arguments.raster()(source)

    # The cells of the output that the centers of the window fall in, and their own centers as places in the source.
    x = output.x_centers[_cells_of(window.x_centers, output.xmin, output.cell_x, output.columns)]
    y = output.y_centers[_cells_of(-window.y_centers, -output.ymax, output.cell_y, output.rows)]
    u = (x - source.xmin) / source.cell_x - 0.5
    v = (source.ymax - y) / source.cell_y - 0.5
    nearest, nearest_known = _interpolated(block, v, u, _nearest)
    values, known = _interpolated(block, v, u, _KERNELS[resampling])
    values = np.where(known, values, np.where(nearest_known, nearest, np.nan))
    return block_of_numbers(values, block.pixel_type, block.band_names)


def _cells_of(centers: Array, origin: float, cell: float, count: int) -> Array:
    cells: Array = np.clip(np.floor((centers - origin) / cell), 0, count - 1).astype(np.int64)
    return cells


def _interpolated(block: Block, v: Array, u: Array, kernel: Kernel) -> tuple[Array, Mask]:
    """Values at fractional rows and columns, and where all cells that take part have data."""
    values = np.where(block.valid, block.pixels, 0).astype(np.float64)
    total = np.zeros((len(values), len(v), len(u)))
    known = np.ones(total.shape, dtype=bool)
    for row, row_weight in kernel(v):
        for column, column_weight in kernel(u):
            weight = row_weight[:, np.newaxis] * column_weight[np.newaxis, :]
            total += values[:, row[:, np.newaxis], column] * weight
            known &= block.valid[:, row[:, np.newaxis], column] | (weight == 0.0)
    return total, known


def _nearest(places: Array) -> list[tuple[Array, Array]]:
    return [(np.floor(places + 0.5).astype(np.int64), np.ones_like(places))]


def _bilinear(places: Array) -> list[tuple[Array, Array]]:
    first = np.floor(places).astype(np.int64)
    share = places - first
    return [(first, 1.0 - share), (first + 1, share)]


def _cubic(places: Array) -> list[tuple[Array, Array]]:
    """Cubic convolution (Keys 1981, a = -1/2)."""
    first = np.floor(places).astype(np.int64)
    t = places - first
    return [
        (first - 1, ((-0.5 * t + 1.0) * t - 0.5) * t),
        (first, (1.5 * t - 2.5) * t * t + 1.0),
        (first + 1, ((-1.5 * t + 2.0) * t + 0.5) * t),
        (first + 2, (0.5 * t - 0.5) * t * t),
    ]


# rstResamplingTypes
_KERNELS: dict[int, Kernel] = {0: _nearest, 1: _bilinear, 2: _cubic}
