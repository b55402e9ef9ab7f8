"""*Make image server layer* makes the very layer that the function makes, and says what the function says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsProperty,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedPointXY,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from image_server_layer import make_image_server_layer
from image_server_layer.tests.processing.running import MAKE, Log, run
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, landsat_extent, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = "Olinda/Landsat"
UTM = QgsCoordinateReferenceSystem("EPSG:31985")
WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
WEB_MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")

NDVI_CHAIN = {"rasterFunction": "NDVI", "rasterFunctionArguments": {"VisibleBandID": 2, "InfraredBandID": 3}}

# A template a bit larger than some pixels of the service, in three systems, and the columns and rows it grows to.
EXTENT = QgsRectangle(292000.0, 9113000.5, 295000.25, 9116000.0)
WINDOW = (113, 167, 106, 106)
DEGREES = QgsRectangle(-34.9, -8.02, -34.87, -7.98)
WINDOW_OF_DEGREES = (63, 116, 117, 157)
MERCATOR = QgsRectangle(-3885000.0, -893000.0, -3882000.0, -889500.0)
WINDOW_OF_MERCATOR = (64, 57, 106, 122)

# Column and row 300, in the southeast; the rasters by the distance of their boxes' centers from it.
VIEWPOINT = QgsPointXY(288776.25 + 300 * 28.5, 9120760.75 - 300 * 28.5)
VIEWPOINT_IN_DEGREES = QgsPointXY(-34.83844, -8.04136)
AROUND_VIEWPOINT = (8, 6, 5, 7, 3, 4, 2, 1)


def text_of(extent: QgsRectangle, authid: str = "") -> str:
    edges = (extent.xMinimum(), extent.xMaximum(), extent.yMinimum(), extent.yMaximum())
    return ",".join(map(repr, edges)) + (f" [{authid}]" if authid else "")


def layer_around(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
    """Return a layer named `template` with one polygon, which is the extent."""
    layer = QgsVectorLayer(f"Polygon?crs={crs.authid()}", "template", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(extent))
    assert layer.dataProvider().addFeatures([feature])[0]
    layer.updateExtents()
    return layer


@pytest.mark.parametrize(
    ("service", "parameters"),
    [
        (LANDSAT, {}),
        (LANDSAT, {"OUT_IMAGESERVER_LAYER": "scene"}),
        (LANDSAT, {"BAND_INDEX": "4;Red;1"}),
        (LANDSAT, {"MOSAIC_METHOD": "NORTH_WEST", "ASCENDING": "DESCENDING"}),
        (LANDSAT, {"MOSAIC_METHOD": "NONE", "MOSAIC_OPERATION": "MEAN"}),
        (LANDSAT, {"MOSAIC_METHOD": "BY_ATTRIBUTE", "ORDER_FIELD": "CloudCover", "ORDER_BASE_VALUE": 20}),
        (LANDSAT, {"MOSAIC_METHOD": "BY_ATTRIBUTE", "ORDER_FIELD": "AcquisitionDate", "ORDER_BASE_VALUE": "2001/8/5"}),
        (LANDSAT, {"MOSAIC_METHOD": "LOCK_RASTER", "LOCK_RASTERID": "7;Jaboatão dos Guararapes;'20010805'"}),
        (LANDSAT, {"WHERE_CLAUSE": "CloudCover < 20"}),
        (LANDSAT, {"CELL_SIZE": 100.5}),
        (LANDSAT, {"PROCESSING_TEMPLATE": "NDVI"}),
        (LANDSAT, {"PROCESSING_TEMPLATE": json.dumps(NDVI_CHAIN)}),
        (LANDSAT, {"PROCESSING_TEMPLATE": "None", "INTERPOLATION": "BILINEAR"}),
        ("Test/NoDataPerBand", {"NODATA": "-9999;0;32767", "NODATA_INTERPRETATION": "ALL"}),
        (LANDSAT, {"PROVIDER": "gdal", "REFERER": "https://example.org/", "TIMEOUT": 12.5}),
        (LANDSAT, {"KIND": "picture", "BAND_INDEX": "4;3;2", "COMPRESSION_QUALITY": 60}),
        (LANDSAT, {"KIND": "picture", "TILES": "IMAGES"}),
    ],
    ids=str,
)
def test_the_layer_is_that_of_the_function(
    image_server: ImageServerProcess, service: str, parameters: dict[str, Any]
) -> None:
    outputs = run(MAKE, IN_IMAGE_SERVICE=image_server.service(service), **parameters)
    given = {name.lower(): value for name, value in parameters.items()}
    expected = make_image_server_layer(image_server.service(service), **given, add_to_project=False)
    layer = outputs["OUTPUT"]
    assert isinstance(layer, QgsRasterLayer)
    assert layer.isValid()
    assert outputs["URI"] == layer.source() == expected.source()
    assert (layer.name(), layer.providerType()) == (expected.name(), expected.providerType())
    assert layer.metadata() == expected.metadata()
    assert layer.renderer().type() == expected.renderer().type()


def test_the_pixels_are_those_of_the_service(image_server: ImageServerProcess) -> None:
    layer = run(MAKE, IN_IMAGE_SERVICE=image_server.service(LANDSAT), BAND_INDEX="3;1")["OUTPUT"]
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST)[[2, 0]])


def as_id_in_project(layer: QgsVectorLayer) -> str:
    QgsProject.instance().addMapLayer(layer)
    return str(layer.id())


@pytest.mark.parametrize(
    ("template", "window"),
    [
        (lambda: text_of(EXTENT), WINDOW),
        (lambda: text_of(EXTENT, "EPSG:31985"), WINDOW),
        (lambda: text_of(DEGREES, "EPSG:4326"), WINDOW_OF_DEGREES),
        (lambda: EXTENT, WINDOW),
        (lambda: QgsReferencedRectangle(EXTENT, UTM), WINDOW),
        (lambda: QgsReferencedRectangle(DEGREES, WGS84), WINDOW_OF_DEGREES),
        (lambda: layer_around(DEGREES, WGS84), WINDOW_OF_DEGREES),
        (lambda: as_id_in_project(layer_around(DEGREES, WGS84)), WINDOW_OF_DEGREES),
        (lambda: as_id_in_project(layer_around(DEGREES, WGS84)) and "template", WINDOW_OF_DEGREES),
        (
            lambda: QgsProcessingFeatureSourceDefinition(as_id_in_project(layer_around(DEGREES, WGS84))),
            WINDOW_OF_DEGREES,
        ),
        (lambda: QgsProperty.fromExpression(f"'{text_of(DEGREES, 'EPSG:4326')}'"), WINDOW_OF_DEGREES),
        # Expressions give geometries in the project's system, such as @map_extent.
        (lambda: QgsGeometry.fromRect(MERCATOR), WINDOW_OF_MERCATOR),
    ],
    ids=[
        "text",
        "text with the service's CRS",
        "text with a CRS",
        "rectangle",
        "referenced rectangle",
        "referenced rectangle in another CRS",
        "layer",
        "layer id",
        "layer name",
        "source definition",
        "expression",
        "geometry",
    ],
)
def test_a_template_extent_without_a_system_of_its_own_is_in_the_services(
    image_server: ImageServerProcess, project: QgsProject, template: Callable[[], Any], window: tuple[int, ...]
) -> None:
    project.setCrs(WEB_MERCATOR)
    layer = run(MAKE, IN_IMAGE_SERVICE=image_server.service(LANDSAT), TEMPLATE=template())["OUTPUT"]
    assert layer.extent() == QgsRectangle(*landsat_extent(*window))
    assert (layer.width(), layer.height()) == window[2:]


@pytest.mark.parametrize("template", [None, ""])
def test_without_a_template_extent_the_whole_service_is_taken(image_server: ImageServerProcess, template: Any) -> None:
    layer = run(MAKE, IN_IMAGE_SERVICE=image_server.service(LANDSAT), TEMPLATE=template)["OUTPUT"]
    assert layer.extent() == QgsRectangle(*landsat_extent(0, 0, 349, 352))


@pytest.mark.parametrize(
    "viewpoint",
    [
        f"{VIEWPOINT.x()},{VIEWPOINT.y()}",
        VIEWPOINT,
        f"{VIEWPOINT.x()},{VIEWPOINT.y()} [EPSG:31985]",
        f"{VIEWPOINT_IN_DEGREES.x()},{VIEWPOINT_IN_DEGREES.y()} [EPSG:4326]",
        QgsReferencedPointXY(VIEWPOINT_IN_DEGREES, WGS84),
        QgsProperty.fromExpression(f"'{VIEWPOINT.x()},{VIEWPOINT.y()}'"),
        # In the project's system.
        QgsGeometry.fromPointXY(VIEWPOINT_IN_DEGREES),
    ],
    ids=["text", "point", "text with the service's CRS", "text with a CRS", "referenced", "expression", "geometry"],
)
def test_a_viewpoint_without_a_system_of_its_own_is_in_the_services(
    image_server: ImageServerProcess, project: QgsProject, viewpoint: Any
) -> None:
    project.setCrs(WGS84)
    layer = run(
        MAKE,
        IN_IMAGE_SERVICE=image_server.service(LANDSAT),
        MOSAIC_METHOD="CLOSEST_TO_VIEWPOINT",
        VIEWPOINT=viewpoint,
    )["OUTPUT"]
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(AROUND_VIEWPOINT))


def test_a_layer_in_the_project_leads_to_its_service(image_server: ImageServerProcess) -> None:
    first = make_image_server_layer(image_server.service("Test/Synthetic"), band_index="2")
    second = run(MAKE, IN_IMAGE_SERVICE=first.id(), OUT_IMAGESERVER_LAYER="again")["OUTPUT"]
    assert (second.name(), second.bandCount(), first.bandCount()) == ("again", 5, 1)


def test_the_reason_and_the_notes_are_told(image_server: ImageServerProcess) -> None:
    log = Log()
    url = image_server.service(LANDSAT)
    layer = run(MAKE, log, IN_IMAGE_SERVICE=url, BAND_INDEX="1;2;3", PROCESSING_TEMPLATE="Hillshade")["OUTPUT"]
    assert "The service gives the numbers of its pixels." in log.infos
    assert len(log.warnings) == 1
    assert log.warnings == layer.customProperty("image_server_layer/notes")
    assert log.errors == []


@pytest.mark.parametrize(
    ("service", "parameters", "sentence"),
    [
        (
            "Test/U8",
            {"BAND_INDEX": "7"},
            "The band “7” does not exist; choose from 1 to 3.",
        ),
        (
            LANDSAT,
            {"BAND_INDEX": "0"},
            "“0” is no band; give numbers counting from 1, or names.",
        ),
        (
            LANDSAT,
            {"PROCESSING_TEMPLATE": "NDWI"},
            f"The service “{LANDSAT}” has no processing template “NDWI”; did you mean “NDVI”?",
        ),
        (
            LANDSAT,
            {"CELL_SIZE": 0},
            "“0” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5.",
        ),
        (
            "Test/Secured",
            {},
            "{host} wants credentials: choose an authentication configuration, or check the one that is chosen.",
        ),
    ],
    ids=["band", "no band", "template", "cell size", "secured"],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    image_server: ImageServerProcess,
    project: QgsProject,
    service: str,
    parameters: dict[str, Any],
    sentence: str,
) -> None:
    log, url = Log(), image_server.service(service)
    with pytest.raises(QgsProcessingException) as raised:
        run(MAKE, log, IN_IMAGE_SERVICE=url, **parameters)
    # QGIS itself reports what goes wrong before the work begins, and raises something general.
    assert sentence.format(host=url.split("/")[2]) in (str(raised.value), *log.errors)
    assert project.mapLayers() == {}


def test_the_details_of_an_error_are_in_the_log(image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", match="/ImageServer?f=json", message="No", details=["the disk is full"])
    log, url = Log(), image_server.service(LANDSAT)
    with pytest.raises(QgsProcessingException):
        run(MAKE, log, IN_IMAGE_SERVICE=url)
    assert log.debug[-1] == f"{url}\nNo\nthe disk is full"


def test_a_token_in_the_address_is_refused_before_anything_is_asked(image_server: ImageServerProcess) -> None:
    log = Log()
    with pytest.raises(QgsProcessingException, match="store it as an authentication configuration") as caught:
        run(MAKE, log, IN_IMAGE_SERVICE=f"{image_server.service(LANDSAT)}?token=SECRET42")
    assert "SECRET42" not in "".join([str(caught.value), *log.infos, *log.warnings, *log.debug, *log.errors])
    assert image_server.requests() == []
