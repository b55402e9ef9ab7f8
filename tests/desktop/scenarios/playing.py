"""The temporal controller plays the climate, with frames fetched ahead; and a Landsat mosaic becomes a layer a date."""

from __future__ import annotations

import json
from functools import partial

from qgis import utils
from qgis.core import (
    QgsDateTimeRange,
    QgsInterval,
    QgsProject,
    QgsRasterLayer,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtWidgets import QTreeWidget

from ...imageserver.climate import months
from ..hand import click, click_row, find
from ..player import Steps
from ..profile import PACKAGE
from ..stage import Stage
from .dialog import LANDSAT, photographed, settled
from .dimensions import CLIMATE, _assert_is_of, _colored

_SECONDS_A_FRAME = 0.5


def steps(stage: Stage) -> Steps:
    yield from climate(stage)
    QgsProject.instance().clear()
    yield from landsat(stage)


def climate(stage: Stage) -> Steps:
    """Let QGIS' own controller play the year: each month is asked for once, two before it is shown."""
    from image_server_layer import make_image_server_layer

    layer = make_image_server_layer(stage.server.service(CLIMATE), "Climate", variable="tas")
    layer.setRenderer(_colored(layer))
    QgsProject.instance().setCrs(layer.crs())
    controller = stage.canvas.temporalController()
    begin = _utc(1999, 1, 1)
    controller.setTemporalExtents(QgsDateTimeRange(begin, begin.addYears(1).addSecs(-1)))
    controller.setFrameDuration(QgsInterval(1, QgsUnitTypes.TemporalUnit.TemporalMonths))
    controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)
    controller.setFramesPerSecond(1 / _SECONDS_A_FRAME)
    controller.setCurrentFrameNumber(0)
    yield from stage.draw(layer.extent())
    stage.server.clear()
    controller.playForward()
    for month in (2, 5, 8, 11):
        yield partial(_has_reached, controller, month)
        controller.pause()
        yield from settled()
        yield lambda: not stage.canvas.isDrawing()
        shown = controller.currentFrameNumber() + 1
        _assert_is_of(stage, layer, shown)
        yield from photographed(stage, f"playing_1_month_{month:02d}")
        controller.playForward()
    controller.pause()
    asked = []
    for request in stage.server.requests(operation="exportImage"):
        parts = json.loads(request.query["mosaicRule"])["multidimensionalDefinition"]
        asked += [months().index(part["values"][0]) + 1 for part in parts if part["dimensionName"] == "StdTime"]
    # Each once, in their order.
    assert asked == sorted(set(asked)), asked
    assert asked[:3] == [2, 3, 4], asked


def landsat(stage: Stage) -> Steps:
    """Choose all dates from the window that the layer's menu opens; let the canvas show two of them."""
    from image_server_layer import make_image_server_layer

    controller = stage.canvas.temporalController()
    controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.NavigationOff)
    layer = make_image_server_layer(stage.server.service(LANDSAT), "Landsat", kind="picture")
    QgsProject.instance().setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    editing = utils.plugins[PACKAGE]._editing
    stage.iface.setActiveLayer(layer)
    editing.menu.quick.dates.trigger()
    dialog = editing.dates.dialog
    yield dialog.add_button.isEnabled
    yield from photographed(stage, "playing_2_dates", dialog)
    tree = find(dialog, QTreeWidget, "Dates of the service")
    click_row(tree, "2001")
    yield from photographed(stage, "playing_3_one_year", dialog)
    click(dialog.all_button)
    click(dialog.until_next_box)
    click(dialog.add_button)
    root = QgsProject.instance().layerTreeRoot()
    yield root.findGroups
    (group,) = root.findGroups()
    group.setExpanded(True)
    yield from photographed(stage, "playing_4_group")
    root.findLayer(layer.id()).setItemVisibilityChecked(False)
    group.setItemVisibilityChecked(True)
    layers = [node.layer() for node in group.findLayers()]
    for number in (0, len(layers) - 1):
        shown = layers[number].temporalProperties().fixedTemporalRange()
        stage.canvas.setTemporalRange(QgsDateTimeRange(shown.begin(), shown.begin().addSecs(60), True, False))
        stage.server.clear()
        yield from stage.draw(layer.extent())
        asked = {request.query["time"] for request in stage.server.requests(operation="exportImage")}
        assert len(asked) == 1, asked
        yield from photographed(stage, f"playing_5_date_{number}")
    stage.canvas.setTemporalRange(QgsDateTimeRange(QDateTime(), QDateTime()))
    assert all(isinstance(made, QgsRasterLayer) for made in layers)


def _has_reached(controller: QgsTemporalNavigationObject, month: int) -> bool:
    return bool(controller.currentFrameNumber() >= month - 1)


def _utc(*day: int) -> QDateTime:
    return QDateTime(QDate(*day), QTime(0, 0), Qt.TimeSpec.UTC)
