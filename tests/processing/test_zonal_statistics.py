"""*Zonal statistics of an image service*: what the server computes is what is there, polygon by polygon."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDistanceArea,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import source_of
from image_server_layer.tests.processing.running import ZONAL, Log, run
from image_server_layer.tests.truth import NORTH_WEST, land_cover, landsat_extent, mosaic, shown_by

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

STATISTICS = ["count", "min", "max", "mean", "stddev", "median"]


def box(left: int, top: int, columns: int, rows: int) -> QgsGeometry:
    """Return a part of the Landsat scene that is given in its pixels."""
    return QgsGeometry.fromRect(QgsRectangle(*landsat_extent(left, top, columns, rows)))


def zones(shapes: Sequence[QgsGeometry], crs: str = "EPSG:31985") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}&field=number:integer", "zones", "memory")
    features = []
    for number, shape in enumerate(shapes):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(shape)
        feature.setAttributes([number])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def rows(outputs: dict[str, Any], name: str = "OUTPUT") -> list[dict[str, Any]]:
    layer = outputs[name]
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, feature.attributes())) for feature in layer.getFeatures()]


def band_of(row: dict[str, Any], band: str) -> list[Any]:
    return [row[f"{band}_{statistic}"] for statistic in STATISTICS]


def truth(values: np.ndarray[Any, Any]) -> list[float]:
    numbers = values.astype(float)
    return [numbers.size, numbers.min(), numbers.max(), numbers.mean(), numbers.std(), float(np.median(numbers))]


def test_polygons_get_the_statistics_of_all_bands_and_stay(image_server: ImageServerProcess) -> None:
    parts = [(0, 0, 40, 30), (100, 150, 60, 60), (340, 340, 9, 12)]
    layer = zones([box(*part) for part in parts])
    outputs = run(ZONAL, ZONES=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    found, pixels = rows(outputs), mosaic(NORTH_WEST)
    for row, (left, top, columns, lines) in zip(found, parts):
        for place, band in ((0, "Blue"), (5, "MidInfrared_2")):
            expected = truth(pixels[place, top : top + lines, left : left + columns])
            assert band_of(row, band) == pytest.approx(expected, rel=1e-12)
    assert [(row["number"], row["status"], row["problem"]) for row in found] == [(n, "value", NULL) for n in range(3)]
    assert {name: outputs[name] for name in ("COUNT", "VALUES", "OUTSIDE", "FAILED")} == {
        "COUNT": 3,
        "VALUES": 3,
        "OUTSIDE": 0,
        "FAILED": 0,
    }
    assert "CLASSES" not in outputs
    assert next(outputs["OUTPUT"].getFeatures()).geometry().area() == pytest.approx(box(*parts[0]).area())


def test_what_goes_over_the_wire(image_server: ImageServerProcess) -> None:
    hole = box(5, 5, 10, 10)
    shape = box(0, 0, 30, 30).difference(hole)
    # As GeoJSON has it; ArcGIS would take the outer ring for a hole.
    shape = QgsGeometry.fromPolygonXY([ring[::-1] for ring in shape.asPolygon()])
    run(
        ZONAL,
        ZONES=zones([shape]),
        IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"),
        LOCK_RASTERID="1;7",
        PROCESSING_TEMPLATE="NDVI",
        CELL_SIZE=57,
        OUTPUT="memory:",
    )
    (request,) = image_server.requests(operation="computeStatisticsHistograms")
    geometry = json.loads(request.query["geometry"])
    assert geometry["spatialReference"] == {"wkid": 31985}
    areas = [
        sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2 / 28.5**2 for ring in geometry["rings"]
    ]
    # Clockwise, and counterclockwise for the hole.
    assert areas == pytest.approx([-900, 100])
    assert json.loads(request.query["mosaicRule"])["lockRasterIds"] == [1, 7]
    assert json.loads(request.query["renderingRule"]) == {"rasterFunction": "NDVI"}
    assert json.loads(request.query["pixelSize"]) == {"x": 57, "y": 57, "spatialReference": {"wkid": 31985}}
    rest = set(request.query) - {"geometry", "mosaicRule", "renderingRule", "pixelSize"}
    assert {name: request.query[name] for name in rest} == {"geometryType": "esriGeometryPolygon", "f": "json"}


def test_options_of_a_layer_hold_and_its_extent_cuts(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"),
        band_index="4",
        lock_rasterid="2",
        template=QgsRectangle(*landsat_extent(120, 10, 50, 50)),
    )
    shapes = [box(115, 40, 20, 40), box(200, 100, 10, 10)]
    outputs = run(ZONAL, ZONES=zones(shapes), INPUT=layer, OUTPUT="memory:")
    inside, outside = rows(outputs)
    expected = truth(shown_by(2)[3, 40:60, 120:135])
    assert band_of(inside, "NearInfrared_1") == pytest.approx(expected)
    assert (outside["status"], outputs["OUTSIDE"]) == ("outside", 1)


def test_the_default_function_of_a_service_is_named(image_server: ImageServerProcess) -> None:
    service, layer = image_server.service("Test/LandsatDefault"), zones([box(0, 0, 10, 10)])
    (row,) = rows(run(ZONAL, ZONES=layer, IN_IMAGE_SERVICE=service, OUTPUT="memory:"))
    assert -1 <= next(value for name, value in row.items() if name.endswith("_min")) <= 1
    run(ZONAL, ZONES=layer, IN_IMAGE_SERVICE=service, PROCESSING_TEMPLATE="None", OUTPUT="memory:")
    requests = image_server.requests(operation="computeStatisticsHistograms")
    assert [json.loads(request.query["renderingRule"])["rasterFunction"] for request in requests] == ["NDVI", "None"]


def test_polygons_of_another_crs_are_transformed(image_server: ImageServerProcess) -> None:
    shape = box(50, 50, 30, 30)
    shape = shape.buffer(-1, 1)
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    shape.transform(QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:31985"), crs, QgsProject.instance()))
    layer, service = zones([shape], "EPSG:4326"), image_server.service("Olinda/Landsat")
    outputs = run(ZONAL, ZONES=layer, IN_IMAGE_SERVICE=service, OUTPUT="memory:")
    (row,) = rows(outputs)
    assert band_of(row, "Blue") == pytest.approx(truth(mosaic(NORTH_WEST)[0, 50:80, 50:80]))
    assert outputs["OUTPUT"].crs().authid() == "EPSG:4326"


@pytest.mark.parametrize(("unit", "square_meters"), [("m2", 1.0), ("ha", 1e4), ("km2", 1e6)])
def test_classes_come_with_names_and_areas_on_the_ground(
    image_server: ImageServerProcess, unit: str, square_meters: float
) -> None:
    layer = make_image_server_layer(image_server.service("PuertoRico/LandCover"))
    extent, cell = layer.extent(), layer.rasterUnitsPerPixelX()
    shape = QgsRectangle(
        extent.xMinimum() + 20 * cell,
        extent.yMaximum() - 70 * cell,
        extent.xMinimum() + 80 * cell,
        extent.yMaximum() - 10 * cell,
    )
    polygon = QgsGeometry.fromRect(shape)
    outputs = run(
        ZONAL,
        ZONES=zones([polygon], layer.crs().authid()),
        INPUT=layer,
        AREA_UNIT=unit,
        OUTPUT="memory:",
        CLASSES="memory:",
    )
    pixels = land_cover()[0, 10:70, 20:80]
    values, counts = np.unique(pixels[pixels != 0], return_counts=True)
    found = [row for row in rows(outputs, "CLASSES") if row["value"] != 0]
    assert [(row["value"], row["count"]) for row in found] == list(zip(values.tolist(), counts.tolist()))
    measure = QgsDistanceArea()
    measure.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    measure.setEllipsoid(layer.crs().ellipsoidAcronym())
    of_a_cell = measure.measureArea(polygon) / 3600 / square_meters
    assert [row[f"area_{unit}"] for row in found] == pytest.approx([count * of_a_cell for count in counts], rel=1e-9)
    source = source_of(layer)
    assert source is not None
    names = {row.value: row.label for row in source.classes}
    assert [row["name"] for row in found] == [names[value] for value in values]
    assert {row["number"] for row in found} == {0}


def test_of_fractions_the_table_has_bins(image_server: ImageServerProcess) -> None:
    outputs = run(
        ZONAL,
        ZONES=zones([box(0, 0, 20, 20)]),
        IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"),
        PROCESSING_TEMPLATE="NDVI",
        OUTPUT="memory:",
        CLASSES="memory:",
    )
    found = rows(outputs, "CLASSES")
    assert sum(row["count"] for row in found) == 400
    assert {row["value"] for row in found} == {NULL}
    assert all(-1 <= row["from"] < row["to"] <= 1 for row in found)


def test_polygons_that_the_server_cannot_take_stay_and_say_why(image_server: ImageServerProcess) -> None:
    shapes = [box(0, 0, 10, 10), box(0, 0, 300, 300), box(50, 50, 10, 10)]
    words = "The requested image exceeds the size limit."
    image_server.fault("json_error", match="9112210.75", code=400, message=words)
    log = Log()
    outputs = run(
        ZONAL, log, ZONES=zones(shapes), IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:"
    )
    found = rows(outputs)
    assert [row["status"] for row in found] == ["value", "failed", "value"]
    assert band_of(found[1], "Blue") == [NULL] * 6
    assert found[1]["problem"].endswith("answered with an error: The requested image exceeds the size limit.")
    assert (outputs["VALUES"], outputs["FAILED"]) == (2, 1)
    assert log.errors == ["Polygons without statistics, marked as failed: 1. A field says why."]


def test_outside_and_empty_polygons_stay_without_a_request(image_server: ImageServerProcess) -> None:
    far = QgsGeometry.fromRect(QgsRectangle(0, 0, 10, 10))
    layer = zones([far, QgsGeometry()])
    outputs = run(ZONAL, ZONES=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert [row["status"] for row in rows(outputs)] == ["outside", "outside"]
    assert image_server.requests(operation="computeStatisticsHistograms") == []


def body(**statistics: Any) -> dict[str, Any]:
    histogram = {"size": 2, "min": 1, "max": 2, "counts": [3, 4]}
    answer = {"statistics": [statistics], "histograms": [histogram]}
    return {"status": 200, "body": json.dumps(answer), "content_type": "application/json"}


def computed(server: ImageServerProcess, answer: dict[str, Any], log: Log | None = None) -> dict[str, Any]:
    server.fault("status", match="computeStatisticsHistograms", **answer)
    shape = QgsGeometry.fromRect(QgsRectangle(300000, 9099900, 300100, 9100000))
    service = server.service("Test/Single")
    return run(ZONAL, log, ZONES=zones([shape]), IN_IMAGE_SERVICE=service, OUTPUT="memory:", CLASSES="memory:")


def test_what_is_not_told_or_no_number_is_empty(image_server: ImageServerProcess) -> None:
    outputs = computed(image_server, body(min="NaN", max="Infinity", mean=1.5, standardDeviation=None))
    (row,) = rows(outputs)
    # The histogram tells the count.
    assert band_of(row, "Band_1") == [7, NULL, NULL, 1.5, NULL, NULL]
    assert [(one["value"], one["count"]) for one in rows(outputs, "CLASSES")] == [(1.0, 3), (2.0, 4)]


def test_statistics_of_other_bands_are_not_taken(image_server: ImageServerProcess) -> None:
    one = {"min": 1, "max": 2, "mean": 1.5, "standardDeviation": 1, "count": 7}
    answer = {"status": 200, "body": json.dumps({"statistics": [one, one]}), "content_type": "application/json"}
    (row,) = rows(computed(image_server, answer))
    assert (row["status"], band_of(row, "Band_1")) == ("failed", [NULL] * 6)
    assert row["problem"] == "The service tells statistics of 2 bands, but has 1."


def test_samples_of_the_pixels_are_marked_and_have_no_areas(image_server: ImageServerProcess) -> None:
    log = Log()
    outputs = computed(image_server, body(min=1, max=2, mean=1.5, standardDeviation=1, skipX=3, skipY=3), log)
    (row,) = rows(outputs)
    assert (row["status"], row["Band_1_mean"]) == ("approximate", 1.5)
    assert {one["area_m2"] for one in rows(outputs, "CLASSES")} == {NULL}
    assert log.warnings == [
        "Polygons for which the server has left out rows or columns of pixels, marked as approximate: 1."
    ]


def test_no_pixels_are_no_data(image_server: ImageServerProcess) -> None:
    outputs = computed(image_server, {"status": 200, "body": '{"statistics": [], "histograms": []}'})
    assert [row["status"] for row in rows(outputs)] == ["nodata"]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "json_error", "code": 400, "message": "Invalid URL"},
        {"kind": "html"},
        {"kind": "status", "status": 404},
    ],
)
def test_without_the_operation_one_sentence_says_what_to_do(
    image_server: ImageServerProcess, fault: dict[str, Any]
) -> None:
    image_server.fault(**fault, match="computeStatisticsHistograms")
    with pytest.raises(QgsProcessingException) as raised:
        run(
            ZONAL,
            ZONES=zones([box(0, 0, 9, 9)]),
            IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"),
            OUTPUT="memory:",
        )
    assert str(raised.value).startswith("The service “Olinda/Landsat” computes no statistics (")
    assert str(raised.value).endswith(
        "; use QGIS' Zonal Statistics on an image server layer instead, which reads the pixels."
    )


def test_old_servers_and_other_nodata_are_refused(image_server: ImageServerProcess) -> None:
    layer = zones([box(0, 0, 9, 9)])
    with pytest.raises(QgsProcessingException, match=r"computes no statistics \(its version is 9\.3\)"):
        run(ZONAL, ZONES=layer, IN_IMAGE_SERVICE=image_server.service("Test/Version93"), OUTPUT="memory:")
    service = make_image_server_layer(image_server.service("Olinda/Landsat"), nodata=0)
    with pytest.raises(QgsProcessingException, match="know no other nodata values"):
        run(ZONAL, ZONES=layer, INPUT=service, OUTPUT="memory:")


def test_what_has_come_stays_when_the_server_goes_away(image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", match="computeStatisticsHistograms", after=8, code=403, message="Closed")
    layer = zones([box(column, 0, 5, 5) for column in range(0, 300, 5)])
    log = Log()
    outputs = run(ZONAL, log, ZONES=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert [row["status"] for row in rows(outputs)] == ["value"] * 8 + ["failed"] * 52
    assert len(image_server.requests(operation="computeStatisticsHistograms")) == 24


def test_a_cancel_ends_it(image_server: ImageServerProcess) -> None:
    log = Log()
    log.progressChanged.connect(lambda _: log.cancel())
    layer = zones([box(column, 0, 5, 5) for column in range(0, 300, 5)])
    service = image_server.service("Olinda/Landsat")
    assert run(ZONAL, log, ZONES=layer, IN_IMAGE_SERVICE=service, OUTPUT="memory:") == {}
    assert len(image_server.requests(operation="computeStatisticsHistograms")) == 8


def test_it_equals_what_qgis_computes_from_the_layer(image_server: ImageServerProcess) -> None:
    service = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(service, mosaic_method="BY_ATTRIBUTE", order_field="Best")
    circle = QgsGeometry.fromPointXY(box(150, 150, 1, 1).centroid().asPoint()).buffer(1500, 16)
    shapes = zones([circle, box(20, 30, 71, 53)])
    ours = rows(run(ZONAL, ZONES=shapes, INPUT=layer, OUTPUT="memory:"))
    local = run(
        "native:zonalstatisticsfb",
        INPUT=shapes,
        INPUT_RASTER=layer,
        RASTER_BAND=3,
        COLUMN_PREFIX="Red_",
        STATISTICS=[0, 2, 3, 4, 5, 6],
        OUTPUT="memory:",
    )
    for one, other in zip(ours, rows(local)):
        expected = [other[f"Red_{name}"] for name in ("count", "min", "max", "mean", "stdev", "median")]
        assert band_of(one, "Red") == pytest.approx(expected, rel=1e-12)
