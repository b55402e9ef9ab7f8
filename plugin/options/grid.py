"""The pixels of a values layer: where they are and how many."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..service.errors import OptionError
from ..service.extent import Extent
from ..service.image_service import ImageService
from ..service.number_text import readable_number
from ..translation import tr

# GDAL counts columns and rows in signed 32-bit integers.
MAX_SIZE = 2**31 - 1
# In pixels: a boundary this close to the edge of a pixel is meant to be that edge.
EDGE_TOLERANCE = 1e-6
# In pixels, over the whole extent: pixel sizes are published rounded, extents are not.
WHOLE_GRID_TOLERANCE = 1e-2


@dataclass(frozen=True)
class Grid:
    """North-up pixels in the service's CRS.

    Attributes:
        extent: exactly `columns` × `rows` cells, in the service's CRS.
        columns: along x, from the left.
        rows: along y, from the top.
        cell_size: width and height of a cell, in units of that CRS.
    """

    extent: Extent
    columns: int
    rows: int
    cell_size: tuple[float, float]


def pixel_grid(
    service: ImageService,
    extent: Extent | None = None,
    cell_size: tuple[float, float] | None = None,
    snap_origin: tuple[float, float] | None = None,
) -> Grid:
    """Return the grid for an extent and a cell size in the service's CRS, either of which may be left to the service.

    Without `cell_size` it is a part of the service's own grid, whose origin is the upper left of the full extent:
    `extent` grows to whole pixels and is cut to the full extent. Where the full extent is not a whole number of pixels,
    the last one is the nearest whole one. With `cell_size` the cell is exact, the origin is the upper left of the part
    of `extent` inside the full extent, and a last cell that is covered in part counts. With `snap_origin`, a corner of
    some cell, the grid is the part of all cells that go out from there, which that part of `extent` touches.
    Of a service of tiles only, cells are the pixels of the finest level that is needed.

    Raises:
        OptionError: the extent has no area or lies elsewhere, the cell size is not positive, or there would be 2³¹ - 1
            columns or rows or more; or the corner is so far away that cells cannot be told apart.
    """
    if cell_size is not None and not all(math.isfinite(size) and size > 0 for size in cell_size):
        raise OptionError(
            "cell_size",
            tr(
                "The cell size {size} is not a positive number; "
                "give it in units of the service's coordinate reference system."
            ).format(size=" × ".join(map(readable_number, cell_size))),
        )
    if service.tiles_only and service.tiles is not None and cell_size is None and snap_origin is None:
        finest = service.tiles.needed_levels(min(service.pixel_size))[-1].resolution
        cell_size, snap_origin = (finest, finest), service.tiles.origin
    covered = service.extent if extent is None else _covered(extent, service)
    width, height = cell_size or service.pixel_size
    if snap_origin is not None:
        _require_exact(snap_origin, covered, (width, height))
    columns, rows = covered.width / width, covered.height / height
    if max(columns, rows) >= MAX_SIZE:
        raise OptionError(
            "cell_size",
            tr(
                "With cells of {width} × {height} there would be {columns:.0f} columns and {rows:.0f} rows; "
                "choose larger cells."
            ).format(width=readable_number(width), height=readable_number(height), columns=columns, rows=rows),
        )
    if snap_origin is not None:
        return snapped_grid(covered, (width, height), snap_origin)
    return _own_grid(service, covered) if cell_size is None else free_grid(covered, cell_size)


def grid_part(grid: Grid, extent: Extent) -> Grid | None:
    """Return the cells of a grid that an extent in its CRS touches, as a grid; None where it touches none.

    What is closer to the edge of a cell than `EDGE_TOLERANCE` does not touch the next one.
    """
    own, (cell_x, cell_y) = grid.extent, grid.cell_size
    left, top = _floor((extent.xmin - own.xmin) / cell_x), _floor((own.ymax - extent.ymax) / cell_y)
    right, bottom = _ceil((extent.xmax - own.xmin) / cell_x), _ceil((own.ymax - extent.ymin) / cell_y)
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, grid.columns), min(bottom, grid.rows)
    if left >= right or top >= bottom:
        return None
    part = Extent(
        own.xmin + left * cell_x,
        own.ymin if bottom == grid.rows else own.ymax - bottom * cell_y,
        own.xmax if right == grid.columns else own.xmin + right * cell_x,
        own.ymax - top * cell_y,
    )
    return Grid(part, right - left, bottom - top, grid.cell_size)


def _covered(extent: Extent, service: ImageService) -> Extent:
    """Return the part of `extent` inside the full extent."""
    if not extent.is_valid():
        raise OptionError(
            "extent",
            tr(
                "The template extent {extent} has no area; give xmin ymin xmax ymax, each minimum below its maximum."
            ).format(extent=extent),
        )
    covered = extent.intersection(service.extent)
    if covered is None:
        raise OptionError(
            "extent",
            tr(
                "The template extent {extent} does not overlap the service's extent {service}; "
                "both are xmin ymin xmax ymax in the service's coordinate reference system."
            ).format(extent=extent, service=service.extent),
        )
    return covered


def _own_grid(service: ImageService, covered: Extent) -> Grid:
    full = service.extent
    left, right, cell_width = _own_pixels(
        covered.xmin - full.xmin, covered.xmax - full.xmin, full.width, service.pixel_size[0]
    )
    top, bottom, cell_height = _own_pixels(
        full.ymax - covered.ymax, full.ymax - covered.ymin, full.height, service.pixel_size[1]
    )
    extent = Extent(
        full.xmin + left * cell_width,
        full.ymax - bottom * cell_height,
        full.xmin + right * cell_width,
        full.ymax - top * cell_height,
    )
    tolerances = (cell_width * EDGE_TOLERANCE, cell_height * EDGE_TOLERANCE) * 2
    exact = (own if abs(value - own) <= tolerance else value for value, own, tolerance in zip(extent, full, tolerances))
    return Grid(Extent(*exact), right - left, bottom - top, (cell_width, cell_height))


def _own_pixels(start: float, end: float, length: float, pixel: float) -> tuple[int, int, float]:
    """Return the first pixel and the one after the last between two distances from the origin, and the pixel's size."""
    count = max(1, round(length / pixel))
    if abs(length / pixel - count) <= WHOLE_GRID_TOLERANCE:
        pixel = length / count
    first = min(_floor(start / pixel), count - 1)
    last = min(_ceil(end / pixel), count)
    return first, max(last, first + 1), pixel


def free_grid(covered: Extent, cell_size: tuple[float, float]) -> Grid:
    """Return exact cells over an extent, from its upper left on; a last cell that is covered in part counts."""
    width, height = cell_size
    columns, rows = max(1, _ceil(covered.width / width)), max(1, _ceil(covered.height / height))
    extent = Extent(covered.xmin, covered.ymax - rows * height, covered.xmin + columns * width, covered.ymax)
    return Grid(extent, columns, rows, cell_size)


def snapped_grid(covered: Extent, cell_size: tuple[float, float], origin: tuple[float, float]) -> Grid:
    """Return the exact cells, of all that go out from a corner, that an extent touches."""
    (width, height), (x, y) = cell_size, origin
    left, right = _floor((covered.xmin - x) / width), _ceil((covered.xmax - x) / width)
    bottom, top = _floor((covered.ymin - y) / height), _ceil((covered.ymax - y) / height)
    right, top = max(right, left + 1), max(top, bottom + 1)
    extent = Extent(x + left * width, y + bottom * height, x + right * width, y + top * height)
    return Grid(extent, right - left, top - bottom, cell_size)


def _require_exact(origin: tuple[float, float], covered: Extent, cell_size: tuple[float, float]) -> None:
    """Refuse a corner from which the cells of an extent cannot be counted exactly.

    Raises:
        OptionError: it is no finite point, or too far away.
    """
    (x, y), (width, height) = origin, cell_size
    far = (
        max(abs(covered.xmin - x), abs(covered.xmax - x)) / width,
        max(abs(covered.ymin - y), abs(covered.ymax - y)) / height,
    )
    if not all(math.isfinite(value) for value in (x, y, *far)) or max(far) >= MAX_SIZE:
        raise OptionError(
            "snap_origin",
            tr(
                "The corner {corner} is too far from the service to align cells with; take it from a closer layer."
            ).format(corner=" ".join(map(readable_number, origin))),
        )


def _floor(position: float) -> int:
    nearest = round(position)
    return nearest if abs(position - nearest) <= EDGE_TOLERANCE else math.floor(position)


def _ceil(position: float) -> int:
    nearest = round(position)
    return nearest if abs(position - nearest) <= EDGE_TOLERANCE else math.ceil(position)
