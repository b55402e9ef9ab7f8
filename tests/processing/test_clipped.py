"""Clip and align through Processing, and what the other algorithms make of a clipped layer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.tests.clipping import clip_of, inside
from image_server_layer.tests.console.test_snap_raster import CELL, ORIGIN, other
from image_server_layer.tests.processing.running import EXPORT, MAKE, SAMPLE, ZONAL, Log, run
from image_server_layer.tests.reading import grid_of, qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

LANDSAT = "Olinda/Landsat"
TRIANGLE = [(289503.0, 9119897.0), (296803.0, 9117701.0), (291405.0, 9112450.0)]
SQUARE = [(296850.0, 9112950.0), (297950.0, 9112950.0), (297950.0, 9111850.0), (296850.0, 9111850.0)]
CLIP = clip_of([TRIANGLE])


def layer_with(*geometries: QgsGeometry, kind: str = "Polygon", crs: str = "EPSG:31985") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs={crs}", "fields", "memory")
    for geometry in geometries:
        feature = QgsFeature()
        feature.setGeometry(geometry)
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def polygon(corners: list[tuple[float, float]]) -> QgsGeometry:
    return QgsGeometry.fromPolygonXY([[QgsPointXY(*corner) for corner in corners]])


def made(outputs: dict[str, Any]) -> QgsRasterLayer:
    layer = outputs["OUTPUT"]
    return layer if isinstance(layer, QgsRasterLayer) else QgsProject.instance().mapLayer(layer)


def clipped(server: ImageServerProcess, **given: Any) -> tuple[QgsRasterLayer, Any, Any]:
    """Return a layer, which of its cells are inside, and what the service has in all of them."""
    layer = make_image_server_layer(server.service(LANDSAT), clip=CLIP.wkt(), **given)
    grid = grid_of(layer)
    left, top = round((grid.extent.xmin - 288776.25) / 28.5), round((9120760.75 - grid.extent.ymax) / 28.5)
    whole = mosaic(NORTH_WEST)[:, top : top + grid.rows, left : left + grid.columns]
    return layer, inside(CLIP, grid), whole


def test_the_algorithm_clips_and_aligns(image_server: ImageServerProcess, tmp_path: Path) -> None:
    fields, snap = layer_with(polygon(TRIANGLE), polygon(SQUARE)), other(tmp_path)
    fields.selectByIds([1])

    outputs = run(
        MAKE,
        IN_IMAGE_SERVICE=image_server.service(LANDSAT),
        CLIP=QgsProcessingFeatureSourceDefinition(fields.id(), selectedFeaturesOnly=True),
        SNAP_RASTER=snap,
    )

    layer = made(outputs)
    options = options_of(layer)
    assert options is not None
    assert (options.clip, options.cell_size, options.snap_origin) == (CLIP, CELL, ORIGIN)
    provider = layer.dataProvider()
    block = provider.block(1, layer.extent(), layer.width(), layer.height())
    none = [[block.isNoData(row, column) for column in range(layer.width())] for row in range(layer.height())]
    np.testing.assert_array_equal(np.array(none), ~inside(CLIP, grid_of(layer)))


def test_an_invalid_polygon_is_our_sentence(image_server: ImageServerProcess) -> None:
    bow = layer_with(polygon([(290000, 9117000), (292000, 9115000), (292000, 9117000), (290000, 9115000)]))
    with pytest.raises(QgsProcessingException, match="A polygon of the layer “fields” is not valid"):
        run(MAKE, Log(), IN_IMAGE_SERVICE=image_server.service(LANDSAT), CLIP=bow)


def test_an_export_has_no_data_outside(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer, wanted, whole = clipped(image_server)
    path = str(tmp_path / "file.tif")
    run(EXPORT, INPUT=layer, OUTPUT=path)

    dataset = gdal.Open(path)
    np.testing.assert_array_equal(dataset.GetRasterBand(1).GetMaskBand().ReadAsArray() != 0, wanted)
    np.testing.assert_array_equal(dataset.ReadAsArray()[:, wanted], whole[:, wanted])


def test_an_export_may_be_cut_further(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer, _, _ = clipped(image_server)
    mask = [(290000.0, 9118000.0), (293000.0, 9118000.0), (293000.0, 9115000.0), (290000.0, 9115000.0)]
    path = str(tmp_path / "file.tif")
    run(EXPORT, INPUT=layer, OUTPUT=path, MASK=layer_with(polygon(mask)))

    dataset = gdal.Open(path)
    x, cell, _, y, _, _ = dataset.GetGeoTransform()
    columns, rows = dataset.RasterXSize, dataset.RasterYSize
    grid = Grid(type(grid_of(layer).extent)(x, y - rows * cell, x + columns * cell, y), columns, rows, (cell, cell))
    both = inside(CLIP, grid) & inside(clip_of([mask]), grid)
    np.testing.assert_array_equal(dataset.GetRasterBand(1).GetMaskBand().ReadAsArray() != 0, both)


def test_an_export_in_another_crs_is_clipped(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer, _, _ = clipped(image_server)
    path = str(tmp_path / "file.tif")
    run(EXPORT, INPUT=layer, OUTPUT=path, TARGET_CRS=QgsCoordinateReferenceSystem("EPSG:4326"))

    dataset = gdal.Open(path)
    there = dataset.GetRasterBand(1).GetMaskBand().ReadAsArray() != 0
    area = abs(QgsGeometry.fromWkt(CLIP.wkt()).area()) / grid_of(layer).extent.width / grid_of(layer).extent.height
    assert there.mean() == pytest.approx(area, abs=0.02)
    assert not there[0, -1]


def test_points_outside_have_no_values(image_server: ImageServerProcess) -> None:
    layer, wanted, whole = clipped(image_server)
    extent, edge = grid_of(layer).extent, int(np.flatnonzero(wanted[100])[-1])
    at = [QgsPointXY(extent.xmin + (column + 0.2) * 28.5, extent.ymax - 100.3 * 28.5) for column in (edge, edge + 1)]
    image_server.clear()

    points = layer_with(*map(QgsGeometry.fromPointXY, at), kind="Point")
    outputs = run(SAMPLE, INPUT=layer, POINTS=points, OUTPUT="memory:")

    rows = [feature.attributes() for feature in outputs["OUTPUT"].getFeatures()]
    assert rows[0][:6] == whole[:, 100, edge].tolist()
    assert all(not value for value in rows[1][:6])


def test_zones_are_counted_inside_only(image_server: ImageServerProcess) -> None:
    layer, wanted, whole = clipped(image_server)
    extent = grid_of(layer).extent
    box = QgsGeometry.fromWkt(
        f"POLYGON(({extent.xmin} {extent.ymin},{extent.xmin} {extent.ymax},{extent.xmax} {extent.ymax},"
        f"{extent.xmax} {extent.ymin},{extent.xmin} {extent.ymin}))"
    )
    outputs = run(ZONAL, INPUT=layer, ZONES=layer_with(box, polygon(SQUARE)), OUTPUT="memory:")

    within, outside = (
        {field.name(): feature[field.name()] for field in feature.fields()}
        for feature in outputs["OUTPUT"].getFeatures()
    )
    names = [name for name in within if name.endswith("_mean")]
    assert within[names[0]] == pytest.approx(whole[0][wanted].mean())
    assert not outside[names[0]]


def test_the_layer_s_own_pixels_go_through_gdal_s_algorithms(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer, wanted, whole = clipped(image_server)
    path = str(tmp_path / "translated.tif")
    run("gdal:translate", INPUT=layer, OUTPUT=path)

    # A band dies with its dataset, so the dataset is kept.
    dataset = gdal.Open(path)
    band = dataset.GetRasterBand(2)
    np.testing.assert_array_equal(band.ReadAsArray() != band.GetNoDataValue(), wanted)
    np.testing.assert_array_equal(band.ReadAsArray()[wanted], whole[1][wanted])
    assert qgis_pixels(layer).shape == whole.shape
