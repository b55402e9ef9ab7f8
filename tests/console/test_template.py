"""The template extent, in every form: the layer holds exactly the pixels of the service that it touches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import LANDSAT_SIZE, NORTH_WEST, landsat_extent, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

Window = tuple[int, int, int, int]
Box = tuple[float, float, float, float]

UTM = QgsCoordinateReferenceSystem("EPSG:31985")
WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")

# A template a bit larger than some pixels of the service, and the columns and rows it grows to.
EXTENT = (292000.0, 9113000.5, 295000.25, 9116000.0)
WINDOW = (113, 167, 106, 106)
ON_PIXEL_EDGES = landsat_extent(20, 30, 40, 50)
# In longitude and latitude, and in meters of Web Mercator; columns and rows after PROJ, worked out by hand.
LONGITUDE_LATITUDE = (-34.9, -8.02, -34.87, -7.98)
WINDOW_OF_DEGREES = (63, 116, 117, 157)
WEB_MERCATOR = (-3885000.0, -893000.0, -3882000.0, -889500.0)
WINDOW_OF_MERCATOR = (64, 57, 106, 122)


def _assert_window(layer: QgsRasterLayer, window: Window) -> None:
    """Assert that the layer is a part of the Landsat mosaic, given as column, row, width and height."""
    left, top, columns, rows = window
    assert (layer.width(), layer.height()) == (columns, rows)
    edges = landsat_extent(left, top, columns, rows)
    assert layer.extent() == QgsRectangle(*edges)
    expected = mosaic(NORTH_WEST)[:, top : top + rows, left : left + columns]
    np.testing.assert_array_equal(qgis_pixels(layer), expected)
    np.testing.assert_array_equal(gdal_pixels(layer), expected)


def _qgis_text(box: Box, authid: str = "") -> str:
    xmin, ymin, xmax, ymax = box
    return f"{xmin},{xmax},{ymin},{ymax}" + (f" [{authid}]" if authid else "")


@pytest.mark.parametrize(
    ("template", "window"),
    [
        (QgsRectangle(*EXTENT), WINDOW),
        (EXTENT, WINDOW),
        (list(EXTENT), WINDOW),
        (tuple(map(str, EXTENT)), WINDOW),
        ("292000 9113000.5 295000.25 9116000", WINDOW),
        (" 2.92e5  9113000.5\t295000.25 9116000 ", WINDOW),
        ("292000 9113000.5 295000.25 9116000 NaN NaN NaN NaN", WINDOW),
        (_qgis_text(EXTENT), WINDOW),
        (_qgis_text(EXTENT, "EPSG:31985"), WINDOW),
        (_qgis_text(LONGITUDE_LATITUDE, "EPSG:4326"), WINDOW_OF_DEGREES),
        (_qgis_text(WEB_MERCATOR, "EPSG:3857"), WINDOW_OF_MERCATOR),
        (QgsReferencedRectangle(QgsRectangle(*EXTENT), UTM), WINDOW),
        (QgsReferencedRectangle(QgsRectangle(*LONGITUDE_LATITUDE), WGS84), WINDOW_OF_DEGREES),
        # Edges that are those of pixels stay where they are.
        (ON_PIXEL_EDGES, (20, 30, 40, 50)),
        (tuple(value + 1e-6 for value in ON_PIXEL_EDGES), (20, 30, 40, 50)),
        # A template within one pixel.
        ((292000.0, 9115999.0, 292000.5, 9116000.0), (113, 167, 1, 1)),
        # What is beyond the service is cut off.
        ((0.0, 0.0, 289000.0, 9111000.0), (0, 342, 8, 10)),
        ((-1e9, -1e9, 1e9, 1e9), (0, 0, *LANDSAT_SIZE)),
        ("DEFAULT", (0, 0, *LANDSAT_SIZE)),
        ("MAXOF", (0, 0, *LANDSAT_SIZE)),
        ("#", (0, 0, *LANDSAT_SIZE)),
    ],
)
def test_a_template_of_numbers_is_the_pixels_it_touches(
    image_server: ImageServerProcess, template: Any, window: Window
) -> None:
    _assert_window(make_image_server_layer(image_server.service("Olinda/Landsat"), template=template), window)


def _vector_layer(box: Box, crs: QgsCoordinateReferenceSystem, name: str = "area") -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon", name, "memory")
    layer.setCrs(crs)
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*box)))
    layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer


@pytest.mark.parametrize(
    ("box", "authid", "window"),
    [
        (EXTENT, "EPSG:31985", WINDOW),
        (LONGITUDE_LATITUDE, "EPSG:4326", WINDOW_OF_DEGREES),
        (WEB_MERCATOR, "EPSG:3857", WINDOW_OF_MERCATOR),
    ],
)
@pytest.mark.parametrize(
    "named_by",
    [lambda layer: layer, lambda layer: layer.id(), lambda layer: layer.name()],
    ids=["object", "id", "name"],
)
def test_a_layer_gives_its_extent_in_its_own_crs(
    image_server: ImageServerProcess,
    project: QgsProject,
    box: Box,
    authid: str,
    window: Window,
    named_by: Callable[[QgsVectorLayer], Any],
) -> None:
    area = _vector_layer(box, QgsCoordinateReferenceSystem(authid))
    project.addMapLayer(area)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), template=named_by(area))
    _assert_window(layer, window)


def test_a_layer_that_is_in_no_project_and_a_layer_of_ours_will_do(image_server: ImageServerProcess) -> None:
    url = image_server.service("Olinda/Landsat")
    first = make_image_server_layer(url, template=_vector_layer(EXTENT, UTM), add_to_project=False)
    _assert_window(make_image_server_layer(url, template=first), WINDOW)


def _data_set(path: Path, box: Box, authid: str) -> Path:
    """Write a data set in the format of its suffix that covers the box."""
    reference = osr.SpatialReference()
    reference.SetFromUserInput(authid)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    xmin, ymin, xmax, ymax = box
    if path.suffix == ".tif":
        raster = gdal.GetDriverByName("GTiff").Create(str(path), 10, 10)
        raster.SetProjection(reference.ExportToWkt())
        raster.SetGeoTransform((xmin, (xmax - xmin) / 10, 0, ymax, 0, (ymin - ymax) / 10))
        return path
    driver = {".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".geojson": "GeoJSON"}[path.suffix]
    source = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    table = source.CreateLayer(path.stem, reference, ogr.wkbLineString)
    line = ogr.Feature(table.GetLayerDefn())
    line.SetGeometry(ogr.CreateGeometryFromWkt(f"LINESTRING ({xmin} {ymin}, {xmax} {ymax})"))
    table.CreateFeature(line)
    return path


@pytest.mark.parametrize(
    ("file", "box", "authid", "window"),
    [
        ("area.shp", EXTENT, "EPSG:31985", WINDOW),
        ("área de estudo.gpkg", LONGITUDE_LATITUDE, "EPSG:4326", WINDOW_OF_DEGREES),
        ("area.geojson", LONGITUDE_LATITUDE, "EPSG:4326", WINDOW_OF_DEGREES),
        ("area.tif", WEB_MERCATOR, "EPSG:3857", WINDOW_OF_MERCATOR),
    ],
)
@pytest.mark.parametrize("spelling", [str, Path], ids=["text", "path"])
def test_a_file_gives_its_extent_in_its_own_crs(
    image_server: ImageServerProcess,
    tmp_path: Path,
    file: str,
    box: Box,
    authid: str,
    window: Window,
    spelling: Callable[[Path], Any],
) -> None:
    path = _data_set(tmp_path / file, box, authid)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), template=spelling(path))
    _assert_window(layer, window)


def test_a_relative_path_starts_from_the_project_file(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    _data_set(tmp_path / "data" / "area.shp", EXTENT, "EPSG:31985")
    project.setFileName(str(tmp_path / "map.qgz"))
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), template="data/area.shp")
    _assert_window(layer, WINDOW)


def test_edges_that_bend_in_the_services_crs_are_followed(image_server: ImageServerProcess) -> None:
    """A parallel bulges by 227 m toward the north over three degrees: the corners alone would cut off 22 rows."""
    template = QgsReferencedRectangle(QgsRectangle(-34.5, -8.5, -31.5, -6.0), WGS84)
    layer = make_image_server_layer(image_server.service("Test/Huge"), template=template)
    # After PROJ, with 2001 points on each edge: 333977.17 9060106.18 666022.83 9336795.43.
    expected = (333970.0, 9060100.0, 666030.0, 9336800.0)
    extent = layer.extent()
    edges = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    np.testing.assert_allclose(edges, expected, rtol=0, atol=10.0)


def test_a_template_of_degrees_fits_a_service_in_degrees(image_server: ImageServerProcess) -> None:
    """Columns of 0.00064° from -35.2° on, rows of 0.00048° down from -7.4°."""
    template = QgsReferencedRectangle(QgsRectangle(-35.0, -7.6, -34.99, -7.59), WGS84)
    layer = make_image_server_layer(image_server.service("Test/SyntheticNonSquare"), template=template)
    assert (layer.width(), layer.height()) == (17, 22)
    pixels = gdal_pixels(layer)
    assert pixels[0, 0, 0] == 100_000_000 + 395 * 10_000 + 312
    assert pixels[1, -1, -1] == 200_000_000 + 416 * 10_000 + 328
