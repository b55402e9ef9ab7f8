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
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

import image_server_layer
from image_server_layer import make_image_server_layer

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


def test_what_is_not_known_is_null(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service(MONTHLY), "Monthly")
    assert date("Monthly", (2020, 3)) == date("Monthly") == ""
    make_image_server_layer(image_server.service(MONTHLY), "March", time="2020-03")
    assert date("March") == ""
    make_image_server_layer(image_server.service("Olinda/Elevation"), "Heights")
    assert date("Heights") == ""
    make_image_server_layer(image_server.service(WATER), "Several", dimensions="StdTime=2020")
    assert date("Several") == ""


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
