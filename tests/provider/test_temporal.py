"""One layer follows QGIS' temporal controller: frames against known pixels, and what they cost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import (
    QgsDateTimeRange,
    QgsGeometry,
    QgsIdentifyContext,
    QgsMapRendererParallelJob,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
    QgsTemporalUtils,
)
from qgis.gui import QgsMapCanvas, QgsMapToolIdentify
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source_reader import BrokenSourceError, read_layer_source
from image_server_layer.plugin.layer.edit import apply_plan, edit_request
from image_server_layer.plugin.layer.plan import plan_layer
from image_server_layer.plugin.options.arcgis_arguments import time as read_time
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.tests.imageserver.times import milliseconds, month_value
from image_server_layer.tests.provider.drawing import finished, map_settings, started_frame

if TYPE_CHECKING:
    from pathlib import Path

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

MONTHLY = "Test/Monthly"


def utc(*day: int) -> QDateTime:
    return QDateTime(QDate(*day), QTime(0, 0), Qt.TimeSpec.UTC)


def month(year: int, number: int) -> QgsDateTimeRange:
    """Return the frame of a month, as the controller has it."""
    following = (year, number + 1) if number < 12 else (year + 1, 1)
    return QgsDateTimeRange(utc(year, number, 1), utc(*following, 1), True, False)


def plain(layer: QgsRasterLayer) -> QgsRasterLayer:
    """Show the values of a band as they are."""
    layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 1))
    return layer


def frame(layer: QgsRasterLayer, time: QgsDateTimeRange | None) -> set[tuple[int, int]]:
    """Draw a frame; return the different values, and how opaque they are."""
    pixels, errors = finished(started_frame(layer, time))
    assert errors == []
    values = pixels[[0, 3]].reshape(2, -1)
    return {(int(value), int(alpha)) for value, alpha in np.unique(values, axis=1).T}


def asked(server: ImageServerProcess) -> list[str | None]:
    """Return the times of the images that were asked for."""
    times = [request.query.get("time") for request in server.requests(operation="exportImage")]
    server.clear()
    return times


def wire(*numbers: int) -> str:
    found = read_time("-".join(f"{number:02d}" for number in numbers))
    assert found is not None
    return found.parameter()


def test_each_frame_shows_its_time_and_nothing_between_dates(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY)))
    assert asked(image_server) == [None]
    for year, number in ((2020, 3), (2020, 4), (2021, 12)):
        assert frame(layer, month(year, number)) == {(month_value(year, number), 255)}
    assert {alpha for _, alpha in frame(layer, month(2020, 7))} == {0}
    assert asked(image_server) == [wire(2020, 3), wire(2020, 4), wire(2021, 12), wire(2020, 7)]


def test_whether_zeros_are_true_is_asked_once_for_a_time(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY)))
    for _ in range(2):
        assert {alpha for _, alpha in frame(layer, month(2020, 7))} == {0}
        assert {alpha for _, alpha in frame(layer, month(2020, 3))} == {255}
    counted = [request.query["time"] for request in image_server.requests(operation="query")]
    assert counted == [wire(2020, 7)]
    # Without an answer, what the server draws is all that is known.
    image_server.fault("json_error", match="returnCountOnly", code=400)
    other = plain(make_image_server_layer(image_server.service(MONTHLY), mosaic_operation="MAX"))
    assert {alpha for _, alpha in frame(other, month(2020, 7))} == {255}


def test_without_the_controller_the_service_decides(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY)))
    asked(image_server)
    assert frame(layer, month(2020, 3)) == {(3, 255)}
    assert frame(layer, None) == {(month_value(2021, 12), 255)}
    layer.temporalProperties().setIsActive(False)
    assert frame(layer, month(2020, 3)) == {(month_value(2021, 12), 255)}
    assert asked(image_server) == [wire(2020, 3), None]


def test_a_frame_that_was_seen_is_not_asked_for_again(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY)))
    asked(image_server)
    for _ in range(2):
        for number in (3, 4, 5):
            assert frame(layer, month(2020, number)) == {(number, 255)}
    assert asked(image_server) == [wire(2020, number) for number in (3, 4, 5)]
    layer.dataProvider().reloadData()
    assert frame(layer, month(2020, 3)) == {(3, 255)}
    assert asked(image_server) == [wire(2020, 3)]


def test_the_nearest_date_is_shown_where_that_is_wanted(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY), nearest_date=True))
    asked(image_server)
    assert frame(layer, month(2020, 3)) == {(3, 255)}
    # July has nothing: the 1st of August follows at once, that of June is a month away.
    assert frame(layer, month(2020, 7)) == {(8, 255)}
    assert frame(layer, QgsDateTimeRange(utc(2020, 7, 2), utc(2020, 7, 5), True, False)) == {(8, 255)}
    assert frame(layer, QgsDateTimeRange(utc(2020, 6, 3), utc(2020, 6, 5), True, False)) == {(6, 255)}
    assert frame(layer, month(2010, 1)) == {(1, 255)}
    assert frame(layer, month(2030, 1)) == {(month_value(2021, 12), 255)}
    # Where there is something of a frame, all of it is shown.
    assert asked(image_server)[:2] == [wire(2020, 3), str(milliseconds(2020, 8))]


def test_the_nearest_date_is_one_of_the_rasters_that_the_options_leave(image_server: ImageServerProcess) -> None:
    url = image_server.service(MONTHLY)
    layer = plain(
        make_image_server_layer(url, nearest_date=True, where_clause="Name LIKE '2021%'", lock_rasterid="3;15")
    )
    # 3 is March 2020, 15 is April 2021: July 2020 is missing.
    assert frame(layer, month(2020, 3)) == {(month_value(2021, 4), 255)}
    with pytest.raises(OptionError, match=r"^None of the rasters that the options leave has a date"):
        make_image_server_layer(url, nearest_date=True, lock_rasterid="3", where_clause="Name = '2021-01'")


def test_a_raster_that_lasts_is_near_until_it_ends(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service("Test/Yearly"), nearest_date=True))
    assert frame(layer, month(2018, 11)) == {(18, 255)}
    assert frame(layer, month(2025, 1)) == {(21, 255)}


def test_qgis_knows_the_range_and_the_dates(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Yearly"), nearest_date=True)
    properties, capabilities = layer.temporalProperties(), layer.dataProvider().temporalCapabilities()
    assert properties.isActive()
    assert capabilities.hasTemporalCapabilities()
    found = QgsTemporalUtils.calculateTemporalRangeForProject(QgsProject.instance())
    assert (found.begin(), found.end()) == (utc(2017, 1, 1), utc(2022, 1, 1).addMSecs(-1))
    begins = [date.begin() for date in capabilities.allAvailableTemporalRanges()]
    assert begins == [utc(year, 1, 1) for year in range(2017, 2022)]


def test_a_layer_of_a_fixed_time_does_not_follow(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY), time="2020-03"))
    assert not layer.temporalProperties().isActive()
    assert frame(layer, month(2020, 5)) == {(3, 255)}


@pytest.mark.parametrize("follows", [True, False])
def test_a_saved_project_remembers_whether_a_layer_follows(
    image_server: ImageServerProcess, tmp_path: Path, follows: bool
) -> None:
    project, path = QgsProject.instance(), str(tmp_path / "temporal.qgs")
    plain(make_image_server_layer(image_server.service(MONTHLY))).temporalProperties().setIsActive(follows)
    assert project.write(path)
    project.clear()
    assert project.read(path)
    (layer,) = project.mapLayers().values()
    assert layer.providerType() == "imageserver"
    assert layer.temporalProperties().isActive() == follows
    assert frame(layer, month(2020, 5)) == {(5 if follows else month_value(2021, 12), 255)}


def test_the_information_of_a_layer_says_that_it_follows(image_server: ImageServerProcess) -> None:
    url, words = image_server.service(MONTHLY), "from 2020-01-01 to 2021-12-01 (UTC); the layer follows"
    assert words in make_image_server_layer(url).dataProvider().htmlMetadata()
    assert words not in make_image_server_layer(url, time="2020").dataProvider().htmlMetadata()


def test_a_layer_of_gdal_does_not_follow_and_says_so(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY), provider="gdal", nearest_date=True)
    assert not layer.temporalProperties().isActive()
    assert layer.customProperty("image_server_layer/notes") == [
        "GDAL does not follow the temporal controller, so there is no nearest date to show."
    ]


@pytest.mark.parametrize("service", ["Olinda/Elevation", "Test/U8"])
def test_a_service_without_times_has_none_in_qgis(image_server: ImageServerProcess, service: str) -> None:
    layer = make_image_server_layer(image_server.service(service))
    assert not layer.temporalProperties().isActive()
    assert not layer.dataProvider().temporalCapabilities().hasTemporalCapabilities()


def test_a_layer_that_gets_a_fixed_time_stops_following_and_begins_again(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY)))
    project = QgsProject.instance()

    def change(options: LayerOptions) -> None:
        apply_plan(layer, plan_layer(edit_request(layer, project, options)))

    change(LayerOptions(time=read_time("2020-03")))
    assert not layer.temporalProperties().isActive()
    assert frame(layer, month(2020, 5)) == {(3, 255)}
    change(LayerOptions())
    assert layer.temporalProperties().isActive()
    assert frame(layer, month(2020, 5)) == {(5, 255)}
    layer.temporalProperties().setIsActive(False)
    change(LayerOptions(where="OBJECTID > 0"))
    assert not layer.temporalProperties().isActive()


def test_identify_tells_the_value_of_the_frame(image_server: ImageServerProcess, qgis_canvas: QgsMapCanvas) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY))
    qgis_canvas.setDestinationCrs(layer.crs())
    qgis_canvas.setExtent(layer.extent())
    tool, context = QgsMapToolIdentify(qgis_canvas), QgsIdentifyContext()
    point = QgsGeometry.fromPointXY(layer.extent().center())

    def identified() -> list[str]:
        mode, kind = QgsMapToolIdentify.IdentifyMode.TopDownAll, QgsMapToolIdentify.Type.RasterLayer
        found = tool.identify(point, mode, [layer], kind, context)
        return [text for result in found for text in result.mAttributes.values()]

    assert identified() == [str(month_value(2021, 12))]
    context.setTemporalRange(month(2020, 5))
    assert identified() == ["5"]
    context.setTemporalRange(month(2020, 7))
    assert identified() == ["no data"]


def test_a_frame_that_fails_says_so_and_the_next_one_is_drawn(image_server: ImageServerProcess) -> None:
    layer = plain(make_image_server_layer(image_server.service(MONTHLY)))
    image_server.fault("json_error", match="exportImage", times=1, code=400, message="No such time.")
    settings = map_settings(layer, layer.extent(), (97, 61))
    settings.setIsTemporal(True)
    settings.setTemporalRange(month(2020, 3))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    pixels, errors = finished(job)
    assert not pixels[3].any()
    assert any("No such time." in error for error in errors)
    assert frame(layer, month(2020, 4)) == {(4, 255)}


def test_times_and_dates_outlast_the_source(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Yearly"), nearest_date=True)
    source = read_layer_source(layer.source())
    assert source is not None
    assert source.text() == layer.source()
    assert [str(date) for date in source.dates] == ["2017", "2018", "2019", "2020", "2021"]
    assert str(source.times) == "2017/2021"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("times", [1]),
        ("times", [2, 1]),
        ("times", [0.5, 1]),
        ("times", ["0", "1"]),
        ("times", [0, 10**18]),
        ("times", [0, 1, 2]),
        ("dates", [True]),
        ("dates", [None]),
        ("dates", [[1, 2, 3]]),
        ("dates", [10**18]),
        ("dates", 5),
    ],
)
def test_times_that_the_plugin_never_writes_are_refused(
    image_server: ImageServerProcess, key: str, value: Sequence[Any]
) -> None:
    text = make_image_server_layer(image_server.service(MONTHLY)).source()
    known = f'"times":[{milliseconds(2020, 1)},{milliseconds(2021, 12)}]'
    assert known in text
    with pytest.raises(BrokenSourceError):
        read_layer_source(text.replace(known, f'"{key}":{json.dumps(value)}'))
