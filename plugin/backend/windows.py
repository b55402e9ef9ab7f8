"""From a view to what is asked of the service: which pixels, on which lattice, in how many images. Pure geometry.

A view is what QGIS wants drawn: an extent in the layer's CRS, in so many columns and rows. A pixel of it belongs to the
layer when its center lies in the layer's extent; nothing else is asked for.

* *Values*, at a view no coarser than the layer's own cells, are asked for in these cells and repeated to the nearest,
  so that what is drawn and picked is a true pixel.
* Everything else is asked for in the view's own pixels, and the server resamples.
* Where a view lies on the layer's own cells, both are the same.
* Servers before 10.3 draw square pixels only, so they are asked for squares, and the view takes the nearest of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..options.grid import Grid
from ..service.extent import Extent
from .pixel_types import numpy_type
from .source import Kind, LayerSource
from .tile_pieces import tile_parts

Indexes = npt.NDArray[np.int64]
_Scalar = TypeVar("_Scalar", bound=np.generic)
Positions = npt.NDArray[np.floating[Any]]

# Tolerance, as a share: how much coarser than the layer's cells a view may be and still be drawn from them.
NATIVE_TOLERANCE = 1e-3
# Tolerance, in cells: how far a pixel may be drawn from its true place.
PLACE_TOLERANCE = 1e-3
# In cells: a center this close to the edge between two cells belongs to the second, so that rounding decides nothing.
_EDGE = 1e-6
# Tolerance, as a share: how far from square a pixel may be for a server that draws squares only.
_SQUARE_TOLERANCE = 1e-6
# A view of fewer pixels is faster as one image than as several strips.
FEWEST_PIXELS_FOR_STRIPS = 250_000
AT_A_TIME = 4
# The largest image, unpacked: it limits how much memory a server can make QGIS use.
LARGEST_PIECE_BYTES = 128 * 2**20


@dataclass(frozen=True)
class Lattice:
    """Cells without end: the upper left corner of cell 0, 0, and the size of a cell. Rows count downwards."""

    x: float
    y: float
    cell_x: float
    cell_y: float

    def window(self, left: int, top: int, columns: int, rows: int) -> Grid:
        """Return a part as pixels on the ground."""
        extent = Extent(
            self.x + left * self.cell_x,
            self.y - (top + rows) * self.cell_y,
            self.x + (left + columns) * self.cell_x,
            self.y - top * self.cell_y,
        )
        return Grid(extent, columns, rows, (self.cell_x, self.cell_y))

    def offset_of(self, other: Lattice, reach: int) -> tuple[int, int] | None:
        """Return the column and row, here, of cell 0, 0 of `other`; None where its cells are not the cells of this one.

        `reach` is how many cells from its corner `other` is used: cell sizes must agree well enough for all of them.
        """
        columns = (other.x - self.x) / self.cell_x
        rows = (self.y - other.y) / self.cell_y
        if not (math.isfinite(columns) and math.isfinite(rows)):
            return None
        drifts = abs(other.cell_x / self.cell_x - 1), abs(other.cell_y / self.cell_y - 1)
        column, row = round(columns), round(rows)
        errors = abs(columns - column), abs(rows - row)
        if max(drifts) * (reach + max(abs(column), abs(row))) > PLACE_TOLERANCE or max(errors) > PLACE_TOLERANCE:
            return None
        return column, row


@dataclass(frozen=True)
class ViewPlan:
    """What a view takes: a window of a lattice, and which of its pixels is which pixel of the view.

    Attributes:
        lattice: what is asked for lies on it.
        left, top, columns, rows: the window, in cells of the lattice.
        first_column, first_row: where the part of the view begins that the layer covers.
        column_indexes: for each column of that part, the column of the window it shows.
        row_indexes: the same for rows.
    """

    lattice: Lattice
    left: int
    top: int
    columns: int
    rows: int
    first_column: int
    first_row: int
    column_indexes: Indexes
    row_indexes: Indexes

    @cached_property
    def window(self) -> Grid:
        """The window as pixels on the ground."""
        return self.lattice.window(self.left, self.top, self.columns, self.rows)

    def place(self, pixels: npt.NDArray[_Scalar], shape: tuple[int, int]) -> npt.NDArray[_Scalar]:
        """Return pixels of the window (bands, rows, columns), or a mask of it (rows, columns), as those of the view.

        `shape` is rows and columns of the view. What the layer does not cover is 0.
        """
        if shape == pixels.shape[-2:] and self._is_whole:
            return pixels
        placed = np.zeros((*pixels.shape[:-2], *shape), pixels.dtype)
        rows = slice(self.first_row, self.first_row + len(self.row_indexes))
        columns = slice(self.first_column, self.first_column + len(self.column_indexes))
        placed[..., rows, columns] = pixels[..., self.row_indexes[:, np.newaxis], self.column_indexes]
        return placed

    def covers(self, shape: tuple[int, int]) -> bool:
        """Whether the layer covers all of a view of so many rows and columns."""
        return (len(self.row_indexes), len(self.column_indexes)) == shape

    @cached_property
    def _is_whole(self) -> bool:
        """Whether the window's pixels are those of the view, one by one, in order."""
        return all(
            len(indexes) == count and bool(np.array_equal(indexes, np.arange(count)))
            for indexes, count in ((self.row_indexes, self.rows), (self.column_indexes, self.columns))
        )


@dataclass(frozen=True)
class Piece:
    """One image of a window: its pixels on the ground, and where they begin in the window."""

    left: int
    top: int
    grid: Grid


@dataclass(frozen=True)
class Axis:
    """One direction of a plan; positions grow along it (to the right, or downwards)."""

    origin: float
    cell: float
    first: int
    count: int
    covered_from: int
    indexes: Indexes


def of_axes(across: Axis, down: Axis) -> tuple[Lattice, int, int, int, int, int, int, Indexes, Indexes]:
    """Return what a `ViewPlan` says of both directions, in its order."""
    return (
        Lattice(across.origin, -down.origin, across.cell, down.cell),
        across.first,
        down.first,
        across.count,
        down.count,
        across.covered_from,
        down.covered_from,
        across.indexes,
        down.indexes,
    )


def view_of(extent: Extent, columns: int, rows: int) -> Grid:
    """Return a view as a grid; `columns` and `rows` are at least 1."""
    return Grid(extent, columns, rows, (extent.width / columns, extent.height / rows))


def plan_view(source: LayerSource, view: Grid) -> ViewPlan | None:
    """Return what to ask for, or None where no pixel of the view has its center in the layer's extent."""
    grid = source.grid
    cell_x, cell_y = view.cell_size
    if not view.extent.is_valid() or min(cell_x, cell_y) <= 0:
        return None
    squares = _squares(source, view)
    axes = []
    # Rows count downward, so northings change their sign.
    for start, cell, count, own_start, own_cell, own_count in (
        (view.extent.xmin, cell_x, view.columns, grid.extent.xmin, grid.cell_size[0], grid.columns),
        (-view.extent.ymax, cell_y, view.rows, -grid.extent.ymax, grid.cell_size[1], grid.rows),
    ):
        centers = start + (np.arange(count) + 0.5) * cell
        positions = (centers - own_start) / own_cell
        covered = np.flatnonzero((positions >= 0) & (positions < own_count))
        if not covered.size:
            return None
        part = slice(int(covered[0]), int(covered[-1]) + 1)
        if _takes_own_cells(source, cell, own_cell, positions) and not squares:
            axes.append(_own_cells(own_start, own_cell, own_count, positions[part], part.start))
        elif squares:
            axes.append(_other_cells(squares, centers[part], cell, part.start))
        else:
            indexes = np.arange(part.stop - part.start)
            axes.append(Axis(start, cell, part.start, len(indexes), part.start, indexes))
    across, down = axes
    return ViewPlan(*of_axes(across, down))


def _takes_own_cells(source: LayerSource, cell: float, own_cell: float, positions: Positions) -> bool:
    """Whether an axis of a view is drawn from the layer's own cells."""
    if source.kind is Kind.VALUES:
        return cell <= own_cell * (1 + NATIVE_TOLERANCE)
    # From the middle of the first pixel to that of the last, nothing may drift from the middle of the layer's.
    drift = abs(cell / own_cell - 1) * len(positions)
    off = abs((positions[0] - 0.5) - round(positions[0] - 0.5))
    return max(drift, off) <= PLACE_TOLERANCE


def _own_cells(origin: float, cell: float, count: int, positions: Positions, covered_from: int) -> Axis:
    nearest = np.clip(np.floor(positions + _EDGE).astype(np.int64), 0, count - 1)
    first = int(nearest[0])
    return Axis(origin, cell, first, int(nearest[-1]) - first + 1, covered_from, nearest - first)


def _other_cells(cell: float, centers: Positions, view_cell: float, covered_from: int) -> Axis:
    """Return cells of another size that begin at the covered part of the view."""
    origin = float(centers[0]) - view_cell / 2
    nearest = np.floor((centers - origin) / cell + _EDGE).astype(np.int64)
    first = int(nearest[0])
    return Axis(origin, cell, first, int(nearest[-1]) - first + 1, covered_from, nearest - first)


def _squares(source: LayerSource, view: Grid) -> float:
    """Return the size of the squares to request from an old server; 0 if the view can be requested as it is."""
    if "adjustAspectRatio" in source.parameters:
        return 0.0
    own_x, own_y = source.grid.cell_size
    cell_x, cell_y = view.cell_size
    is_native = source.kind is Kind.VALUES and max(cell_x / own_x, cell_y / own_y) <= 1 + NATIVE_TOLERANCE
    asked_x, asked_y = (own_x, own_y) if is_native else (cell_x, cell_y)
    if abs(asked_x / asked_y - 1) <= _SQUARE_TOLERANCE:
        return 0.0
    side = min(cell_x, cell_y)
    return max(side, min(own_x, own_y)) if source.kind is Kind.VALUES else side


def pieces(source: LayerSource, window: Grid, at_a_time: int = AT_A_TIME) -> list[Piece]:
    """Return the images to request for a window: as few as the limits of the service and of memory allow.

    A large window of values becomes `at_a_time` strips or more, which travel in parallel, unless pixels depend on the
    view. Files of pictures are small, so that several requests would take longer. A layer of tiles is cut along their
    edges, into one piece for each. The pieces cover the window without gaps or overlaps.

    Raises:
        TooManyTilesError: it would take too many of them.
    """
    if source.tiles is not None:
        return [
            Piece(part.left, part.top, part_of(window, part.left, part.top, len(part.columns), len(part.rows)))
            for part in tile_parts(source.tiles, window)
        ]
    widest, highest = source.largest_image
    parts_across = math.ceil(window.columns / widest)
    columns = math.ceil(window.columns / parts_across)
    depth = numpy_type(source.data_type).itemsize * max(1, len(source.bands))
    highest = max(1, min(highest, LARGEST_PIECE_BYTES // (columns * depth)))
    parts_down = math.ceil(window.rows / highest)
    is_heavy = source.kind is Kind.VALUES
    if is_heavy and not source.depends_on_view and window.columns * window.rows >= FEWEST_PIXELS_FOR_STRIPS:
        parts_down = min(window.rows, max(parts_down, math.ceil(at_a_time / parts_across)))
    return [
        Piece(left, top, part_of(window, left, top, width, height))
        for top, height in _shares(window.rows, parts_down)
        for left, width in _shares(window.columns, parts_across)
    ]


def part_of(window: Grid, left: int, top: int, columns: int, rows: int) -> Grid:
    """Return a part of a window, exact to the last digit where their edges coincide."""
    extent, (cell_x, cell_y) = window.extent, window.cell_size
    right, bottom = left + columns, top + rows
    part = Extent(
        extent.xmin + left * cell_x,
        extent.ymin if bottom == window.rows else extent.ymax - bottom * cell_y,
        extent.xmax if right == window.columns else extent.xmin + right * cell_x,
        extent.ymax - top * cell_y,
    )
    return Grid(part, columns, rows, window.cell_size)


def _shares(count: int, parts: int) -> Iterator[tuple[int, int]]:
    """Yield beginning and length of `parts` parts, as equal as whole numbers allow."""
    edges = [count * part // parts for part in range(parts + 1)]
    for begin, end in zip(edges, edges[1:]):
        yield begin, end - begin
