"""Shapes to clip to, and which cells have their center inside, worked out with plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from image_server_layer.plugin.options.clip import Clip
from image_server_layer.plugin.options.grid import Grid

Mask = npt.NDArray[np.bool_]
Corners = Sequence[tuple[float, float]]


def clip_of(*polygons: Sequence[Corners]) -> Clip:
    """Return the shape of polygons, each a list of rings."""
    return Clip(tuple(tuple(tuple(ring) for ring in polygon) for polygon in polygons))


def inside(clip: Clip, grid: Grid) -> Mask:
    """Return which cells of a grid have their center in a polygon: an odd number of edges lies to its right."""
    (xmin, _, _, ymax), (cell_x, cell_y) = grid.extent, grid.cell_size
    x = xmin + (np.arange(grid.columns) + 0.5) * cell_x
    y = ymax - (np.arange(grid.rows) + 0.5) * cell_y
    found = np.zeros((grid.rows, grid.columns), np.bool_)
    for polygon in clip.polygons:
        odd = np.zeros_like(found)
        for ring in polygon:
            for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0])):
                if y0 == y1:
                    continue
                crosses = (y0 <= y) != (y1 <= y)
                at = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
                odd ^= crosses[:, np.newaxis] & (x[np.newaxis, :] < at[:, np.newaxis])
        found |= odd
    return found


def no_data_of(layer: Any, band: int = 1) -> Mask:
    """Return where a layer has no data, in its own cells, as QGIS' block says."""
    block = layer.dataProvider().block(band, layer.extent(), layer.width(), layer.height())
    return np.array(
        [[block.isNoData(row, column) for column in range(layer.width())] for row in range(layer.height())], np.bool_
    )
