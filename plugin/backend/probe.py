"""A first look at the pixels: the answer to one small drawing request."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..options.grid import Grid
from ..service.address import host_of
from ..service.client import ImageServiceClient
from ..service.errors import NotValuesError, ResponseError
from ..service.extent import Extent
from ..translation import tr
from .export_image import drawing_request
from .pixels import read_picture, read_values
from .source import Kind, LayerSource

PROBE_SIZE = 64


@dataclass(frozen=True)
class Probe:
    """What came back. `pixels` has the shape (bands, rows, columns); `data_type` is GDAL's name."""

    pixels: np.ndarray
    data_type: str

    @property
    def band_count(self) -> int:
        """How many bands the server really sends."""
        return int(self.pixels.shape[0])


def probe(client: ImageServiceClient, source: LayerSource) -> Probe:
    """Ask for the middle of a layer as it will be drawn; of `source`, bands and data type need not be known yet.

    Raises:
        NotValuesError: the service sends pictures where values are asked for.
        ImageServerLayerError: the server refuses the request, or its answer cannot be used.
    """
    window = probe_window(source.grid, source.largest_image)
    content = client.export_image(drawing_request(source, window))
    size = window.columns, window.rows
    try:
        if source.kind is Kind.PICTURE:
            return Probe(read_picture(content, size, source.parameters.get("format", "")), "Byte")
        return Probe(*read_values(content, size))
    except NotValuesError:
        raise
    except ResponseError as error:
        # The code that reads pixels does not know the service they are from.
        message = tr("{host} cannot be drawn from: {problem}")
        message = message.format(host=host_of(source.service_url), problem=error.message)
        raise ResponseError(message, error.details) from error


def probe_window(grid: Grid, largest_image: tuple[int, int]) -> Grid:
    """Return the window to look at: up to 64 × 64 pixels of the grid, around its center and on its pixel edges.

    `largest_image` is what the service draws at most, in columns and rows.
    """
    columns = min(PROBE_SIZE, grid.columns, largest_image[0])
    rows = min(PROBE_SIZE, grid.rows, largest_image[1])
    cell_x, cell_y = grid.cell_size
    xmin = grid.extent.xmin + (grid.columns - columns) // 2 * cell_x
    ymax = grid.extent.ymax - (grid.rows - rows) // 2 * cell_y
    return Grid(Extent(xmin, ymax - rows * cell_y, xmin + columns * cell_x, ymax), columns, rows, grid.cell_size)
