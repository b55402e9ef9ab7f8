"""*Footprints* and *Rasters of an image service* bring the whole catalog home: outlines, types, dates."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    NULL,
    QgsProcessingException,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.export.footprints import outline
from image_server_layer.tests.imageserver.landsat import GRID, SCENES, TILTED
from image_server_layer.tests.processing.running import CATALOG, RASTERS, Log, run
from image_server_layer.tests.truth import landsat_extent

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def rows(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    """Return the attributes of all features by name."""
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, feature.attributes())) for feature in layer.getFeatures()]


def ids(outputs: dict[str, Any]) -> list[int]:
    return [row["OBJECTID"] for row in rows(outputs["OUTPUT"])]


def test_all_rasters_come_with_all_fields_and_their_types(image_server: ImageServerProcess) -> None:
    outputs = run(CATALOG, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    layer = outputs["OUTPUT"]
    assert (outputs["COUNT"], outputs["MISSING"], layer.crs().authid()) == (8, 0, "EPSG:31985")
    assert layer.wkbType() == QgsWkbTypes.MultiPolygon
    types = {field.name(): field.typeName() for field in layer.fields()}
    assert len(types) == 17
    wanted = {
        "OBJECTID": "int8",
        "Name": "string",
        "MinPS": "double",
        "Category": "integer",
        "CloudCover": "double",
        "AcquisitionDate": "datetime",
    }
    assert {name: types[name] for name in wanted} == wanted
    first, last = rows(layer)[0], rows(layer)[7]
    assert {name: first[name] for name in ("OBJECTID", "Name", "CloudCover", "Best", "ZOrder")} == {
        "OBJECTID": 1,
        "Name": SCENES[0].name,
        "CloudCover": 12.5,
        "Best": 60,
        "ZOrder": NULL,
    }
    assert last["CloudCover"] == NULL


def test_dates_are_moments_in_utc(image_server: ImageServerProcess) -> None:
    outputs = run(RASTERS, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    layer = outputs["OUTPUT"]
    assert layer.wkbType() == QgsWkbTypes.NoGeometry
    dates = [row["AcquisitionDate"] for row in rows(layer)]
    assert all(isinstance(date, QDateTime) for date in dates)
    truth = [datetime.strptime(scene.acquired, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc) for scene in SCENES]
    assert [date.toSecsSinceEpoch() for date in dates] == [int(moment.timestamp()) for moment in truth]
    assert {date.timeSpec() for date in dates} == {Qt.TimeSpec.UTC}


def test_outlines_are_the_footprints_not_their_boxes(image_server: ImageServerProcess) -> None:
    outputs = run(CATALOG, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    tilted = next(feature for feature in outputs["OUTPUT"].getFeatures() if feature["OBJECTID"] == 7)
    ring = tilted.geometry().asMultiPolygon()[0][0]
    truth = [(GRID.xmin + 28.5 * column, GRID.ymax - 28.5 * row) for column, row in TILTED]
    assert [(point.x(), point.y()) for point in ring[:-1]] == truth


def test_a_table_asks_for_no_outlines(image_server: ImageServerProcess) -> None:
    run(RASTERS, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    (query,) = (request.query for request in image_server.requests(operation="query") if "outFields" in request.query)
    assert query == {
        "where": "1=1",
        "orderByFields": "OBJECTID",
        "resultOffset": "0",
        "resultRecordCount": "1000",
        "outFields": "*",
        "returnGeometry": "false",
        "f": "json",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"WHERE_CLAUSE": "CloudCover < 10"}, [2, 4, 5]),
        ({"LOCK_RASTERID": "Recife"}, [7, 8]),
        ({"LOCK_RASTERID": "4;1", "WHERE_CLAUSE": "CloudCover > 1"}, [1]),
        ({"TEMPLATE": QgsRectangle(*landsat_extent(0, 0, 60, 60))}, [1]),
        ({"TEMPLATE": QgsRectangle(*landsat_extent(0, 300, 60, 50)), "WHERE_CLAUSE": "Best < 60"}, [4]),
    ],
)
def test_extent_where_and_lock_leave_some(
    image_server: ImageServerProcess, given: dict[str, Any], expected: list[int]
) -> None:
    service = image_server.service("Olinda/Landsat")
    assert ids(run(RASTERS, IN_IMAGE_SERVICE=service, OUTPUT="memory:", **given)) == expected


def test_a_layer_brings_its_options_and_what_is_given_goes_before_them(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), where_clause="CloudCover < 10")
    assert ids(run(CATALOG, INPUT=layer, OUTPUT="memory:")) == [2, 4, 5]
    assert ids(run(CATALOG, INPUT=layer.id(), WHERE_CLAUSE="Best = 60", OUTPUT="memory:")) == [1]


def test_an_extent_of_another_crs_is_transformed(image_server: ImageServerProcess) -> None:
    crs = QgsProject.instance().crs().fromOgcWmsCrs("EPSG:4326")
    west = QgsReferencedRectangle(QgsRectangle(-34.92, -7.955, -34.915, -7.95), crs)
    outputs = run(RASTERS, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), TEMPLATE=west, OUTPUT="memory:")
    text = next(request.query["geometry"] for request in image_server.requests(operation="query"))
    assert json.loads(text)["spatialReference"] == {"wkid": 31985}
    assert ids(outputs) == [1]


def test_a_hundred_thousand_rasters_come_in_pages_with_progress(image_server: ImageServerProcess) -> None:
    log, seen = Log(), list[float]()
    log.progressChanged.connect(seen.append)
    where = "OBJECTID <= 12500"
    outputs = run(
        RASTERS, log, IN_IMAGE_SERVICE=image_server.service("Test/BigCatalog"), WHERE_CLAUSE=where, OUTPUT="memory:"
    )
    assert (outputs["COUNT"], outputs["MISSING"]) == (12500, 0)
    assert ids(outputs) == list(range(1, 12501))
    pages = [request for request in image_server.requests(operation="query") if request.query.get("outFields") == "*"]
    assert len(pages) == 13
    assert seen[:2] == [8.0, 16.0]


def test_a_list_that_breaks_off_stays_and_says_so(image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", match="resultOffset=1000", code=500, message="Out of order")
    log = Log()
    outputs = run(
        RASTERS,
        log,
        IN_IMAGE_SERVICE=image_server.service("Test/BigCatalog"),
        WHERE_CLAUSE="OBJECTID <= 2500",
        OUTPUT="memory:",
    )
    assert (outputs["COUNT"], outputs["MISSING"]) == (1000, 1500)
    host = image_server.origin.removeprefix("http://")
    assert log.errors == [f"The list ends after 1000 of 2500 rasters: {host} answered with an error: Out of order"]


def test_a_cancel_ends_it(image_server: ImageServerProcess) -> None:
    log = Log()
    log.progressChanged.connect(lambda _: log.cancel())
    service = image_server.service("Test/BigCatalog")
    assert run(RASTERS, log, IN_IMAGE_SERVICE=service, OUTPUT="memory:") == {}
    pages = [request for request in image_server.requests(operation="query") if request.query.get("outFields") == "*"]
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("service", "given", "sentence"),
    [
        ("Olinda/Elevation", {}, "The service “Olinda/Elevation” has no catalog of rasters to look into."),
        (
            "Olinda/Landsat",
            {"WHERE_CLAUSE": "Best = 61"},
            "No raster of the service matches the where clause “Best = 61”; loosen it.",
        ),
    ],
)
def test_what_cannot_be_listed_is_one_sentence(
    image_server: ImageServerProcess, service: str, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(QgsProcessingException) as raised:
        run(CATALOG, IN_IMAGE_SERVICE=image_server.service(service), OUTPUT="memory:", **given)
    assert str(raised.value) == sentence


def test_layer_and_address_are_one_or_the_other(image_server: ImageServerProcess) -> None:
    service = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(service)
    for given, sentence in (
        ({}, "Choose an image server layer, or give the address of an image service."),
        (
            {"INPUT": layer, "IN_IMAGE_SERVICE": service},
            "Both the layer “Landsat” and an address are given: leave out one of them.",
        ),
    ):
        log = Log()
        with pytest.raises(QgsProcessingException):
            run(CATALOG, log, OUTPUT="memory:", **given)
        assert sentence in log.errors[0]


def test_values_of_another_type_are_null_and_counted(image_server: ImageServerProcess) -> None:
    feature = {"attributes": {"OBJECTID": 1, "Best": "many", "CloudCover": "NaN", "AcquisitionDate": "soon"}}
    body = json.dumps({"features": [feature]})
    image_server.fault("status", match="outFields", status=200, body=body, content_type="application/json")
    log = Log()
    outputs = run(
        RASTERS, log, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), LOCK_RASTERID="1", OUTPUT="memory:"
    )
    (row,) = rows(outputs["OUTPUT"])
    assert [row[name] for name in ("OBJECTID", "Best", "CloudCover", "AcquisitionDate")] == [1, NULL, NULL, NULL]
    assert log.warnings == ["Values that are not of the type of their field, and were left empty: 3."]


def test_holes_and_parts_of_an_outline_stay() -> None:
    def ring(xmin: float, size: float, *, clockwise: bool) -> tuple[tuple[float, float], ...]:
        corners = ((xmin, xmin), (xmin, xmin + size), (xmin + size, xmin + size), (xmin + size, xmin), (xmin, xmin))
        return corners if clockwise else corners[::-1]

    shape = outline([ring(0, 10, clockwise=True), ring(20, 10, clockwise=True), ring(22, 2, clockwise=False)])
    assert [len(polygon) for polygon in shape.asMultiPolygon()] == [1, 2]
    assert shape.area() == 196
    assert outline([]).isNull()
