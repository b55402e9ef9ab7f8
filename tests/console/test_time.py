"""The time of a layer, from what is typed to its pixels, its project and GDAL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsDateTimeRange, QgsProject
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.tests.imageserver.times import milliseconds, month_value
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels, saved_and_read_again
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

MONTHLY = "Test/Monthly"
MARCH = f"{milliseconds(2020, 3)},{milliseconds(2020, 4) - 1}"


@pytest.mark.parametrize(
    ("time", "rasters"),
    [
        ("2001", (3, 4)),
        ("2001-08-05", (3,)),
        ("2000-05-09 12:39:55", (2,)),
        ("1999/2000-06", (1, 2, 7)),
        ("2002/..", (5, 8)),
        ("../1999", (1, 7)),
    ],
)
def test_only_what_is_of_the_time_is_drawn(
    image_server: ImageServerProcess, time: str, rasters: tuple[int, ...]
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), time=time)
    expected = mosaic([raster for raster in NORTH_WEST if raster in rasters])
    np.testing.assert_array_equal(qgis_pixels(layer), expected)
    np.testing.assert_array_equal(gdal_pixels(layer), expected)


@pytest.mark.parametrize(
    "time",
    [
        "2020-03",
        ("2020-03-01", "2020-03-31"),
        QgsDateTimeRange(
            QDateTime(QDate(2020, 3, 1), QTime(0, 0), Qt.TimeSpec.UTC),
            QDateTime(QDate(2020, 4, 1), QTime(0, 0), Qt.TimeSpec.UTC),
            True,
            False,
        ),
    ],
)
def test_the_same_time_goes_out_wherever_pixels_are_asked_for(image_server: ImageServerProcess, time: Any) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY), time=time)
    assert set(qgis_pixels(layer).flat) == {month_value(2020, 3)}
    value, has_value = layer.dataProvider().sample(layer.extent().center(), 1)
    assert (value, has_value) == (month_value(2020, 3), True)
    assert set(gdal_pixels(layer).flat) == {month_value(2020, 3)}
    asked = [(request.operation, request.query.get("time")) for request in image_server.requests() if request.operation]
    assert {time for _, time in asked} == {MARCH}
    assert {operation for operation, _ in asked} == {"query", "exportImage", "identify"}


def test_layers_of_different_times_are_told_apart(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY), time="2020-03")
    assert layer.name() == "Monthly – 2020-03"
    assert "Time: 2020-03 (UTC)" in layer.metadata().abstract()
    assert "2020-03 (UTC)" in layer.dataProvider().htmlMetadata()


@pytest.mark.parametrize(
    ("service", "time", "message"),
    [
        (MONTHLY, "2022", "has nothing of 2022; its times, in UTC, reach from 2020-01-01 to 2021-12-01."),
        (MONTHLY, "2020-07", "No raster of the service is of 2020-07; choose another time."),
        (MONTHLY, "March", "The time “March” cannot be read; write a date in UTC"),
        (MONTHLY, "2021/2020", "The time “2021/2020” ends before it begins."),
        ("Olinda/Elevation", "2020", "tells no times of its pixels; leave out “Time”."),
    ],
)
def test_a_time_that_is_none_makes_no_layer(
    image_server: ImageServerProcess, service: str, time: str, message: str
) -> None:
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(image_server.service(service), time=time)
    assert message in str(caught.value)
    assert QgsProject.instance().mapLayers() == {}


def test_where_clause_and_time_have_to_be_met_at_once(image_server: ImageServerProcess) -> None:
    with pytest.raises(ImageServerLayerError, match="is of 2001 and matches the where clause; loosen one of them"):
        make_image_server_layer(image_server.service("Olinda/Landsat"), time="2001", where_clause="OBJECTID = 1")
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), time="2001", where_clause="OBJECTID = 4", mosaic_operation="LAST"
    )
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic((4,)))


def test_where_the_catalog_cannot_be_asked_the_layer_is_made_with_a_note(image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", match="returnCountOnly", code=400)
    layer = make_image_server_layer(image_server.service(MONTHLY), time="2020-03")
    assert set(qgis_pixels(layer).flat) == {month_value(2020, 3)}
    (note,) = layer.customProperty("image_server_layer/notes")
    assert note.startswith("Whether there is anything of that time could not be checked: ")


def test_a_saved_project_brings_the_time_back(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY), time="2020-03")
    options = options_of(layer)
    again = saved_and_read_again(tmp_path / "time.qgs")
    assert options_of(again) == options
    assert set(qgis_pixels(again).flat) == {month_value(2020, 3)}
