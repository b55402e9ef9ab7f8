"""A first look at the pixels: the answer to one small drawing request."""

from __future__ import annotations

import uuid
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..options.grid import Grid
from ..service.errors import ResponseError
from ..service.extent import Extent
from ..translation import tr

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


def probe_window(grid: Grid, largest_image: tuple[int, int]) -> Grid:
    """Return the window to look at: up to 64 × 64 pixels of the grid, around its centre and on its pixel edges.

    `largest_image` is what the service draws at most, in columns and rows.
    """
    columns = min(PROBE_SIZE, grid.columns, largest_image[0])
    rows = min(PROBE_SIZE, grid.rows, largest_image[1])
    cell_x, cell_y = grid.cell_size
    xmin = grid.extent.xmin + (grid.columns - columns) // 2 * cell_x
    ymax = grid.extent.ymax - (grid.rows - rows) // 2 * cell_y
    return Grid(Extent(xmin, ymax - rows * cell_y, xmin + columns * cell_x, ymax), columns, rows, grid.cell_size)


def window_parameters(window: Grid, reference: str) -> dict[str, str]:
    """Return what a drawing request adds for its window.

    Order and empty values are those of GDAL's AGS mini-driver. `reference` is the service's spatial reference as it
    goes into `imageSR` and `bboxSR`.
    """
    return {
        "f": "image",
        "bbox": ",".join(f"{value:.8f}" for value in window.extent),
        "size": f"{window.columns},{window.rows}",
        "imageSR": reference,
        "bboxSR": reference,
        "format": "tiff",
        "layers": "",
        "transparent": "false",
        "time": "",
    }


def read_probe(content: bytes, window: Grid) -> Probe:
    """Decode the answer of the probe.

    Raises:
        ResponseError: the image cannot be read, or has another size than was asked for.
    """
    path = f"/vsimem/image_server_layer_{uuid.uuid4().hex}"
    gdal.FileFromMemBuffer(path, content)
    try:
        pixels, data_type = _read(path)
    finally:
        gdal.Unlink(path)
    rows, columns = pixels.shape[1:]
    if (columns, rows) != (window.columns, window.rows):
        raise ResponseError(
            tr(
                "The server sent an image of {got} pixels where {asked} were asked for, so they cannot be put in place."
            ).format(got=f"{columns} × {rows}", asked=f"{window.columns} × {window.rows}")
        )
    return Probe(pixels, data_type)


def _read(path: str) -> tuple[np.ndarray, str]:
    """Read all of an image. GDAL 3.6 reports failure by None, or by an exception where the host program chose so."""
    failure = ""
    # Later releases warn when nobody chose; this chooses for this thread and this moment only.
    chosen = gdal.ExceptionMgr(useExceptions=True) if hasattr(gdal, "ExceptionMgr") else nullcontext()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        with chosen:
            dataset = gdal.OpenEx(path, gdal.OF_RASTER, allowed_drivers=["GTiff", "PNG"])
            pixels = None if dataset is None else dataset.ReadAsArray()
            data_type = "" if dataset is None else gdal.GetDataTypeName(dataset.GetRasterBand(1).DataType)
    except RuntimeError as error:
        pixels, data_type, failure = None, "", str(error)
    finally:
        gdal.PopErrorHandler()
    if pixels is None:
        raise ResponseError(
            tr("The server's answer is not an image that can be read; the service may be unavailable."),
            failure or gdal.GetLastErrorMsg(),
        )
    return (pixels if pixels.ndim == 3 else pixels[np.newaxis]), data_type
