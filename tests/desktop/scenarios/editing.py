"""A layer is edited with the mouse: by its sign in the layer tree, by its menu, and back by *Undo*."""

from __future__ import annotations

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QAction, QApplication, QLineEdit, QMenu, QPushButton, QTreeView

from ..hand import click, click_action, click_pixel, find, later, says, type_into
from ..player import Steps
from ..stage import Stage

NAME, EDIT, QUICK = "Coast", "Edit Image Server Layer…", "Image Server Layer"
# Of a sign in the layer tree, from the right edge of its row.
_SIGN = 10


def steps(stage: Stage) -> Steps:
    from image_server_layer import make_image_server_layer

    project = QgsProject.instance()
    layer = make_image_server_layer(
        stage.server.service("Olinda/Landsat"), NAME, processing_template="None", where_clause="CloudCover < 50"
    )
    group = project.layerTreeRoot().addGroup("Imagery")
    node = project.layerTreeRoot().findLayer(layer.id())
    group.insertChildNode(0, node.clone())
    project.layerTreeRoot().removeChildNode(node)
    project.setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    yield from sign_opens_the_form(stage, layer)
    yield from form_changes_the_layer(stage, layer)
    yield from template_is_chosen_in_the_menu(stage, layer)
    yield from failure_is_marked(stage, layer)


def sign_opens_the_form(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """A click on the sign beside a layer in a group opens the form, filled."""
    view: QTreeView = stage.iface.layerTreeView()
    view.expandAll()
    yield lambda: view.indicators(QgsProject.instance().layerTreeRoot().findLayer(layer.id()))
    row = view.visualRect(index_of(view))
    stage.photograph("editing_1_sign")
    click_pixel(view.viewport(), QPoint(view.viewport().width() - _SIGN, row.center().y()))
    yield lambda: form_window() is not None and find(form_window(), QAbstractButton, "Apply").isEnabled()
    stage.photograph_screen("editing_2_form")
    assert find(form_window(), QLineEdit, "Name").text() == NAME


def form_changes_the_layer(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """Another name, and OK: the message in QGIS' window undoes it."""
    source = layer.source()
    type_into(find(form_window(), QLineEdit, "Name"), "Olinda")
    click(find(form_window(), QPushButton, "OK"))
    yield lambda: layer.name() == "Olinda"
    yield lambda: says(stage.iface.mainWindow(), "The layer “Olinda” was changed.")
    yield from stage.draw()
    stage.photograph("editing_3_changed")
    assert layer.source() == source
    assert form_window() is None
    click(find(stage.iface.messageBar(), QPushButton, "Undo"))
    yield lambda: layer.name() == NAME


def template_is_chosen_in_the_menu(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """The menu of the layer lists the functions of its service, and the chosen one is drawn in place."""
    yield from stage.draw(layer.extent())
    view: QTreeView = stage.iface.layerTreeView()
    stage.iface.setActiveLayer(layer)
    place = view.visualRect(index_of(view)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    later(lambda: QApplication.sendEvent(view.viewport(), event))
    yield lambda: popup() is not None
    menu = popup()
    assert menu is not None
    assert any(action.text() == EDIT for action in menu.actions())
    quick = entry(menu, QUICK)
    click_action(menu, quick)
    yield quick.menu().isVisible
    templates = entry(quick.menu(), "Processing Template")
    click_action(quick.menu(), templates)
    yield lambda: templates.menu().isVisible() and len(templates.menu().actions()) > 2
    stage.photograph_screen("editing_4_menu")
    source = layer.source()
    click_action(templates.menu(), entry(templates.menu(), "NDVI"))
    yield lambda: layer.source() != source
    yield from stage.draw()
    stage.photograph("editing_5_template")
    assert layer.bandCount() == 1
    click(find(stage.iface.messageBar(), QPushButton, "Undo"))
    yield lambda: layer.source() == source
    yield from stage.draw()


def failure_is_marked(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """A layer that cannot be drawn has a second sign, until it can."""
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    view = stage.iface.layerTreeView()
    stage.server.fault("html")
    layer.reload()
    yield from stage.draw()

    def marked() -> bool:
        return any("is not drawn" in sign.toolTip() for sign in view.indicators(node))

    yield marked
    stage.photograph("editing_6_not_drawn")
    stage.server.reset()
    yield from stage.draw()
    yield lambda: not marked()


def index_of(view: QTreeView) -> object:
    """Return the row of the layer in the layer tree."""
    (found,) = view.model().match(
        view.model().index(0, 0), Qt.ItemDataRole.DisplayRole, NAME, 1, Qt.MatchFlag.MatchRecursive
    )
    return found


def form_window() -> object:
    """Return the window that edits the layer, None where it is closed."""
    windows = QApplication.topLevelWidgets()
    return next((w for w in windows if w.isVisible() and w.windowTitle() == f"Edit Image Server Layer – {NAME}"), None)


def popup() -> QMenu | None:
    return QApplication.activePopupWidget()


def entry(menu: QMenu, text: str) -> QAction:
    """Return the entry of a menu that bears a text."""
    (found,) = (action for action in menu.actions() if action.text() == text)
    return found
