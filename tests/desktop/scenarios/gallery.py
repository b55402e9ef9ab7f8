"""Processing templates as thumbnails: of a service with a few, and of one with 500 that answers slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QToolButton

from ..hand import click, click_row, find, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import ELEVATION, LANDSAT, connected, opened, photographed, settled
from .dialog_states import opened_anew

if TYPE_CHECKING:
    from ....ui.function.gallery import FunctionGallery

LATENCY = 2.0
MANY = "Test/ManyFunctions"


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, LANDSAT)
    yield from drawn(dialog)
    yield from photographed(stage, "gallery_1", dialog)
    yield from chosen_with_mouse_and_keys(stage, dialog)
    yield from failure_has_a_sign(stage, dialog)
    yield from many_are_scrolled_and_filtered(stage, dialog)
    yield from connected(stage, dialog, ELEVATION)
    dialog.resize(760, 640)
    yield from image_is_drawn(dialog)
    yield from photographed(stage, "gallery_6_narrow", dialog)
    click(find(dialog, QToolButton, "Show the processing templates as thumbnails"))
    yield from settled()
    yield from photographed(stage, "gallery_7_list", dialog)
    click(find(dialog, QToolButton, "Show the processing templates as thumbnails"))
    QgsApplication.setUITheme("Night Mapping")
    dialog = yield from opened_anew(stage)
    yield from image_is_drawn(dialog)
    gallery_of(dialog).setCurrentIndex(gallery_of(dialog).seen()[3])
    yield from image_is_drawn(dialog)
    yield from photographed(stage, "gallery_8_dark", dialog)


def gallery_of(dialog: QDialog) -> FunctionGallery:
    """Return the thumbnails of the form."""
    (view,) = (view for view in dialog.findChildren(QListView) if view.accessibleName() == "Processing template")
    return cast("FunctionGallery", view)


def drawn(dialog: QDialog) -> Steps:
    """Wait until all thumbnails in sight are there, those of the preview's area too."""
    gallery, stop = gallery_of(dialog), find(dialog, QToolButton, "Stop drawing the preview")
    yield from settled()
    yield lambda: not stop.isEnabled() and not gallery.is_busy
    yield from settled()
    yield lambda: not stop.isEnabled() and not gallery.is_busy


def image_is_drawn(dialog: QDialog) -> Steps:
    """Wait until the thumbnails are there, where the preview is in a tab of its own."""
    dialog.form.tabs.setCurrentIndex(0)
    gallery = gallery_of(dialog)
    yield from settled()
    yield lambda: not gallery.is_busy


def chosen_with_mouse_and_keys(stage: Stage, dialog: QDialog) -> Steps:
    """A click chooses, so do arrows and first letters; what the function does can be read."""
    gallery = gallery_of(dialog)
    click_row(gallery, "NDVIColored")
    yield from drawn(dialog)
    assert str(dialog.form.options().processing_template) == "NDVIColored"
    assert any(label.text().startswith("NDVIColored: ") for label in dialog.findChildren(QLabel))
    # The description of the template may have come late.
    yield dialog.form._add_button.isEnabled
    yield from drawn(dialog)
    yield from photographed(stage, "gallery_2_chosen", dialog)
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_Left)
    yield lambda: str(dialog.form.options().processing_template) == "NDVIClasses"
    QTest.keyClicks(gallery, "Natural")
    yield lambda: str(dialog.form.options().processing_template) == "NaturalColor"
    yield from drawn(dialog)


def failure_has_a_sign(stage: Stage, dialog: QDialog) -> Steps:
    """What the server refuses has a sign in its place, and no picture."""
    stage.server.fault("json_error", "NDVI%22", code=400, message="Function failed.", details=[])
    stage.server.fault("status", "Hillshade", status=404)
    area = find(dialog, QToolButton, "Show the whole service in the preview")
    view = dialog.form.preview.map_view
    QTest.keyClick(view, Qt.Key.Key_Plus)
    yield from drawn(dialog)
    yield from photographed(stage, "gallery_3_failure_and_another_area", dialog)
    stage.server.reset()
    click(area)
    yield from drawn(dialog)


def many_are_scrolled_and_filtered(stage: Stage, dialog: QDialog) -> Steps:
    """Scroll and filter 500 functions while each answer takes two seconds; see `dialog_speed` for what that costs."""
    yield from connected(stage, dialog, MANY)
    yield from drawn(dialog)
    stage.server.settings(latency=LATENCY)
    gallery = gallery_of(dialog)
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    yield from photographed(stage, "gallery_4_waiting", dialog)
    type_into(find(dialog, QLineEdit, "Filter the processing templates"), "remap_42")
    yield lambda: not gallery.is_busy
    yield from photographed(stage, "gallery_5_filtered", dialog)
    stage.server.settings(latency=0)
