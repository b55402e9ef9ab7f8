"""The climate of 1999: a variable is chosen in the form, and one layer plays month by month."""

from __future__ import annotations

from typing import Any

import numpy as np
from qgis.core import (
    QgsColorRampShader,
    QgsDateTimeRange,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit

from ...imageserver.climate import climate_pixels, months
from ..hand import choose, click, click_action, click_pixel, find, later, show, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import added, at_rest, connected, opened, photographed, settled
from .pixel import dock

_PIXEL = "mActionImageServerPixel"
CLIMATE, WATER = "Test/Climate", "Test/Water"
# Of 0 to 30 degrees.
_WARMEST = 30.0
_COLORS = ("#2c3e8f", "#4aa3c7", "#f7f3b5", "#f08a4b", "#a31621")
# Row and column of the climate's grid, on land.
_PLACE = (16, 20)
_TOLERANCE = 3


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from depths(stage, dialog)
    yield from month_by_month(stage, dialog)
    yield from profiles(stage)
    yield from each_date(stage)


def depths(stage: Stage, dialog: QDialog) -> Steps:
    """Go through the depths of the water step by step; look at a value that there is not."""
    yield from connected(stage, dialog, WATER)
    depth = find(dialog, QComboBox, "StdZ (m)")
    yield from photographed(stage, "dimensions_1_water", dialog)
    click(dialog.form._slice.fields[1].previous_button)
    assert depth.currentText() == "-10"
    type_into(depth.lineEdit(), "51")
    yield from photographed(stage, "dimensions_2_no_such_depth", dialog)


def month_by_month(stage: Stage, dialog: QDialog) -> Steps:
    """Choose the temperature; let the canvas show one month after another, as the controller does."""
    yield from connected(stage, dialog, CLIMATE)
    choose(find(dialog, QComboBox, "Variable"), "tas (°C) – Monthly mean temperature")
    yield from at_rest(dialog)
    yield from photographed(stage, "dimensions_3_climate", dialog)
    edit = find(dialog, QLineEdit, "StdTime")
    field = dialog.form._slice.fields[0]
    field.dates.setCurrentWidget(field.dates.calendar)
    type_into(edit, "1999-07")
    yield from photographed(stage, "dimensions_4_calendar", dialog)
    edit.clear()
    layer = yield from added(dialog, "Add", "Climate – tas")
    dialog.close()
    assert isinstance(layer, QgsRasterLayer)
    _assert_steps_are_months(stage)
    layer.setRenderer(_colored(layer))
    QgsProject.instance().setCrs(layer.crs())
    for month in range(1, 13):
        begin = QDateTime(QDate(1999, month, 1), QTime(0, 0), Qt.TimeSpec.UTC)
        stage.canvas.setTemporalRange(QgsDateTimeRange(begin, begin.addMonths(1), True, False))
        yield from stage.draw(layer.extent())
        _assert_is_of(stage, layer, month)
        if month in (1, 4, 7, 10):
            yield from photographed(stage, f"dimensions_5_month_{month:02d}")


def profiles(stage: Stage) -> Steps:
    """Ask for a point of the temperature over the year, and for one of the water over its depths."""
    (action,) = (found for found in stage.iface.rasterMenu().actions() if found.objectName() == _PIXEL)
    action.trigger()
    yield dock
    found = dock()
    assert found is not None
    panel = found.widget()
    layer = QgsProject.instance().mapLayersByName("Climate – tas")[0]
    panel.choose(layer)
    yield from stage.draw(layer.extent())
    center = layer.extent().center()
    places = [center, QgsPointXY(center.x() - 3, center.y() + 1.5)]
    panel.compare.setChecked(True)
    for place in places:
        at = stage.canvas.getCoordinateTransform().transform(place).toQPointF().toPoint()
        click_pixel(stage.canvas.viewport(), at)
        yield lambda: panel.points and not panel.is_busy
    panel.tabs.setCurrentWidget(panel.profile)
    choose(panel.profile.over, "Over time")
    yield lambda: len(panel.profile.plot.plot.series) == len(places) and not panel.is_busy
    stage.photograph_screen("dimensions_6_profile_of_the_year")
    from image_server_layer import make_image_server_layer

    water = make_image_server_layer(stage.server.service(WATER), "Water", dimensions="StdTime=2020-04")
    panel.choose(water)
    click(panel.clear)
    panel.compare.setChecked(False)
    QgsProject.instance().setCrs(water.crs())
    yield from stage.draw(water.extent())
    panel.ask_at(water.extent().center())
    yield lambda: panel.points and not panel.is_busy
    choose(panel.profile.over, "Over StdZ (m)")
    yield lambda: panel.profile.plot.plot.series and not panel.is_busy
    stage.photograph_screen("dimensions_7_profile_of_depth")
    found.close()


def each_date(stage: Stage) -> Steps:
    """Add the months as layers of their own, from the form."""
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, CLIMATE)
    button = dialog.form._add_button
    show(button)
    later(button.showMenu)
    yield lambda: button.menu().isVisible()
    stage.photograph_screen("dimensions_8_menu_of_add")
    click_action(button.menu(), dialog.form._buttons.dates)
    yield _chooser
    chooser: Any = _chooser()
    yield chooser.add_button.isEnabled
    stage.photograph_screen("dimensions_9_which_dates")
    click(chooser.add_button)
    yield lambda: QgsProject.instance().layerTreeRoot().findGroups()
    dialog.close()
    yield from settled()
    stage.photograph_screen("dimensions_10_group_of_dates")


def _chooser() -> QDialog | None:
    found = (widget for widget in QApplication.topLevelWidgets() if type(widget).__name__ == "DateLayersDialog")
    return next((widget for widget in found if widget.isVisible()), None)


def _assert_steps_are_months(stage: Stage) -> None:
    """The first layer with times presets the steps of the controller: here the dates of the dimension."""
    controller = stage.canvas.temporalController()
    assert isinstance(controller, QgsTemporalNavigationObject)
    assert controller.frameDuration().originalUnit() == QgsUnitTypes.TemporalIrregularStep
    assert controller.totalFrameCount() == len(months())
    begins = [controller.dateTimeRangeForFrameNumber(number).begin() for number in range(len(months()))]
    assert tuple(begin.toMSecsSinceEpoch() for begin in begins) == months()


def _degrees() -> list[float]:
    return [float(at) for at in np.linspace(0, _WARMEST, len(_COLORS))]


def _colored(layer: QgsRasterLayer) -> QgsSingleBandPseudoColorRenderer:
    """Return a renderer from cold to warm."""
    ramp, shader = QgsColorRampShader(0, _WARMEST), QgsRasterShader()
    items = [QgsColorRampShader.ColorRampItem(at, QColor(name), f"{at:g} °C") for at, name in zip(_degrees(), _COLORS)]
    ramp.setColorRampItemList(items)
    shader.setRasterShaderFunction(ramp)
    return QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)


def _assert_is_of(stage: Stage, layer: QgsRasterLayer, month: int) -> None:
    """Hold a place on the map against the color of that month's temperature."""
    row, column = _PLACE
    extent = layer.extent()
    place = stage.canvas.getCoordinateTransform().transform(
        extent.xMinimum() + (column + 0.5) * layer.rasterUnitsPerPixelX(),
        extent.yMaximum() - (row + 0.5) * layer.rasterUnitsPerPixelY(),
    )
    seen = stage.pixels()[int(place.y()), int(place.x())].astype(int)
    value = float(climate_pixels("tas")[month - 1][row, column])
    channels = zip(*(QColor(name).getRgb()[:3] for name in _COLORS))
    expected = [np.interp(value, _degrees(), channel) for channel in channels]
    assert np.abs(seen - expected).max() <= _TOLERANCE, (month, seen, expected)
