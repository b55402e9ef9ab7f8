"""Requests more than a view if more will follow: QGIS' raster calculator, for one, reads a layer line by line."""

from __future__ import annotations

from ..backend.source import LayerSource
from ..backend.windows import Lattice
from .recent_views import Window

# A view so low and wide is no map, but a line of a tool that reads the layer from top to bottom.
_MOST_ROWS, _LEAST_COLUMNS = 4, 32
# Read in its place: so many rows, but no more than so many pixels.
_ROWS, _PIXELS = 256, 1_000_000


def read_ahead(source: LayerSource, lattice: Lattice, window: Window) -> Window:
    """Return the window to request in place of another: more rows, if it is a line of the layer's own cells.

    If pixels depend on the view, the window stays as it is.
    """
    grid = source.grid
    is_line = window.rows <= _MOST_ROWS and window.columns >= _LEAST_COLUMNS
    own = Lattice(grid.extent.xmin, grid.extent.ymax, *grid.cell_size)
    if not is_line or source.depends_on_view or lattice != own:
        return window
    rows = min(grid.rows - window.top, _ROWS, _PIXELS // window.columns)
    return Window(window.left, window.top, window.columns, max(window.rows, rows))
