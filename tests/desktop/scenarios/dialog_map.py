"""The form and the map together: draw an extent, take a bookmark, pick a viewpoint, and close in the middle."""

from __future__ import annotations

from qgis.core import QgsBookmark, QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsReferencedRectangle
from qgis.gui import QgsMessageBar, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QToolButton,
)

from image_server_layer.plugin.layer.edit import options_of

from ..hand import choose, click, click_action, find, later, press, says, show, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import LANDSAT, added, at_rest, connected, opened, photographed, settled

UTM = QgsCoordinateReferenceSystem("EPSG:31985")
SCENE = QgsRectangle(288776.25, 9110728.75, 298722.75, 9120760.75)
BOOKMARK = QgsRectangle(290000, 9112000, 296000, 9118000)


def steps(stage: Stage) -> Steps:
    project = QgsProject.instance()
    bookmark = QgsBookmark()
    bookmark.setName("Old town")
    bookmark.setExtent(QgsReferencedRectangle(BOOKMARK, UTM))
    project.bookmarkManager().addBookmark(bookmark)

    dialog = yield from opened(stage)
    yield from closed_while_connecting(stage, dialog)
    yield from connected(stage, dialog, LANDSAT)
    yield from added(dialog, "Add", "Landsat")
    dialog.findChild(QgsMessageBar).clearWidgets()
    project.setCrs(UTM)
    yield from stage.draw(SCENE)

    yield from extent_is_drawn(stage, dialog)
    yield from bookmark_is_taken(stage, dialog)
    yield from viewpoint_is_picked(stage, dialog)


def closed_while_connecting(stage: Stage, dialog: QDialog) -> Steps:
    """Esc ends what is under way; the form comes back as it was, and works."""
    stage.server.settings(latency=3)
    address = find(dialog, QComboBox, "Address of the image service")
    type_into(address.lineEdit(), stage.server.service(LANDSAT))
    press(address, Qt.Key.Key_Return)
    yield find(dialog, QPushButton, "Cancel").isVisible
    press(dialog, Qt.Key.Key_Escape)
    yield lambda: not dialog.isVisible()
    stage.server.settings(latency=0)
    assert (yield from opened(stage)) is dialog
    assert find(dialog, QPushButton, "Connect").isVisible()
    assert address.currentText() == stage.server.service(LANDSAT)


def extent_is_drawn(stage: Stage, dialog: QDialog) -> Steps:
    """The form steps aside for the rectangle, and shows it on the map when it is back."""
    click(find(dialog, QRadioButton, "Part of it"))
    menu = yield from extent_menu(dialog)
    yield from photographed(stage, "map_1_extent_menu", menu)
    click_action(menu, next(action for action in menu.actions() if "Draw" in action.text()))
    yield lambda: not dialog.isVisible()
    viewport = stage.canvas.viewport()
    first, second = (viewport.rect().center() + QPoint(x, y) for x, y in ((-340, -160), (-140, 60)))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(viewport, second)
    yield from settled()
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=second)
    yield dialog.isVisible
    to_map = stage.canvas.getCoordinateTransform()
    drawn = QgsRectangle(to_map.toMapCoordinates(first), to_map.toMapCoordinates(second))
    assert _distance(taken_extent(dialog), drawn) < 2 * to_map.mapUnitsPerPixel()
    dialog.move(stage.iface.mainWindow().width() - dialog.width(), 160)
    show(find(dialog, QRadioButton, "Part of it"))
    yield from at_rest(dialog)
    stage.photograph_screen("map_2_drawn")
    bands = [item for item in stage.canvas.scene().items() if isinstance(item, QgsRubberBand) and item.isVisible()]
    assert any(_distance(band.asGeometry().boundingBox(), drawn) < 100 for band in bands)


def bookmark_is_taken(stage: Stage, dialog: QDialog) -> Steps:
    """Bookmarks are offered in every release."""
    menu = yield from extent_menu(dialog)
    (bookmarks,) = (action for action in menu.actions() if "Bookmark" in action.text())
    click_action(menu, bookmarks)
    yield bookmarks.menu().isVisible
    yield from photographed(stage, "map_3_bookmarks", bookmarks.menu())
    click_action(bookmarks.menu(), next(action for action in bookmarks.menu().actions() if action.text() == "Old town"))
    yield lambda: _distance(taken_extent(dialog), BOOKMARK) < 0.001
    # Whole cells of the service: columns 42 to 253, rows 96 to 307.
    assert says(dialog, "212 × 212 cells of 28.5 m")


def viewpoint_is_picked(stage: Stage, dialog: QDialog) -> Steps:
    """The form steps aside for the click."""
    choose(find(dialog, QComboBox, "Mosaic method"), "Closest to viewpoint")
    pick = find(dialog, QPushButton, "Pick on Map")
    show(pick)
    yield from photographed(stage, "map_4_viewpoint", dialog)
    click(pick)
    yield lambda: not dialog.isVisible()
    place = stage.canvas.viewport().rect().center() + QPoint(30, 40)
    QTest.mouseClick(stage.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    yield dialog.isVisible
    x, y = map(float, find(dialog, QLineEdit, "Viewpoint").text().split())
    wanted = stage.canvas.getCoordinateTransform().toMapCoordinates(place)
    assert abs(x - wanted.x()) + abs(y - wanted.y()) < 0.01
    type_into(find(dialog, QLineEdit, "Name"), "From the viewpoint")
    layer = yield from added(dialog, "Add and Close", "From the viewpoint")
    options = options_of(layer)
    assert options is not None
    assert options.viewpoint == (x, y)
    yield from stage.draw(BOOKMARK.buffered(500))
    yield from photographed(stage, "map_5_layer")


def extent_menu(dialog: QDialog) -> Steps:
    """Open the menu of the extent, and return it."""
    button = dialog.findChild(QToolButton, "mCondensedToolButton")
    show(button)
    later(button.showMenu)
    yield lambda: isinstance(QApplication.activePopupWidget(), QMenu)
    return QApplication.activePopupWidget()


def taken_extent(dialog: QDialog) -> QgsRectangle:
    """Return the extent that the field shows."""
    text = dialog.findChild(QLineEdit, "mCondensedLineEdit").text().partition(" [")[0]
    west, east, south, north = map(float, text.split(","))
    return QgsRectangle(west, south, east, north)


def _distance(first: QgsRectangle, second: QgsRectangle) -> float:
    """Return by how much the edges of two rectangles differ at most."""
    edges = ("xMinimum", "yMinimum", "xMaximum", "yMaximum")
    return max(abs(getattr(first, edge)() - getattr(second, edge)()) for edge in edges)
