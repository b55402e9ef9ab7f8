"""See before you add: the form with its preview, used with mouse and keys, on a fast server and on a slow one."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractItemView, QDialog, QLabel, QRadioButton, QToolButton, QWidget

from ..hand import click, click_row, drag, find, says
from ..player import Steps
from ..stage import Stage
from .dialog import LANDSAT, added, connected, opened, photographed, settled
from .dialog_states import SMALL_SCREEN, opened_anew, photographed_in_parts

LATENCY = 2.0


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from photographed(stage, "preview_1_empty", dialog)
    yield from connected(stage, dialog, LANDSAT)
    yield from drawn(dialog)
    yield from photographed_in_parts(stage, dialog, "preview_2")
    yield from area_is_drawn(stage, dialog)
    yield from failure_is_said(stage, dialog)
    yield from drawing_is_stopped_and_tried_again(stage, dialog)
    dialog.resize(*SMALL_SCREEN)
    yield from drawn(dialog)
    yield from photographed(stage, "preview_6_small", dialog)
    dialog.resize(760, 600)
    yield from settled()
    yield from photographed_in_parts(stage, dialog, "preview_7_narrow")
    QgsApplication.setUITheme("Night Mapping")
    dialog = yield from opened_anew(stage)
    yield from drawn(dialog)
    yield from photographed(stage, "preview_8_dark", dialog)


def drawn(dialog: QDialog) -> Steps:
    """Wait until the preview shows what is composed."""
    stop = find(dialog, QToolButton, "Stop drawing the preview")
    yield from settled()
    yield lambda: not stop.isEnabled()


def area_is_drawn(stage: Stage, dialog: QDialog) -> Steps:
    """Drag a box in the preview, and move it: the layer has that extent."""
    view = find(dialog, QWidget, "Preview of the layer")
    click(find(dialog, QAbstractButton, "Draw the extent of the layer in the preview"))
    middle = view.rect().center()
    drag(view, middle - QPoint(90, 80), middle + QPoint(40, 60))
    part = find(dialog, QRadioButton, "Part of it")
    yield part.isChecked
    before = dialog.form.options().extent
    drag(view, middle + QPoint(-20, -80), middle + QPoint(10, -60))
    yield lambda: dialog.form.options().extent != before
    moved = dialog.form.options().extent
    assert abs(moved.width - before.width) < 1e-6
    assert moved.xmin > before.xmin
    assert moved.ymax < before.ymax
    yield from photographed(stage, "preview_3_area", dialog)
    layer = yield from added(dialog, "Add", "Landsat")
    assert abs(layer.extent().xMinimum() - moved.xmin) <= 28.5
    QgsProject.instance().removeMapLayer(layer.id())
    click(find(dialog, QRadioButton, "Whole service"))
    yield from drawn(dialog)


def failure_is_said(stage: Stage, dialog: QDialog) -> Steps:
    """In the place of the preview; then it is tried again."""
    stage.server.fault("json_error", code=400, message="Function failed.", details=[])
    click_row(find(dialog, QAbstractItemView, "Processing template"), "NDVI")
    yield lambda: says(dialog, "Function failed.")
    yield from photographed(stage, "preview_4_error", dialog)
    stage.server.reset()
    click(find(dialog, QAbstractButton, "Try Again"))
    yield from drawn(dialog)
    yield from photographed(stage, "preview_5_ndvi", dialog)


def drawing_is_stopped_and_tried_again(stage: Stage, dialog: QDialog) -> Steps:
    """Compose and stop while each answer takes two seconds; see `dialog_speed` for what that costs."""
    stage.server.settings(latency=LATENCY)
    templates = find(dialog, QAbstractItemView, "Processing template")
    stop = find(dialog, QToolButton, "Stop drawing the preview")
    click_row(templates, "ColorInfrared")
    yield lambda: says(dialog, "The processing template is still being read.")
    yield stop.isEnabled
    click(stop)
    yield lambda: says(dialog, "The preview was stopped.")
    click(find(dialog, QAbstractButton, "Try Again"))
    yield lambda: not stop.isEnabled()
    stage.server.settings(latency=0)
    assert find(dialog, QLabel, "What you will get").text()
