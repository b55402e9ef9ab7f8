"""*Sample an image service*: values at points are those of the pixels there, whatever the service answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import NULL, QgsFeature, QgsGeometry, QgsPointXY, QgsProcessingException, QgsVectorLayer

from image_server_layer import make_image_server_layer
from image_server_layer.tests.processing.running import SAMPLE, Log, run
from image_server_layer.tests.test_imageserver.client import projected
from image_server_layer.tests.truth import (
    LANDSAT_CELL,
    LANDSAT_ORIGIN,
    LANDSAT_SIZE,
    NORTH_WEST,
    elevation,
    mosaic,
    shown_by,
)

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

Place = tuple[int, int]
BANDS = ["Blue", "Green", "Red", "NearInfrared_1", "MidInfrared_1", "MidInfrared_2"]


def ground(place: Sequence[float]) -> tuple[float, float]:
    """Return the ground point in the middle of a pixel of the Landsat scene, given by column and row."""
    column, row = place
    return LANDSAT_ORIGIN[0] + (column + 0.5) * LANDSAT_CELL, LANDSAT_ORIGIN[1] - (row + 0.5) * LANDSAT_CELL


def points(places: Sequence[tuple[float, float]], crs: str = "EPSG:31985") -> QgsVectorLayer:
    """Return a layer of points with a number and a name each."""
    layer = QgsVectorLayer(f"Point?crs={crs}&field=number:integer&field=Red:string", "points", "memory")
    features = []
    for number, place in enumerate(places):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
        feature.setAttributes([number, f"point {number}"])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def table(outputs: dict[str, Any]) -> list[list[Any]]:
    return [feature.attributes() for feature in outputs["OUTPUT"].getFeatures()]


def values(outputs: dict[str, Any], count: int = 6) -> list[list[Any]]:
    """Return the values of the bands, point by point."""
    return [row[-count - 1 : -1] for row in table(outputs)]


def statuses(outputs: dict[str, Any]) -> list[str]:
    return [row[-1] for row in table(outputs)]


def some_places(count: int) -> list[Place]:
    random = np.random.RandomState(3)
    columns, rows = random.randint(0, LANDSAT_SIZE[0], count), random.randint(0, LANDSAT_SIZE[1], count)
    return [(int(column), int(row)) for column, row in zip(columns, rows)]


def pixels_at(pixels: np.ndarray[Any, Any], places: Sequence[Place]) -> list[list[float]]:
    return [pixels[:, row, column].tolist() for column, row in places]


def test_points_get_the_values_of_all_bands_in_their_order(image_server: ImageServerProcess) -> None:
    places = some_places(1500)
    layer = points([ground(place) for place in places])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert values(outputs) == pixels_at(mosaic(NORTH_WEST), places)
    assert {name: outputs[name] for name in ("COUNT", "VALUES", "OUTSIDE", "FAILED")} == {
        "COUNT": 1500,
        "VALUES": 1500,
        "OUTSIDE": 0,
        "FAILED": 0,
    }
    result = outputs["OUTPUT"]
    names = [field.name() for field in result.fields()]
    assert names == ["number", "Red", "Blue", "Green", "Red_2", *BANDS[3:], "status"]
    assert [row[:2] for row in table(outputs)[:2]] == [[0, "point 0"], [1, "point 1"]]
    assert next(result.getFeatures()).geometry().asPoint() == QgsPointXY(*ground(places[0]))
    requests = image_server.requests(operation="getSamples")
    # Fifty to find a point with a value, and then by five hundred.
    assert len(json.loads(requests[0].query["geometry"])["points"]) == 50
    assert len(requests) == 4
    assert {request.method for request in requests[1:]} == {"POST"}
    assert image_server.requests(operation="exportImage") == []


def test_what_goes_over_the_wire_is_what_the_operation_knows(image_server: ImageServerProcess) -> None:
    run(
        SAMPLE,
        POINTS=points([ground((5, 5))]),
        IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"),
        LOCK_RASTERID="1;7",
        WHERE_CLAUSE="Best < 70",
        INTERPOLATION="BILINEAR",
        CELL_SIZE=57,
        OUTPUT="memory:",
    )
    (request,) = image_server.requests(operation="getSamples")
    x, y = ground((5, 5))
    given = {name: json.loads(request.query[name]) for name in ("geometry", "mosaicRule", "pixelSize")}
    assert given["geometry"] == {"points": [[x, y]], "spatialReference": {"wkid": 31985}}
    assert given["mosaicRule"]["lockRasterIds"] == [1, 7]
    assert given["mosaicRule"]["where"] == "Best < 70"
    assert given["pixelSize"] == {"x": 57, "y": 57, "spatialReference": {"wkid": 31985}}
    rest = {name: value for name, value in request.query.items() if name not in given}
    assert rest == {
        "geometryType": "esriGeometryMultipoint",
        "returnFirstValueOnly": "true",
        "interpolation": "RSP_BilinearInterpolation",
        "f": "json",
    }


def test_bands_lock_and_where_of_a_layer_hold(image_server: ImageServerProcess) -> None:
    places = [(130, 180), (115, 160)]
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), band_index="4;1", lock_rasterid="7;5")
    outputs = run(SAMPLE, POINTS=points([ground(place) for place in places]), INPUT=layer, OUTPUT="memory:")
    assert values(outputs, 2) == pixels_at(shown_by(7)[[3, 0]], places)


def test_points_of_another_crs_are_transformed(image_server: ImageServerProcess) -> None:
    places = some_places(20)
    x, y = projected("EPSG:31985", "EPSG:4326", *np.array([ground(place) for place in places]).T)
    layer = points(list(zip(x.tolist(), y.tolist())), "EPSG:4326")
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert values(outputs) == pixels_at(mosaic(NORTH_WEST), places)
    assert outputs["OUTPUT"].crs().authid() == "EPSG:4326"


def test_points_outside_are_empty_and_counted_and_cost_nothing(image_server: ImageServerProcess) -> None:
    log = Log()
    layer = points([ground((-3, 5)), ground((5, 5)), ground((5, 900))])
    outputs = run(SAMPLE, log, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert statuses(outputs) == ["outside", "value", "outside"]
    assert values(outputs)[0] == [NULL] * 6
    assert "Points outside the image: 2." in log.warnings
    (request,) = image_server.requests(operation="getSamples")
    assert len(json.loads(request.query["geometry"])["points"]) == 1


def test_no_data_is_empty_and_never_zero(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Elevation"))
    extent, cell = layer.extent(), layer.rasterUnitsPerPixelX()
    places = [(50, 2), (105, 2), (51, 3)]
    at = [(extent.xMinimum() + (c + 0.5) * cell, extent.yMaximum() - (r + 0.5) * cell) for c, r in places]
    outputs = run(SAMPLE, POINTS=points(at, layer.crs().authid() or layer.crs().toWkt()), INPUT=layer, OUTPUT="memory:")
    truth = elevation()[0]
    assert values(outputs, 1) == [[truth[2, 50]], [NULL], [truth[3, 51]]]
    assert statuses(outputs) == ["value", "nodata", "value"]


def test_no_data_may_be_that_of_one_band(image_server: ImageServerProcess) -> None:
    layer = points([(300005.0, 9099995.0), (300205.0, 9099995.0)])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Test/NoDataPerBand"), OUTPUT="memory:")
    assert values(outputs, 3) == [[NULL, NULL, NULL], [21, 31, 41]]


@pytest.mark.parametrize("fault", [{}, {"kind": "json_error", "match": "getSamples"}], ids=["samples", "pixels"])
def test_the_value_that_stands_for_no_data_is_empty(image_server: ImageServerProcess, fault: dict[str, Any]) -> None:
    """Whether the server leaves it out, or tells it like any other."""
    truth = mosaic(NORTH_WEST)[:, 5, 5].tolist()
    image_server.patch("Olinda/Landsat", {"noDataValues": [truth[0], None, truth[2] + 1, None, None, None]})
    if fault:
        image_server.fault(**fault)
    service = image_server.service("Olinda/Landsat")
    outputs = run(SAMPLE, POINTS=points([ground((5, 5))]), IN_IMAGE_SERVICE=service, OUTPUT="memory:")
    assert (values(outputs), statuses(outputs)) == ([[NULL, *truth[1:]]], ["value"])


def test_what_is_masked_in_a_tile_is_empty(image_server: ImageServerProcess) -> None:
    # The pixel of the first row and the eighth column is masked, the one before it is not.
    layer = points([(300000.0 + (column + 0.5) * 4, 9100000.0 - 2) for column in (6, 7, 8)])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Test/LercTiles"), OUTPUT="memory:")
    assert values(outputs, 1) == [[1001.5], [NULL], [1002.0]]
    assert statuses(outputs) == ["value", "nodata", "value"]


def test_values_of_other_bands_are_not_taken(image_server: ImageServerProcess) -> None:
    image_server.fault("samples", match="getSamples", value="1 2")
    log, layer = Log(), points([ground((5, 5))])
    outputs = run(SAMPLE, log, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert values(outputs) == [mosaic(NORTH_WEST)[:, 5, 5].tolist()]
    assert any("tells 2 values of a point, but has 6 bands" in info for info in log.infos)


@pytest.mark.parametrize("limit", [7, 120])
def test_an_answer_that_is_cut_off_is_completed(image_server: ImageServerProcess, limit: int) -> None:
    places = some_places(300)
    image_server.fault("samples", match="getSamples", limit=limit)
    layer = points([ground(place) for place in places])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert values(outputs) == pixels_at(mosaic(NORTH_WEST), places)


@pytest.mark.parametrize("text", ["NaN Infinity -Infinity NaN NaN NaN", "NoData", "1.#QNAN 1.#INF  "])
def test_what_is_no_number_is_empty(image_server: ImageServerProcess, text: str) -> None:
    image_server.fault("samples", match="getSamples", value=text)
    layer = points([ground((5, 5))])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert (values(outputs), statuses(outputs)) == ([[NULL] * 6], ["nodata"])


def test_values_of_other_points_are_not_taken(image_server: ImageServerProcess) -> None:
    image_server.fault("samples", match="getSamples", shift=1)
    places = some_places(30)
    log, layer = Log(), points([ground(place) for place in places])
    outputs = run(SAMPLE, log, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    # The pixels tell the truth.
    assert values(outputs) == pixels_at(mosaic(NORTH_WEST), places)
    assert any("gave values for other points than it was asked for" in info for info in log.infos)


def test_a_function_is_read_from_the_pixels_few_images_for_many_points(image_server: ImageServerProcess) -> None:
    places = some_places(400)
    log, layer = Log(), points([ground(place) for place in places])
    outputs = run(
        SAMPLE,
        log,
        POINTS=layer,
        IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"),
        PROCESSING_TEMPLATE="NDVI",
        OUTPUT="memory:",
    )
    truth = mosaic(NORTH_WEST).astype(float)
    ndvi = (truth[3] - truth[2]) / (truth[3] + truth[2])
    assert [row[0] for row in values(outputs, 1)] == pytest.approx([ndvi[r, c] for c, r in places], abs=1e-6)
    assert image_server.requests(operation="getSamples") == []
    assert 4 <= len(image_server.requests(operation="exportImage")) <= 6
    assert any("getSamples knows no processing templates" in info for info in log.infos)


def test_the_default_function_of_a_service_holds_as_in_a_layer(image_server: ImageServerProcess) -> None:
    service, layer = image_server.service("Test/LandsatDefault"), points([ground((5, 5))])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=service, OUTPUT="memory:")
    truth = mosaic(NORTH_WEST)[:, 5, 5].astype(float)
    assert values(outputs, 1)[0][0] == pytest.approx((truth[3] - truth[2]) / (truth[3] + truth[2]), abs=1e-6)
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=service, PROCESSING_TEMPLATE="None", OUTPUT="memory:")
    assert values(outputs)[0] == truth.tolist()


@pytest.mark.parametrize("fault", [{"kind": "json_error", "code": 400, "message": "Invalid URL"}, {"kind": "html"}])
def test_without_getsamples_the_pixels_are_read(image_server: ImageServerProcess, fault: dict[str, Any]) -> None:
    image_server.fault(**fault, match="getSamples")
    places = some_places(200)
    log, layer = Log(), points([ground(place) for place in places])
    outputs = run(SAMPLE, log, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert values(outputs) == pixels_at(mosaic(NORTH_WEST), places)
    assert len(image_server.requests(operation="getSamples")) == 1
    assert any(info.startswith("The service does not answer getSamples (") for info in log.infos)


def test_servers_before_it_are_not_asked(image_server: ImageServerProcess) -> None:
    layer = points([(300005.0, 9099995.0)])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Test/Version93"), OUTPUT="memory:")
    assert values(outputs, 3) == [[1, 11, 21]]
    assert image_server.requests(operation="getSamples") == []


def test_what_has_come_stays_and_the_rest_is_marked(image_server: ImageServerProcess) -> None:
    places = some_places(4500)
    log, layer = Log(), points([ground(place) for place in places])
    image_server.fault("json_error", match="getSamples", after=5, code=403, message="Closed for today")
    outputs = run(SAMPLE, log, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Test/Single"), OUTPUT="memory:")
    assert outputs["OUTSIDE"] == 4500
    outputs = run(SAMPLE, log, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    told = statuses(outputs)
    assert (outputs["COUNT"], outputs["VALUES"], outputs["FAILED"]) == (4500, 2000, 2500)
    assert told[:2000] == ["value"] * 2000
    assert told[2000:] == ["failed"] * 2500
    assert values(outputs)[2000] == [NULL] * 6
    assert log.errors[0].startswith("Points that could not be asked for, and are marked as failed: 2500. ")


def test_lines_are_sampled_along_their_length(image_server: ImageServerProcess) -> None:
    layer = QgsVectorLayer("LineString?crs=EPSG:31985&field=number:integer", "lines", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes([9])
    feature.setGeometry(QgsGeometry.fromPolylineXY([QgsPointXY(*ground((10, 20))), QgsPointXY(*ground((40, 20)))]))
    layer.dataProvider().addFeatures([feature])
    service = image_server.service("Olinda/Landsat")
    outputs = run(SAMPLE, POINTS=layer, DISTANCE=5 * LANDSAT_CELL, IN_IMAGE_SERVICE=service, OUTPUT="memory:")
    places = [(column, 20) for column in range(10, 41, 5)]
    assert values(outputs) == pixels_at(mosaic(NORTH_WEST), places)
    assert [row[:2] for row in table(outputs)] == [[9, step * 5 * LANDSAT_CELL] for step in range(7)]
    with pytest.raises(QgsProcessingException, match="give the distance along lines"):
        run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=service, OUTPUT="memory:")


def test_features_without_a_place_stay(image_server: ImageServerProcess) -> None:
    layer = points([ground((5, 5))])
    empty = QgsFeature(layer.fields())
    empty.setAttributes([7, "nowhere"])
    layer.dataProvider().addFeatures([empty])
    outputs = run(SAMPLE, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT="memory:")
    assert statuses(outputs) == ["value", "outside"]
    assert table(outputs)[1][:2] == [7, "nowhere"]


def test_points_are_held_page_by_page_with_progress_and_cancel(image_server: ImageServerProcess) -> None:
    layer = points([(300005.0 + column % 900, 9099995.0 - column // 900) for column in range(9000)])
    log, seen = Log(), list[float]()

    def stop(progress: float) -> None:
        seen.append(progress)
        if progress > 40:
            log.cancel()

    log.progressChanged.connect(stop)
    assert run(SAMPLE, log, POINTS=layer, IN_IMAGE_SERVICE=image_server.service("Test/F64"), OUTPUT="memory:") == {}
    assert seen == pytest.approx([100 * 2000 / 9000, 100 * 4000 / 9000])


def test_it_equals_what_qgis_samples_from_the_layer(image_server: ImageServerProcess) -> None:
    places = some_places(300)
    service = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(service, mosaic_method="BY_ATTRIBUTE", order_field="Best")
    cloud = points([ground(place) for place in places])
    ours = run(SAMPLE, POINTS=cloud, INPUT=layer, OUTPUT="memory:")
    local = run("native:rastersampling", INPUT=cloud, RASTERCOPY=layer, COLUMN_PREFIX="v", OUTPUT="memory:")
    assert values(ours) == [row[-6:] for row in table(local)]


def many(count: int) -> QgsVectorLayer:
    return points([ground((place % 300, 5)) for place in range(count)])


def test_how_much_will_be_asked_is_said_first(image_server: ImageServerProcess) -> None:
    log, service = Log(), image_server.service("Olinda/Landsat")
    run(SAMPLE, log, POINTS=many(1200), IN_IMAGE_SERVICE=service, OUTPUT="memory:")
    assert "Points to sample: 1200, in about 3 requests." in log.infos
    log = Log()
    run(SAMPLE, log, POINTS=many(700), IN_IMAGE_SERVICE=service, PROCESSING_TEMPLATE="NDVI", OUTPUT="memory:")
    # One image for 256 × 256 cells: four for a scene of 349 × 352.
    assert "Points to sample: 700, in about 4 requests." in log.infos


def test_more_points_than_allowed_are_refused_before_one_is_asked_for(image_server: ImageServerProcess) -> None:
    with pytest.raises(
        QgsProcessingException,
        match=r"There are 1001 points to sample, which takes about 3 requests, and 1000 points are allowed: raise "
        r"MOST_POINTS, or take fewer points\.",
    ):
        run(
            SAMPLE,
            POINTS=many(1001),
            IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"),
            MOST_POINTS=1000,
            OUTPUT="memory:",
        )
    assert image_server.requests(operation="getSamples") == []


def test_points_along_lines_are_counted_without_a_limit_of_features(image_server: ImageServerProcess) -> None:
    layer = QgsVectorLayer("LineString?crs=EPSG:31985", "a line", "memory")
    feature = QgsFeature()
    ends = [QgsPointXY(*ground((0, 0))), QgsPointXY(*ground((300, 0)))]
    feature.setGeometry(QgsGeometry.fromPolylineXY(ends))
    layer.dataProvider().addFeatures([feature])
    given = {"POINTS": layer, "IN_IMAGE_SERVICE": image_server.service("Olinda/Landsat"), "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException, match=r"There are 855001 points to sample"):
        run(SAMPLE, **given, DISTANCE=0.01)
    log = Log()
    assert run(SAMPLE, log, **given, DISTANCE=28.5)["COUNT"] == 301
    assert "Points to sample: 301, in about 1 request." in log.infos
