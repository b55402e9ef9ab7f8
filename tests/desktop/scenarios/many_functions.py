"""A service with 500 functions, by hand: scrolled, chosen with mouse and keys, filtered, listed, and added."""

from __future__ import annotations

from functools import partial

from qgis import utils
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractItemView, QDialog, QLineEdit, QToolButton

from ...long_texts import long_texts
from ..hand import click, click_pixel, find, says, show, turn_wheel, type_into, xdotool
from ..player import Steps
from ..profile import PACKAGE
from ..stage import Stage
from .dialog import added, connected, opened, photographed, settled, window_of
from .dialog_states import opened_anew
from .gallery import MANY, drawn, gallery_of, image_is_drawn
from .german import ENTRY
from .lifecycle import switch_on

_NOTCHES = 25


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, MANY)
    yield from drawn(dialog)
    yield from photographed(stage, "many_1", dialog)
    yield from scrolled_and_chosen(stage, dialog)
    yield from filtered(stage, dialog)
    yield from listed(stage, dialog)
    name = f"Many functions: {chosen(dialog)}"
    type_into(find(dialog, QLineEdit, "Name"), name)
    layer = yield from added(dialog, "Add", name)
    assert chosen(dialog) in layer.source()
    QgsProject.instance().removeMapLayer(layer.id())
    yield from in_other_clothes(stage, dialog)


def chosen(dialog: QDialog) -> str:
    """Return the function that is chosen."""
    return str(dialog.form.options().processing_template)


def middle(view: QAbstractItemView) -> QModelIndex:
    """Return the function nearest to the middle of a view, as a user would point at it."""
    sight, model = view.viewport().rect(), view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    # Of the publisher's own: others are called otherwise than they are shown.
    own = (index for index in rows if index.data().startswith("Remap_"))
    whole = [index for index in own if sight.contains(view.visualRect(index).center())]
    return min(whole, key=lambda index: (view.visualRect(index).center() - sight.center()).manhattanLength())


def is_chosen(view: QAbstractItemView, row: int) -> bool:
    return bool(view.currentIndex().row() == row)


def pointed_at(dialog: QDialog, view: QAbstractItemView) -> Steps:
    """Click on what lies in the middle of a view, and wait until it is chosen."""
    index = middle(view)
    click_pixel(view.viewport(), view.visualRect(index).center())
    yield lambda: chosen(dialog) == index.data()


def scrolled_and_chosen(stage: Stage, dialog: QDialog) -> Steps:
    """Turn the wheel over the thumbnails, click on one, and go on with the keys."""
    gallery = gallery_of(dialog)
    show(gallery)
    yield from pointed_at(dialog, gallery)
    yield from drawn(dialog)
    turn_wheel(gallery.viewport(), _NOTCHES)
    yield lambda: gallery.verticalScrollBar().value() > 0
    yield from drawn(dialog)
    assert all(gallery.tile(index).image is not None for index in gallery.seen())
    yield from photographed(stage, "many_2_scrolled", dialog)
    yield from pointed_at(dialog, gallery)
    yield find(dialog, QAbstractButton, "Add").isEnabled
    yield from drawn(dialog)
    yield from photographed(stage, "many_3_chosen", dialog)
    before = chosen(dialog)
    xdotool("key", "Down")
    yield lambda: chosen(dialog) not in (before, "")
    for key, name in (("End", "last"), ("Home", "first")):
        xdotool("key", key)
        row = gallery.model().rowCount() - 1 if key == "End" else 0
        yield partial(is_chosen, gallery, row)
        yield from drawn(dialog)
        # Also where the fields of a function have made the thumbnails narrower.
        yield lambda: gallery.currentIndex() in gallery.seen()
        yield from photographed(stage, f"many_4_{name}", dialog)
    xdotool("type", "--delay", "8", "Remap_250")
    yield lambda: chosen(dialog) == "Remap_250"
    yield from drawn(dialog)


def filtered(stage: Stage, dialog: QDialog) -> Steps:
    """Leave ten of them, choose one, and find it chosen among all."""
    gallery = gallery_of(dialog)
    words = find(dialog, QLineEdit, "Filter the processing templates")
    type_into(words, "remap_42")
    yield lambda: says(dialog, "10 of ")
    yield from drawn(dialog)
    yield from photographed(stage, "many_5_filtered", dialog)
    yield from pointed_at(dialog, gallery)
    left = chosen(dialog)
    assert left.startswith("Remap_42")
    type_into(words, "xyzzy")
    yield lambda: says(dialog, "0 of ")
    yield from photographed(stage, "many_6_none_left", dialog)
    type_into(words, "")
    yield lambda: not says(dialog, "0 of ")
    assert chosen(dialog) == left
    # What is chosen is in sight among all, too.
    yield lambda: gallery.currentIndex() in gallery.seen()
    yield from drawn(dialog)
    yield from photographed(stage, "many_7_all_again", dialog)


def listed(stage: Stage, dialog: QDialog) -> Steps:
    """Turn to the list, scroll it, and choose in it."""
    click(find(dialog, QToolButton, "Show the processing templates as thumbnails"))
    yield from settled()
    view = find(dialog, QAbstractItemView, "Processing template")
    yield from photographed(stage, "many_8_list", dialog)
    yield from pointed_at(dialog, view)
    turn_wheel(view.viewport(), _NOTCHES)
    yield from settled()
    yield from pointed_at(dialog, view)
    yield from drawn(dialog)
    yield from photographed(stage, "many_9_list_chosen", dialog)
    click(find(dialog, QToolButton, "Show the processing templates as thumbnails"))
    yield from drawn(dialog)
    assert gallery_of(dialog).currentIndex() in gallery_of(dialog).seen()


def in_other_clothes(stage: Stage, dialog: QDialog) -> Steps:
    """In a narrow window, in texts that are 40 % longer, and in a dark theme."""
    dialog.resize(760, 640)
    yield from image_is_drawn(dialog)
    yield from photographed(stage, "many_10_narrow", dialog)
    dialog.reject()
    assert utils.unloadPlugin(PACKAGE)
    with long_texts():
        switch_on()
        (entry,) = (action for action in stage.iface.rasterMenu().actions() if action.objectName() == ENTRY)
        entry.trigger()
        yield lambda: window_of(stage) and window_of(stage).isVisible()
        dialog = window_of(stage)
        dialog.form.open(stage.server.service(MANY))
        yield dialog.form._add_button.isEnabled
        yield from settled()
        yield lambda: not (dialog.form.preview.is_busy or dialog.form._function.gallery.is_busy)
        yield from photographed(stage, "many_11_long", dialog)
        for index in range(dialog.form.tabs.count()):
            dialog.form.tabs.setCurrentIndex(index)
            yield from photographed(stage, f"many_11_long_{index}", dialog)
        dialog.resize(760, 640)
        dialog.form.tabs.setCurrentIndex(0)
        yield from settled()
        yield lambda: not dialog.form._function.gallery.is_busy
        yield from photographed(stage, "many_12_long_narrow", dialog)
    dialog.reject()
    QgsApplication.setUITheme("Night Mapping")
    dialog = yield from opened_anew(stage)
    dialog.resize(1150, 710)
    yield from connected(stage, dialog, MANY)
    yield from drawn(dialog)
    yield from pointed_at(dialog, gallery_of(dialog))
    yield from drawn(dialog)
    yield from photographed(stage, "many_13_dark", dialog)
