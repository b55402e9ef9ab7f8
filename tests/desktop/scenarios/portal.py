"""Words find image services in the portal of a server; one of them is taken and drawn. All by mouse and keyboard."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
)

from ...imageserver.portal import item_id
from ..hand import click_pixel, find, says, tap, tap_entry, type_into, xdotool
from ..player import Steps
from ..stage import Stage
from .dialog import opened, photographed, settled
from .dialog_states import CONNECTION, save_connection

LANDSAT = "Olinda Landsat (surveyor, public)"


def steps(stage: Stage) -> Steps:
    save_connection(stage)
    dialog = yield from opened(stage)
    tap(find(dialog, QPushButton, "Search a Portal…"))
    yield lambda: any(edit.hasFocus() for edit in dialog.findChildren(QLineEdit))
    yield from portal_is_chosen(stage, dialog)
    yield from services_are_found(stage, dialog)
    yield from server_is_narrowed(stage, dialog)
    yield from more_are_shown(stage, dialog)
    yield from one_is_taken(stage, dialog)


def portal_is_chosen(stage: Stage, dialog: QDialog) -> Steps:
    """The arrow of the button has the portals of all servers."""
    button = find(dialog, QToolButton, "Search ArcGIS Online")
    click_pixel(button, QPoint(button.width() - 5, button.height() // 2))
    yield lambda: isinstance(QApplication.activePopupWidget(), QMenu)
    menu = QApplication.activePopupWidget()
    stage.photograph_screen("portal_1_portals")
    (own,) = (action for action in menu.actions() if action.text() == f"Search the portal of “{CONNECTION}”")
    tap_entry(menu, own)
    yield lambda: button.text() == "Search Portal"


def services_are_found(stage: Stage, dialog: QDialog) -> Steps:
    """Each with its picture, its owner, and who may see it."""
    type_into(words_of(dialog), "olinda")
    xdotool("key", "Return")
    yield lambda: len(found(dialog)) == 3
    color, row = QColor(f"#{item_id('Olinda/Landsat')[:6]}"), row_of(dialog, LANDSAT)
    yield lambda: row.icon(0).pixmap(48, 32).toImage().pixelColor(20, 10) == color
    yield from photographed(stage, "portal_2_found", dialog)


def server_is_narrowed(stage: Stage, dialog: QDialog) -> Steps:
    """What is typed leaves what matches it of the server's own list, and all that was found."""
    tree = tree_of(dialog)
    server = tree.topLevelItem(1)
    yield lambda: server.childCount() == 3
    type_into(words_of(dialog), "elevation")
    folders = [server.child(row) for row in range(3)]
    (olinda,) = (folder for folder in folders if folder.text(0) == "Olinda")
    olinda.setExpanded(True)

    def shown() -> list[str]:
        rows = (olinda.child(row) for row in range(olinda.childCount()))
        return [row.text(0) for row in rows if not row.isHidden()]

    yield lambda: shown() == ["Elevation", "ElevationDefault"]
    assert len(found(dialog)) == 3
    yield from photographed(stage, "portal_2_narrowed", dialog)


def more_are_shown(stage: Stage, dialog: QDialog) -> Steps:
    """A click brings the next page."""
    type_into(words_of(dialog), "test")
    xdotool("key", "Return")
    yield lambda: len(found(dialog)) == 21
    tree = tree_of(dialog)
    more = found(dialog)[-1]
    assert more.text(0).startswith("Show more ("), more.text(0)
    tree.scrollToItem(more)
    yield from settled()
    click_pixel(tree.viewport(), tree.visualItemRect(more).center())
    yield lambda: len(found(dialog)) > 22
    yield from photographed(stage, "portal_3_more", dialog)


def one_is_taken(stage: Stage, dialog: QDialog) -> Steps:
    """A click tells what it is, two take it, and *Add* puts it on the map."""
    type_into(words_of(dialog), "landsat")
    xdotool("key", "Return")
    yield lambda: len(found(dialog)) == 3
    tree, add = tree_of(dialog), find(dialog, QAbstractButton, "Add")
    place = tree.visualItemRect(row_of(dialog, LANDSAT)).center()
    click_pixel(tree.viewport(), place)
    yield lambda: add.isEnabled() and says(dialog, "mosaic of 8 rasters")
    yield from photographed(stage, "portal_4_looked_at", dialog)
    click_pixel(tree.viewport(), place, times=2)
    yield lambda: not tree.isVisible() and add.isEnabled()
    yield lambda: not dialog.form.preview.is_busy
    yield from photographed(stage, "portal_5_taken", dialog)
    tap(add)
    project = QgsProject.instance()
    yield lambda: project.mapLayersByName("Landsat")
    (layer,) = project.mapLayersByName("Landsat")
    project.setCrs(layer.crs())
    tap(find(dialog, QPushButton, "Close"))
    yield lambda: not dialog.isVisible()
    yield from stage.draw(layer.extent())
    assert len(set(map(tuple, stage.pixels()[::20, ::20].reshape(-1, 3)))) > 50


def words_of(dialog: QDialog) -> QLineEdit:
    return find(dialog, QLineEdit, "Filter of image services, or words to search a portal for")


def tree_of(dialog: QDialog) -> QTreeWidget:
    return find(dialog, QTreeWidget, "Image services of the server")


def found(dialog: QDialog) -> list[QTreeWidgetItem]:
    """Return the rows of what was found, once all of a page has come."""
    item = tree_of(dialog).topLevelItem(0)
    rows = [item.child(number) for number in range(item.childCount())]
    return [] if any(row.text(0) == "Searching…" for row in rows) else rows


def row_of(dialog: QDialog, text: str) -> QTreeWidgetItem:
    (row,) = (row for row in found(dialog) if row.text(0) == text)
    return row
