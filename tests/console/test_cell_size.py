"""The cell size: cells are exact, begin at the upper left of the extent, and show the pixel at their center."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsRasterLayer, QgsRectangle

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import LANDSAT_ORIGIN, NORTH_WEST, cell_centers, landsat_extent, mosaic, nearest

if TYPE_CHECKING:
    from qgis.core import QgsProject

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

TEMPLATE = (292000.0, 9113000.5, 295000.25, 9116000.0)
FULL = landsat_extent(0, 0, 349, 352)


def _assert_cells(
    layer: QgsRasterLayer, cell_x: float, cell_y: float, extent: tuple[float, float, float, float] = FULL
) -> None:
    """Assert that the layer has these cells from the upper left of `extent` on, as many as it takes to cover it."""
    xmin, ymin, xmax, ymax = extent
    columns, rows = math.ceil((xmax - xmin) / cell_x), math.ceil((ymax - ymin) / cell_y)
    assert (layer.width(), layer.height()) == (columns, rows)
    assert (layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()) == pytest.approx((cell_x, cell_y), rel=1e-12)
    corners = QgsRectangle(xmin, ymax - rows * cell_y, xmin + columns * cell_x, ymax)
    assert layer.extent().toString(6) == corners.toString(6)
    x, y = cell_centers(xmin, cell_x, columns), cell_centers(ymax, -cell_y, rows)
    expected = nearest(mosaic(NORTH_WEST), x, y)
    np.testing.assert_array_equal(gdal_pixels(layer), expected)
    np.testing.assert_array_equal(qgis_pixels(layer), expected)


@pytest.mark.parametrize(
    ("cell_size", "cell_x", "cell_y"),
    [
        (100, 100.0, 100.0),
        ("100", 100.0, 100.0),
        ("1e2", 100.0, 100.0),
        # Three pixels each way, so that the last column is beyond the service.
        (85.5, 85.5, 85.5),
        ((85.5, 28.5), 85.5, 28.5),
        ("85.5 28.5", 85.5, 28.5),
        ("85.5;28.5", 85.5, 28.5),
        # Finer than the pixels, and so many that it takes several blocks.
        (9.5, 9.5, 9.5),
        # Larger than the service.
        (20000, 20000.0, 20000.0),
    ],
)
def test_cells_of_any_size_show_the_pixel_at_their_center(
    image_server: ImageServerProcess, cell_size: Any, cell_x: float, cell_y: float
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), cell_size=cell_size)
    _assert_cells(layer, cell_x, cell_y)


@pytest.mark.parametrize("cell_size", [100, (70, 130), 7])
def test_with_a_template_the_cells_begin_at_its_upper_left(image_server: ImageServerProcess, cell_size: Any) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), template=TEMPLATE, cell_size=cell_size)
    cell_x, cell_y = cell_size if isinstance(cell_size, tuple) else (cell_size, cell_size)
    _assert_cells(layer, cell_x, cell_y, TEMPLATE)


def test_with_a_template_that_sticks_out_the_cells_begin_at_the_service(image_server: ImageServerProcess) -> None:
    template = (0.0, 9118000.0, 290000.0, 1e7)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), template=template, cell_size=100)
    _assert_cells(layer, 100, 100, (LANDSAT_ORIGIN[0], 9118000.0, 290000.0, LANDSAT_ORIGIN[1]))


def _raster(path: Path, authid: str, origin: tuple[float, float], cell: tuple[float, float]) -> Path:
    """Write a raster of 20 by 20 cells."""
    reference = osr.SpatialReference()
    reference.SetFromUserInput(authid)
    raster = gdal.GetDriverByName("GTiff").Create(str(path), 20, 20)
    raster.SetProjection(reference.ExportToWkt())
    raster.SetGeoTransform((origin[0], cell[0], 0, origin[1], 0, -cell[1]))
    return path


@pytest.mark.parametrize(
    "named_by",
    [
        lambda layer, _: layer,
        lambda layer, _: layer.id(),
        lambda layer, _: layer.name(),
        lambda _, path: str(path),
        lambda _, path: path,
    ],
    ids=["layer", "id", "name", "path as text", "path"],
)
def test_a_raster_gives_its_cell_size(
    image_server: ImageServerProcess,
    project: QgsProject,
    tmp_path: Path,
    named_by: Callable[[QgsRasterLayer, Path], Any],
) -> None:
    path = _raster(tmp_path / "cells.tif", "EPSG:31985", (0, 0), (120, 90))
    raster = QgsRasterLayer(str(path), "my cells")
    project.addMapLayer(raster)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), cell_size=named_by(raster, path))
    _assert_cells(layer, 120, 90)


def test_a_raster_in_degrees_gives_its_cell_size_in_meters(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = _raster(tmp_path / "degrees.tif", "EPSG:4326", (-34.9, -7.99), (0.001, 0.002))
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), cell_size=str(path))
    # After PROJ, the cell at the raster's center (34.89° W, 8.01° S) is so wide and so high.
    assert layer.rasterUnitsPerPixelX() == pytest.approx(110.2557, abs=1e-3)
    assert layer.rasterUnitsPerPixelY() == pytest.approx(221.2220, abs=1e-3)


def test_a_service_in_degrees_takes_cells_of_degrees(image_server: ImageServerProcess) -> None:
    """Cells of three columns and five rows: a center is that of the second of three, the third of five."""
    layer = make_image_server_layer(
        image_server.service("Test/SyntheticNonSquare"), cell_size=(3 * 0.00064, 5 * 0.00048), band_index=1
    )
    assert (layer.width(), layer.height()) == (601, 267)
    place = gdal_pixels(layer)[0].astype(int) - 100_000_000
    rows, columns = np.mgrid[:266, :600]
    np.testing.assert_array_equal(place[:266, :600], (5 * rows + 2) * 10_000 + 3 * columns + 1)
