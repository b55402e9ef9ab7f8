"""What is read of a layer: its pixels, by QGIS and by GDAL, its grid, and all of it from a saved project.

And its pixels as the server draws them when it is asked by hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import requests
from osgeo import gdal
from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsRasterLayer, QgsRectangle

from image_server_layer.plugin.backend.source_reader import read_layer_source
from image_server_layer.plugin.options.grid import Grid

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

Array = npt.NDArray[Any]

_NUMPY_TYPES = {
    Qgis.DataType.Byte: np.uint8,
    Qgis.DataType.UInt16: np.uint16,
    Qgis.DataType.Int16: np.int16,
    Qgis.DataType.UInt32: np.uint32,
    Qgis.DataType.Int32: np.int32,
    Qgis.DataType.Float32: np.float32,
    Qgis.DataType.Float64: np.float64,
}


def qgis_pixels(
    layer: QgsRasterLayer, extent: QgsRectangle | None = None, size: tuple[int, int] | None = None
) -> Array:
    """Return (bands, rows, columns) through QGIS' provider: by default all of the layer, in its own pixels."""
    columns, rows = size or (layer.width(), layer.height())
    provider = layer.dataProvider()
    bands = []
    for number in range(1, layer.bandCount() + 1):
        block = provider.block(number, extent or layer.extent(), columns, rows)
        assert block.isValid(), block.error().summary()
        bands.append(np.frombuffer(bytes(block.data()), _NUMPY_TYPES[block.dataType()]).reshape(rows, columns))
    return np.stack(bands)


def gdal_dataset(layer: QgsRasterLayer) -> gdal.Dataset:
    """Return the layer's source as GDAL opens it, without anything of QGIS' or the plugin's."""
    dataset = gdal.Open(layer.source())
    assert dataset is not None, gdal.GetLastErrorMsg()
    return dataset


def gdal_pixels(layer: QgsRasterLayer) -> Array:
    """Return (bands, rows, columns) through GDAL alone."""
    pixels = gdal_dataset(layer).ReadAsArray()
    assert pixels is not None, gdal.GetLastErrorMsg()
    return pixels if pixels.ndim == 3 else pixels[np.newaxis]


def grid_of(layer: QgsRasterLayer) -> Grid:
    """Return the cells of a layer of ours."""
    source = read_layer_source(layer.source())
    assert source is not None
    return source.grid


def saved_and_read_again(path: Path) -> QgsMapLayer:
    """Write the project, which has one layer, and read it anew; return the layer that comes back."""
    project = QgsProject.instance()
    assert project.write(str(path))
    project.clear()
    assert project.read(str(path))
    (again,) = project.mapLayers().values()
    return again


def exported(
    server: ImageServerProcess,
    service: str,
    extent: tuple[float, float, float, float],
    size: tuple[int, int],
    **parameters: str,
) -> Array:
    """Return (bands, rows, columns) of a hand-written exportImage request: the server's own word."""
    query = {
        "bbox": ",".join(map(repr, extent)),
        "size": f"{size[0]},{size[1]}",
        "adjustAspectRatio": "false",
        "format": "tiff",
        "f": "image",
        **parameters,
    }
    answer = requests.get(f"{server.service(service)}/exportImage", query, timeout=30)
    path = "/vsimem/exported_by_hand.tif"
    gdal.FileFromMemBuffer(path, answer.content)
    try:
        pixels = gdal.Open(path).ReadAsArray()
    finally:
        gdal.Unlink(path)
    return pixels if pixels.ndim == 3 else pixels[np.newaxis]
