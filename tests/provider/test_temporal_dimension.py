"""One layer plays the times of a multidimensional service: frames against known pixels, and what they cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import (
    QgsDateTimeRange,
    QgsGeometry,
    QgsIdentifyContext,
    QgsProject,
    QgsRasterLayer,
    QgsTemporalUtils,
    QgsUnitTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapToolIdentify
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source_reader import BrokenSourceError, read_layer_source
from image_server_layer.tests.imageserver.climate import DEPTHS, MOMENTS, NO_DATA, climate_pixels, months, water_value
from image_server_layer.tests.provider.drawing import finished, started_frame

if TYPE_CHECKING:
    from pathlib import Path

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

CLIMATE, WATER = "Test/Climate", "Test/Water"


def utc(*day: int) -> QDateTime:
    return QDateTime(QDate(*day), QTime(0, 0), Qt.TimeSpec.UTC)


def month(year: int, number: int) -> QgsDateTimeRange:
    """Return the frame of a month, as the controller has it."""
    return QgsDateTimeRange(utc(year, number, 1), utc(year, number, 1).addMonths(1), True, False)


def drawn(layer: QgsRasterLayer, time: QgsDateTimeRange | None) -> np.ndarray[Any, Any]:
    """Draw a frame pixel for pixel; return red, green, blue and alpha."""
    pixels, errors = finished(started_frame(layer, time))
    assert errors == []
    return np.asarray(pixels)


def stretched(layer: QgsRasterLayer, values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the shades of gray in which QGIS draws values."""
    stretch = layer.renderer().contrastEnhancement()
    low, high = stretch.minimumValue(), stretch.maximumValue()
    return np.clip((values.astype(np.float64) - low) / (high - low) * 255, 0, 255)


def asked(server: ImageServerProcess) -> list[Any]:
    """Return the values of StdTime in the images that were asked for."""
    rules = [json.loads(request.query["mosaicRule"]) for request in server.requests(operation="exportImage")]
    server.clear()
    return [
        part["values"]
        for rule in rules
        for part in rule["multidimensionalDefinition"]
        if part["dimensionName"] == "StdTime"
    ]


def test_each_month_shows_its_own_pixels(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), variable="tas")
    assert asked(image_server) == [[months()[0]]]
    for number in (1, 7, 12):
        expected = climate_pixels("tas")[number - 1]
        pixels, known = drawn(layer, month(1999, number)), expected != np.float32(NO_DATA)
        np.testing.assert_array_equal(pixels[3] > 0, known)
        np.testing.assert_allclose(pixels[0][known], stretched(layer, expected)[known], atol=1)
    assert asked(image_server) == [[months()[0]], [months()[6]], [months()[11]]]


def test_a_frame_without_a_value_shows_nothing_and_asks_nobody(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER))
    asked(image_server)
    assert not drawn(layer, month(2020, 3))[3].any()
    assert not drawn(layer, month(2031, 1))[3].any()
    assert image_server.requests() == []
    assert drawn(layer, month(2020, 4))[3].all()


def test_identify_tells_the_value_of_the_frame(image_server: ImageServerProcess, qgis_canvas: QgsMapCanvas) -> None:
    layer = make_image_server_layer(image_server.service(WATER), dimensions="StdZ=-10")
    qgis_canvas.setDestinationCrs(layer.crs())
    qgis_canvas.setExtent(layer.extent())
    tool, context = QgsMapToolIdentify(qgis_canvas), QgsIdentifyContext()
    point = QgsGeometry.fromPointXY(layer.extent().center())
    for number, expected in ((2, f"{water_value('water_temp', StdTime=MOMENTS[1], StdZ=-10.0):g}"), (3, "no data")):
        context.setTemporalRange(month(2020, number))
        mode, kind = QgsMapToolIdentify.IdentifyMode.TopDownAll, QgsMapToolIdentify.Type.RasterLayer
        found = tool.identify(point, mode, [layer], kind, context)
        assert [text for result in found for text in result.mAttributes.values()] == [expected]


def test_the_nearest_value_is_shown_where_that_is_wanted(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER), nearest_date=True)
    asked(image_server)
    drawn(layer, QgsDateTimeRange(utc(2020, 2, 10), utc(2020, 2, 20)))
    drawn(layer, month(2020, 3))
    drawn(layer, month(2030, 1))
    # The 1st of April follows March at once; January is shown for nothing before it.
    assert asked(image_server) == [[MOMENTS[1]], [MOMENTS[2]]]
    drawn(layer, month(2010, 1))
    assert asked(image_server) == [[MOMENTS[0]]]


def test_of_several_values_in_a_frame_the_first_is_shown(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER))
    asked(image_server)
    drawn(layer, QgsDateTimeRange(utc(2020, 1, 15), utc(2021, 1, 1), True, False))
    assert asked(image_server) == [[MOMENTS[1]]]


def test_the_other_dimensions_stay(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER), dimensions={"StdZ": DEPTHS[2]})
    image_server.clear()
    drawn(layer, month(2020, 4))
    (request,) = image_server.requests(operation="exportImage")
    assert json.loads(request.query["mosaicRule"])["multidimensionalDefinition"] == [
        {"variableName": "water_temp", "dimensionName": "StdTime", "values": [MOMENTS[2]], "isSlice": True},
        {"variableName": "water_temp", "dimensionName": "StdZ", "values": [-50], "isSlice": True},
    ]
    assert "time" not in request.query


@pytest.mark.parametrize("given", [{"dimensions": "StdTime=2020-02"}, {"variable": "salinity"}, {"lock_rasterid": "1"}])
def test_a_layer_of_a_fixed_slice_does_not_follow(image_server: ImageServerProcess, given: dict[str, Any]) -> None:
    layer = make_image_server_layer(image_server.service(WATER), **given)
    assert not layer.temporalProperties().isActive()
    image_server.clear()
    drawn(layer, month(2031, 1))
    assert len(image_server.requests(operation="exportImage")) == 1


def test_qgis_knows_the_range_and_the_values_also_from_a_saved_project(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    project, path = QgsProject.instance(), str(tmp_path / "climate.qgs")
    make_image_server_layer(image_server.service(CLIMATE), variable="tas")
    assert project.write(path)
    project.clear()
    assert project.read(path)
    (layer,) = project.mapLayers().values()
    assert layer.temporalProperties().isActive()
    found = QgsTemporalUtils.calculateTemporalRangeForProject(project)
    assert (found.begin(), found.end()) == (utc(1999, 1, 31), utc(1999, 12, 31))
    ranges = layer.dataProvider().temporalCapabilities().allAvailableTemporalRanges()
    assert [time.begin().toMSecsSinceEpoch() for time in ranges] == list(months())
    image_server.clear()
    drawn(layer, month(1999, 7))
    assert asked(image_server) == [[months()[6]]]


@pytest.mark.parametrize("broken", ['"dates":[]', '"dates":5', '"time_dimension":7'])
def test_a_dimension_that_the_plugin_never_writes_is_refused(image_server: ImageServerProcess, broken: str) -> None:
    text = make_image_server_layer(image_server.service(WATER)).source()
    dates = f'"dates":{json.dumps(list(MOMENTS), separators=(",", ":"))}'
    replaced = dates if broken.startswith('"dates') else '"time_dimension":"StdTime"'
    assert replaced in text
    with pytest.raises(BrokenSourceError):
        read_layer_source(text.replace(replaced, broken))


def test_the_controller_goes_from_value_to_value(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), variable="tas")
    step = layer.dataProvider().temporalCapabilities().defaultInterval()
    assert step.originalUnit() == QgsUnitTypes.TemporalIrregularStep
    ranges = QgsTemporalUtils.usedTemporalRangesForProject(QgsProject.instance())
    assert tuple(one.begin().toMSecsSinceEpoch() for one in ranges) == months()
    # Such a step is the value itself, which has no length.
    expected = climate_pixels("tas")[6]
    known = expected != np.float32(NO_DATA)
    np.testing.assert_allclose(drawn(layer, ranges[6])[0][known], stretched(layer, expected)[known], atol=1)
