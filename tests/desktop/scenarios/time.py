"""A layer of a date chosen from the list of true ones, and one that the temporal controller plays month by month."""

from __future__ import annotations

from qgis.core import QgsDateTimeRange, QgsProject, QgsRasterLayer, QgsSingleBandGrayRenderer
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtWidgets import QDialog, QLineEdit, QTreeWidget

from ...imageserver.times import month_value
from ..hand import click_row, find, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import LANDSAT, added, connected, opened, photographed

MONTHLY = "Test/Monthly"


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from of_a_date(stage, dialog)
    yield from month_by_month(stage, dialog)


def of_a_date(stage: Stage, dialog: QDialog) -> Steps:
    """Choose a date of the Landsat mosaic from the tree; the name follows."""
    yield from connected(stage, dialog, LANDSAT)
    edit = find(dialog, QLineEdit, "Time")
    tree = find(dialog, QTreeWidget, "Dates of the service")
    yield lambda: tree.topLevelItemCount() == 4
    click_row(tree, "2000")
    yield from photographed(stage, "time_1_dates", dialog)
    type_into(edit, "2003")
    yield from photographed(stage, "time_2_outside", dialog)
    type_into(edit, "2001-08-05")
    layer = yield from added(dialog, "Add", "Landsat – 2001-08-05")
    assert not layer.temporalProperties().isActive()
    QgsProject.instance().removeMapLayer(layer.id())


def month_by_month(stage: Stage, dialog: QDialog) -> Steps:
    """Let the canvas show one frame after another, as the controller does."""
    yield from connected(stage, dialog, MONTHLY)
    layer = yield from added(dialog, "Add", "Monthly")
    dialog.close()
    assert isinstance(layer, QgsRasterLayer)
    layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 1))
    QgsProject.instance().setCrs(layer.crs())
    for month in (3, 12):
        begin = QDateTime(QDate(2020, month, 1), QTime(0, 0), Qt.TimeSpec.UTC)
        stage.canvas.setTemporalRange(QgsDateTimeRange(begin, begin.addMonths(1), True, False))
        yield from stage.draw(layer.extent())
        height, width = stage.pixels().shape[:2]
        assert set(stage.pixels()[height // 2, width // 2]) == {month_value(2020, month)}
    yield from photographed(stage, "time_3_controller")
