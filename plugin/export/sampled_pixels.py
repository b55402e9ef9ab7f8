"""Values at points from the pixels under them, drawn by the service through any options."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ..backend.fetch import fetch
from ..backend.pixels import Pixels
from ..backend.source import LayerSource
from ..backend.windows import Lattice
from ..options.grid import Grid
from ..service.errors import ImageServerLayerError
from ..service.samples import Point, Values
from ..service.transport import Transport

# In cells: the points in a square of this side are read from one image.
_SQUARE = 256
# Images in memory at a time.
_AT_ONCE = 16

_Cell = tuple[int, int]


class SampledPixels:
    """Reads the pixels of a layer under points in its CRS, neighbors together."""

    def __init__(self, source: LayerSource, transport: Transport) -> None:
        self._source, self._transport = source, transport
        extent, (cell_x, cell_y) = source.grid.extent, source.grid.cell_size
        self._lattice = Lattice(extent.xmin, extent.ymax, cell_x, cell_y)
        # If the order of rasters depends on the view, each point is a view of its own.
        self._square = 1 if source.follows_view else min(_SQUARE, *source.largest_image)

    def read(self, points: Sequence[Point]) -> dict[Point, Values | ImageServerLayerError]:
        """Return the values, or what went wrong, by point; points without data have None for each band.

        Raises:
            CanceledError: the transport's feedback was canceled.
        """
        found: dict[Point, Values | ImageServerLayerError] = {}
        squares: dict[_Cell, dict[Point, _Cell]] = {}
        for point in dict.fromkeys(points):
            column, row = cell = self._cell(point)
            squares.setdefault((column // self._square, row // self._square), {})[point] = cell
        groups = list(squares.values())
        for start in range(0, len(groups), _AT_ONCE):
            some = groups[start : start + _AT_ONCE]
            windows = [self._window(group.values()) for group in some]
            outcomes = fetch(self._source, [window for window, _, _ in windows], self._transport)
            for group, (_, left, top), outcome in zip(some, windows, outcomes):
                for point, (column, row) in group.items():
                    found[point] = self._values(outcome, column - left, row - top)
        return found

    def requests_for(self, count: int) -> int:
        """Return how many images so many points take at most."""
        grid = self._source.grid
        return min(count, math.ceil(grid.columns / self._square) * math.ceil(grid.rows / self._square))

    def _cell(self, point: Point) -> _Cell:
        """Return column and row of the cell under a point; its far edge belongs to the last cell."""
        grid, lattice = self._source.grid, self._lattice
        column = math.floor((point[0] - lattice.x) / lattice.cell_x)
        row = math.floor((lattice.y - point[1]) / lattice.cell_y)
        return max(0, min(column, grid.columns - 1)), max(0, min(row, grid.rows - 1))

    def _window(self, cells: Iterable[_Cell]) -> tuple[Grid, int, int]:
        """Return the pixels around some cells, and the column and row where they begin."""
        columns, rows = zip(*cells)
        left, top = min(columns), min(rows)
        return self._lattice.window(left, top, max(columns) - left + 1, max(rows) - top + 1), left, top

    def _values(self, outcome: Pixels | ImageServerLayerError, column: int, row: int) -> Values | ImageServerLayerError:
        if isinstance(outcome, ImageServerLayerError):
            return outcome
        bands = self._source.bands
        if outcome.valid is not None and not outcome.valid[row, column]:
            return (None,) * len(bands)
        numbers = (float(band[row, column]) for band in outcome.values)
        return tuple(
            value if math.isfinite(value) and value != band.nodata else None for value, band in zip(numbers, bands)
        )
