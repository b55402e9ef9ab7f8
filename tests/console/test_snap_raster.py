"""Cells that fall on those of another raster layer, to the last digit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.tests.reading import gdal_pixels, grid_of, qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, cell_centers, landsat_extent, mosaic, nearest

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

ORIGIN, CELL = (290007.3, 9118011.9), (37.5, 41.25)


def other(tmp_path: Path, epsg: int = 31985, name: str = "other", size: tuple[int, int] = (120, 90)) -> QgsRasterLayer:
    """Return a raster layer whose cells lie askew to the service's."""
    path = str(tmp_path / f"{name}.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, *size)
    dataset.SetGeoTransform((ORIGIN[0], CELL[0], 0, ORIGIN[1], 0, -CELL[1]))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    dataset.SetProjection(reference.ExportToWkt())
    dataset = None
    layer = QgsRasterLayer(path, name)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.mark.parametrize(
    "given", [lambda snap: snap, QgsRasterLayer.id, lambda _: "other", lambda snap: Path(snap.source())]
)
def test_cells_fall_on_those_of_the_layer(image_server: ImageServerProcess, tmp_path: Path, given: Any) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), snap_raster=given(other(tmp_path)))
    grid = grid_of(layer)
    assert grid.cell_size == CELL
    # The part of all such cells that the service touches.
    left, top = -33, -67
    assert (grid.extent.xmin, grid.extent.ymax) == (ORIGIN[0] + left * CELL[0], ORIGIN[1] - top * CELL[1])
    xmin, ymin, xmax, ymax = landsat_extent(0, 0, 349, 352)
    assert grid.extent.xmin <= xmin < grid.extent.xmin + CELL[0]
    assert grid.extent.xmax - CELL[0] < xmax <= grid.extent.xmax
    assert grid.extent.ymax - CELL[1] < ymax <= grid.extent.ymax
    assert grid.extent.ymin <= ymin < grid.extent.ymin + CELL[1]
    x = cell_centers(grid.extent.xmin, CELL[0], grid.columns)
    y = cell_centers(grid.extent.ymax, -CELL[1], grid.rows)
    expected = nearest(mosaic(NORTH_WEST), x, y)
    np.testing.assert_array_equal(qgis_pixels(layer), expected)
    np.testing.assert_array_equal(gdal_pixels(layer), expected)


def test_over_the_layer_it_is_that_layer_cell_by_cell(image_server: ImageServerProcess, tmp_path: Path) -> None:
    snap = other(tmp_path)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), template=snap, snap_raster=snap)

    assert (layer.width(), layer.height()) == (snap.width(), snap.height())
    assert layer.extent().toString(9) == snap.extent().toString(9)
    (window,) = {request.query["bbox"] for request in _drawn(image_server, layer)}
    assert [float(number) for number in window.split(",")] == list(grid_of(layer).extent)


def _drawn(server: ImageServerProcess, layer: QgsRasterLayer) -> list[Any]:
    server.clear()
    qgis_pixels(layer)
    return server.requests(operation="exportImage")


def test_another_size_begins_at_the_same_corner(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"),
        snap_raster=other(tmp_path),
        cell_size=50,
        template=(291000, 9117000, 291301, 9117301),
    )
    extent = grid_of(layer).extent
    assert grid_of(layer).cell_size == (50, 50)
    assert (extent.xmin - ORIGIN[0]) / 50 == pytest.approx(round((extent.xmin - ORIGIN[0]) / 50), abs=1e-9)
    assert (ORIGIN[1] - extent.ymax) / 50 == pytest.approx(round((ORIGIN[1] - extent.ymax) / 50), abs=1e-9)
    assert (layer.width(), layer.height()) == (7, 7)


@pytest.mark.parametrize("given", [(290000.5, 9118000.25), [290000.5, 9118000.25], "290000.5 9118000.25"])
def test_a_corner_keeps_the_size_of_the_service_s_own_cells(image_server: ImageServerProcess, given: Any) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), snap_raster=given)
    options = options_of(layer)
    assert options is not None
    assert (options.snap_origin, options.cell_size) == ((290000.5, 9118000.25), None)
    grid = grid_of(layer)
    assert grid.cell_size == (28.5, 28.5)
    assert (grid.extent.xmin - 290000.5) / 28.5 == pytest.approx(round((grid.extent.xmin - 290000.5) / 28.5), abs=1e-9)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            lambda folder: {"snap_raster": other(folder, 32725)},
            "The cells of the layer “other” (EPSG:32725) cannot fall on cells in the service's EPSG:31985, in which",
        ),
        (lambda _: {"snap_raster": "nowhere"}, "“nowhere” is neither a raster layer to align cells with nor x and y"),
        (lambda _: {"snap_raster": (1, 2, 3)}, "is neither a raster layer to align cells with"),
        (lambda _: {"snap_raster": (float("nan"), 2)}, "is neither a raster layer to align cells with"),
        (lambda _: {"snap_raster": (1e300, 0)}, "is too far from the service to align cells with"),
        (
            lambda _: {"snap_raster": QgsVectorLayer("Point?crs=EPSG:31985", "dots", "memory")},
            "The layer “dots” has no cells to align with; choose a raster layer.",
        ),
        (
            lambda folder: {"snap_raster": other(folder), "kind": "picture"},
            "A picture has no cells of its own that could be aligned; take pixel values.",
        ),
    ],
)
def test_what_cannot_be_aligned_with_is_said(
    image_server: ImageServerProcess, tmp_path: Path, given: Any, sentence: str
) -> None:
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(image_server.service("Olinda/Landsat"), **given(tmp_path))
    assert sentence in caught.value.message
