"""The expression function `image_server_date`, as map decorations and layouts evaluate it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

import image_server_layer
from image_server_layer import make_image_server_layer
from image_server_layer.tests.provider.drawing import finished, map_settings
from image_server_layer.tests.ui.waiting import let_pass, wait_until

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project", "started")

CLIMATE, WATER, MONTHLY = "Test/Climate", "Test/Water", "Test/Monthly"


@pytest.fixture
def started() -> Iterator[None]:
    image_server_layer.start()
    yield
    image_server_layer.stop()


def utc(*day: int) -> QDateTime:
    return QDateTime(QDate(*day), QTime(0, 0), Qt.TimeSpec.UTC)


def evaluated(text: str, month: tuple[int, int] | None = None) -> tuple[Any, str]:
    """Return what an expression gives on a map, in a frame of the temporal controller, and what is wrong with it."""
    settings, context = QgsMapSettings(), QgsExpressionContext()
    if month is not None:
        settings.setIsTemporal(True)
        begin = utc(*month, 1)
        settings.setTemporalRange(QgsDateTimeRange(begin, begin.addMonths(1), True, False))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    value = expression.evaluate(context)
    return value, expression.evalErrorString()


def date(layer: str, month: tuple[int, int] | None = None) -> str:
    """Return the date that is told of a layer; empty for NULL."""
    value, error = evaluated(f"format_date(image_server_date('{layer}'), 'yyyy-MM-dd HH:mm')", month)
    assert error == ""
    return value if isinstance(value, str) else ""


def ends(layer: str, which: str) -> str:
    """Return the day on which the dates of a layer begin, or end; empty for NULL."""
    value, error = evaluated(f"format_date(image_server_date('{layer}', '{which}'), 'yyyy-MM-dd')")
    assert error == ""
    return value if isinstance(value, str) else ""


def test_each_frame_tells_the_value_of_its_dimension(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE))
    assert date("Climate", (1999, 2)) == "1999-02-28 00:00"
    assert date(layer.id(), (1999, 12)) == "1999-12-31 00:00"
    assert date("Climate", (2001, 1)) == ""
    assert date("Climate") == "1999-01-31 00:00"
    layer.temporalProperties().setIsActive(False)
    assert date("Climate", (1999, 2)) == "1999-01-31 00:00"


def test_the_nearest_one_is_told_where_it_is_shown(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service(WATER), "Water", nearest_date=True)
    assert date("Water", (2020, 3)) == "2020-04-01 00:00"
    make_image_server_layer(image_server.service(MONTHLY), "Monthly", nearest_date=True)
    assert date("Monthly", (2020, 7)) == "2020-08-01 00:00"
    assert date("Monthly", (2020, 3)) == "2020-03-01 00:00"


def test_dates_of_a_catalog_are_read_once_in_the_background(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY), "Monthly")
    repaints: list[bool] = []
    layer.repaintRequested.connect(lambda *_: repaints.append(True))
    image_server.clear()
    # Not known yet: nobody waits for the server.
    assert date("Monthly", (2020, 3)) == ""
    wait_until(lambda: repaints)
    # The controller can go from date to date then, too.
    (layer,) = QgsProject.instance().mapLayers().values()
    assert len(layer.dataProvider().temporalCapabilities().allAvailableTemporalRanges()) == 23
    asked = len(image_server.requests())
    assert date("Monthly", (2020, 3)) == "2020-03-01 00:00"
    assert date("Monthly", (2021, 12)) == "2021-12-01 00:00"
    # There is nothing of July.
    assert date("Monthly", (2020, 7)) == ""
    assert len(image_server.requests()) == asked
    # Without a frame all 23 dates may be on top.
    assert date("Monthly") == ""
    assert (ends("Monthly", "first"), ends("Monthly", "last")) == ("2020-01-01", "2021-12-01")
    make_image_server_layer(image_server.service(MONTHLY), "March", time="2020-03")
    assert date("March") == ""
    wait_until(lambda: date("March") == "2020-03-01 00:00")


def test_several_dates_are_told_by_their_ends(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service("Test/Yearly"), "Yearly", where_clause="Name < '2020'")
    ends("Yearly", "first")
    wait_until(lambda: ends("Yearly", "first"))
    assert (ends("Yearly", "first"), ends("Yearly", "last")) == ("2017-01-01", "2019-12-31")
    assert date("Yearly") == ""
    assert date("Yearly", (2018, 5)) == "2018-01-01 00:00"
    # The layer leaves 2020 out.
    assert date("Yearly", (2020, 5)) == ""
    error = evaluated("image_server_date('Yearly', 'middle')")[1]
    assert error == "“middle” is no date of a layer: write 'first' or 'last', or leave it out."


def test_a_catalog_that_cannot_be_asked_is_null_and_left_in_peace(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service(MONTHLY), "Monthly")
    image_server.fault("status", match="query", status=403)
    image_server.clear()
    assert date("Monthly", (2020, 3)) == ""
    wait_until(lambda: image_server.requests(operation="query"))
    let_pass(0.5)
    asked = len(image_server.requests())
    assert date("Monthly", (2020, 3)) == ""
    let_pass(0.3)
    assert len(image_server.requests()) == asked


def test_labels_tell_it_too(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service(CLIMATE))
    points = QgsVectorLayer("Point?crs=EPSG:4326", "Points", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(0, 0)))
    points.dataProvider().addFeature(feature)
    labels = QgsPalLayerSettings()
    labels.isExpression = True
    labels.fieldName = "coalesce(format_date(image_server_date('Climate'), 'yyyy-MM-dd'), 'unknown')"
    points.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    points.setLabelsEnabled(True)
    settings = map_settings(points, QgsRectangle(-1, -1, 1, 1), (200, 200))
    settings.setIsTemporal(True)
    settings.setTemporalRange(QgsDateTimeRange(utc(1999, 2, 1), utc(1999, 3, 1), True, False))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    finished(job)
    assert [label.labelText for label in job.takeLabelingResults().allLabels()] == ["1999-02-28"]


def test_what_is_not_known_is_null(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service("Olinda/Elevation"), "Heights")
    assert date("Heights") == ""
    make_image_server_layer(image_server.service(WATER), "Several", dimensions="StdTime=2020")
    image_server.clear()
    assert date("Several") == ""
    let_pass(0.3)
    assert image_server.requests() == []


def test_a_fixed_time_is_told(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service(CLIMATE), "July", dimensions="StdTime=1999-07")
    assert date("July") == date("July", (1999, 2)) == "1999-07-31 00:00"
    make_image_server_layer(image_server.service(MONTHLY), "Instant", time="2020-03-01 00:00:00")
    assert date("Instant") == "2020-03-01 00:00"


def test_other_layers_are_an_error_of_the_expression(image_server: ImageServerProcess) -> None:
    del image_server
    value, error = evaluated("image_server_date('Nowhere')")
    assert (value, error) == (None, "There is no raster layer “Nowhere” in the project.")
    QgsProject.instance().addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326", "Points", "memory"))
    assert "There is no raster layer “Points” in the project." in evaluated("image_server_date('Points')")[1]


def test_the_function_goes_with_the_plugin(image_server: ImageServerProcess) -> None:
    del image_server
    assert QgsExpression.isFunctionName("image_server_date")
    image_server_layer.stop()
    assert not QgsExpression.isFunctionName("image_server_date")
    image_server_layer.start()
    assert QgsExpression.isFunctionName("image_server_date")
