"""Processing templates as thumbnails: of a service with a few, and of one with 500 that answers slowly.

How long QGIS stands still meanwhile is left in `gallery_speed.md`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractItemView, QDialog, QLabel, QLineEdit, QListView, QToolButton

from ..hand import click, click_row, find, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import ELEVATION, LANDSAT, connected, opened, photographed, settled
from .dialog_speed import Watch, after
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
    yield from main_thread_is_free(stage, dialog)
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


def main_thread_is_free(stage: Stage, dialog: QDialog) -> Steps:
    """Scroll, choose and filter 500 functions while each answer takes two seconds."""
    yield from connected(stage, dialog, MANY)
    yield from drawn(dialog)
    stage.server.settings(latency=LATENCY)
    watch, gallery = Watch(), gallery_of(dialog)
    bar = gallery.verticalScrollBar()
    yield from watch.step("scroll 500 thumbnails to their end", lambda: bar.setValue(bar.maximum()), after(1.0))
    yield from photographed(stage, "gallery_4_waiting", dialog)
    yield from watch.step("draw those in sight", lambda: None, after(6.0))
    for number in range(1, 9):
        scroll = partial(bar.setValue, bar.maximum() * number // 9)
        yield from watch.step(f"scroll on ({number})", scroll, after(0.3))
    yield from watch.step("draw those in sight, after scrolling", lambda: None, after(5.0))
    # Qt's own click: the X server's takes a program that is waited for.
    yield from watch.step("choose", lambda: click_row(gallery, gallery.seen()[0].data()), after(3.0))
    switch = find(dialog, QToolButton, "Show the processing templates as thumbnails")
    yield from watch.step("turn to the list", lambda: click(switch), after(0.5))
    templates = find(dialog, QAbstractItemView, "Processing template")
    yield from watch.step("choose in the list", lambda: click_row(templates, "Remap_300"), after(3.0))
    yield from watch.step("turn to the thumbnails", lambda: click(switch), after(5.0))
    edit = find(dialog, QLineEdit, "Filter the processing templates")
    type_into(edit, "remap_4")
    yield from watch.step("filter", lambda: QTest.keyClicks(edit, "2"), after(5.0))
    yield from photographed(stage, "gallery_5_filtered", dialog)
    stage.server.settings(latency=0)
    lines = [
        f"| {name} | {stall * 1000:.0f} ms | {watch.busy[name] * 1000:.0f} ms at work |"
        for name, stall in watch.stalls.items()
    ]
    (stage.folder / "gallery_speed.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
