"""What a layer's source is in a frame of the temporal controller, for those who ask the service about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from qgis.core import QgsDateTimeRange
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source_reader import read_layer_source
from image_server_layer.plugin.layer.temporal import shown_source
from image_server_layer.tests.imageserver.climate import months

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


def test_a_frame_chooses_the_value_of_a_dimension(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Climate"))
    source = read_layer_source(layer.source())
    assert source is not None
    begin = QDateTime(QDate(1999, 7, 1), QTime(0, 0), Qt.TimeSpec.UTC)
    shown = shown_source(layer, source, QgsDateTimeRange(begin, begin.addMonths(1), True, False))
    (part,) = json.loads(shown.parameters["mosaicRule"])["multidimensionalDefinition"]
    assert part["values"] == [months()[6]]
    assert "time" not in shown.parameters
    layer.temporalProperties().setIsActive(False)
    assert shown_source(layer, source, QgsDateTimeRange(begin, begin.addMonths(1), True, False)) == source
