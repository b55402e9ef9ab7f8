"""Whole calls: the sample of the ArcGIS tool as it stands, and many options at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsProject, QgsRectangle

from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.reading import exported, gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import cell_centers, mosaic, nearest

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


@pytest.fixture
def dem_grid() -> tuple[float, float, float]:
    """Return the upper left corner and the cell size of the elevation model."""
    xmin, cell, _, ymax, _, _ = gdal.Open(str(DATA / "dem_olinda.tif")).GetGeoTransform()
    return xmin, ymax, cell


def _feature_class(path: Path, box: tuple[float, float, float, float]) -> None:
    """Write a shapefile with one polygon in the elevation model's reference system."""
    reference = osr.SpatialReference()
    reference.ImportFromWkt(gdal.Open(str(DATA / "dem_olinda.tif")).GetProjection())
    source = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(path))
    table = source.CreateLayer(path.stem, reference, ogr.wkbPolygon)
    feature = ogr.Feature(table.GetLayerDefn())
    xmin, ymin, xmax, ymax = box
    feature.SetGeometry(
        ogr.CreateGeometryFromWkt(f"POLYGON(({xmin} {ymin},{xmin} {ymax},{xmax} {ymax},{xmax} {ymin},{xmin} {ymin}))")
    )
    table.CreateFeature(feature)


def test_the_sample_of_the_arcgis_tool_runs_as_it_stands(
    image_server: ImageServerProcess,
    project: QgsProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    dem_grid: tuple[float, float, float],
) -> None:
    xmin, ymax, cell = dem_grid
    # Columns 50 to 90 and rows 50 to 80, a little less than whole.
    box = (xmin + 50.3 * cell, ymax - 79.6 * cell, xmin + 89.7 * cell, ymax - 50.4 * cell)
    _feature_class(tmp_path / "feature.shp", box)
    monkeypatch.chdir(tmp_path)
    url = image_server.service("Test/Sample")

    layer = make_image_server_layer(url, "mdlayer", "feature.shp", "1;2;3", "LockRaster", "#", "#", "4", "#", processing_template="Hillshade")  # fmt: skip  # noqa: E501 - verbatim

    assert project.mapLayersByName("mdlayer") == [layer]
    assert project.isDirty()
    corners = QgsRectangle(xmin + 50 * cell, ymax - 80 * cell, xmin + 90 * cell, ymax - 50 * cell)
    assert (layer.width(), layer.height()) == (40, 30)
    assert layer.extent().toString(6) == corners.toString(6)
    word = exported(
        image_server,
        "Test/Sample",
        (corners.xMinimum(), corners.yMinimum(), corners.xMaximum(), corners.yMaximum()),
        (40, 30),
        mosaicRule=json.dumps({"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [4]}),
        renderingRule=json.dumps({"rasterFunction": "Hillshade"}),
    )
    np.testing.assert_array_equal(qgis_pixels(layer), word)
    # Relief there is: neither a flat gray nor the elevation itself.
    assert word.dtype == np.uint8
    assert len(np.unique(word)) > 20
    assert layer.customProperty("image_server_layer/notes") == [
        "The processing template does not yield the bands 1, 2, 3; all of its bands are used (1)."
    ]


def test_the_sample_without_the_function_shows_the_three_bands_of_the_raster(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service("Test/Sample"), "mdlayer", None, "3;2;1", "LockRaster", "#", "#", "4"
    )
    dem = gdal.Open(str(DATA / "dem_olinda.tif")).ReadAsArray()
    expected = np.stack([dem + 1000.0 * (band - 1) + 40000.0 for band in (3, 2, 1)])
    # The fourth raster lies in the lower right, columns and rows 41 to 110.
    np.testing.assert_allclose(gdal_pixels(layer)[:, 41:, 41:], expected[:, 41:, 41:], rtol=1e-6)


def test_all_options_together_make_the_pixels_that_arithmetic_makes(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"),
        out_imageserver_layer="  Tudo junto  ",
        template="290000 9112000 296000 9118000",
        band_index="Red;1",
        mosaic_method="BY_ATTRIBUTE",
        order_field="AcquisitionDate",
        order_base_value="2001/08/05",
        cell_size="120 90",
        where_clause="Name <> 'Jaboatão dos Guararapes'",
        processing_template="NaturalColor",
        ascending=False,
        interpolation="NEAREST",
    )
    assert layer.name() == "Tudo junto"
    assert [layer.bandName(1), layer.bandName(2)] == ["Band 1: Red", "Band 2: Red"]
    # Of the acquisitions in the reverse order of their distance to 5 August 2001, without the third raster.
    pixels = mosaic((1, 7, 2, 8, 6, 5, 4))[[2, 2]]
    x, y = cell_centers(290000, 120, 50), cell_centers(9118000, -90, 67)
    np.testing.assert_array_equal(qgis_pixels(layer), nearest(pixels, x, y))
