"""The cells of a layer: which one lies at a point."""

from __future__ import annotations

import math

from ..backend.shapes import inside_clip
from ..backend.source import Kind, LayerSource
from ..backend.windows import plan_view
from ..options.grid import Grid
from ..service.extent import Extent

Point = tuple[float, float]


def is_inside(source: LayerSource, point: Point) -> bool:
    """Whether the layer has a cell at a point (in its CRS): in its extent, and in the shape it is clipped to."""
    return cell_at(source, point) is not None


def cell_at(source: LayerSource, point: Point) -> Grid | None:
    """Return the cell of the layer at a point (in its CRS) as a grid of one cell; None if there is none."""
    cell = _cell_of_grid(source, point)
    if cell is None or source.clip is None or inside_clip(source.clip, cell).all():
        return cell
    return None


def _cell_of_grid(source: LayerSource, point: Point) -> Grid | None:
    cell_x, cell_y = source.grid.cell_size
    tiny = Grid(
        Extent(point[0] - cell_x / 4, point[1] - cell_y / 4, point[0] + cell_x / 4, point[1] + cell_y / 4),
        1,
        1,
        (cell_x / 2, cell_y / 2),
    )
    if source.kind is Kind.VALUES:
        plan = plan_view(source, tiny)
        return None if plan is None else plan.window
    column = math.floor((point[0] - source.grid.extent.xmin) / cell_x)
    row = math.floor((source.grid.extent.ymax - point[1]) / cell_y)
    if not (0 <= column < source.grid.columns and 0 <= row < source.grid.rows):
        return None
    xmin, ymax = source.grid.extent.xmin + column * cell_x, source.grid.extent.ymax - row * cell_y
    return Grid(Extent(xmin, ymax - cell_y, xmin + cell_x, ymax), 1, 1, (cell_x, cell_y))
