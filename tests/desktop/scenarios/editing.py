"""A layer is edited with the mouse: by its sign in the layer tree, by its menu, and back by *Undo*.

So is one of QGIS' own provider; one that a later version of the plugin made can be looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAction,
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QTreeView,
)

from ..hand import click, click_action, click_pixel, find, later, row_of, says, tap_entry, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import at_rest

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
    project.clear()
    yield from layer_of_qgis_becomes_ours(stage)
    yield from later_options_are_looked_at(stage)


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


def layer_of_qgis_becomes_ours(stage: Stage) -> Steps:
    """Another processing template for a layer of QGIS' own ArcGIS provider; it keeps its opacity, and comes back."""
    uri = f"crs='EPSG:31985' format='PNG32' layer='' url='{stage.server.service('Olinda/Landsat')}'"
    layer = QgsRasterLayer(uri, NAME, "arcgismapserver")
    layer.setOpacity(0.5)
    QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    yield from edited_by_the_menu(stage, layer)
    yield find(form_window(), QAbstractButton, "Apply").isEnabled
    template = find(form_window(), QAbstractItemView, "Processing template")
    click_pixel(template.viewport(), template.visualRect(row_of(template, "ShortWaveInfrared")).center())
    yield find(form_window(), QAbstractButton, "OK").isEnabled
    yield lambda: form_window().form.options().processing_template
    yield from at_rest(form_window())
    stage.photograph_screen("editing_7_layer_of_qgis")
    click(find(form_window(), QPushButton, "OK"))
    yield lambda: layer.providerType() == "imageserver"
    yield from stage.draw()
    stage.photograph("editing_8_ours")
    assert (layer.name(), layer.opacity()) == (NAME, 0.5)
    click(find(stage.iface.messageBar(), QPushButton, "Undo"))
    yield lambda: layer.providerType() == "arcgismapserver"
    assert (layer.source(), layer.opacity()) == (uri, 0.5)
    QgsProject.instance().clear()


def later_options_are_looked_at(stage: Stage) -> Steps:
    """A sentence says why they cannot be changed; all there is to press closes the window."""
    from image_server_layer import make_image_server_layer
    from image_server_layer.plugin.layer.edit import source_of

    made = make_image_server_layer(stage.server.service("Olinda/Landsat"), NAME, add_to_project=False)
    source = source_of(made)
    assert source is not None
    source = replace(source, options_json='{"from":2031,"v":99,"where":"CloudCover < 20"}')
    layer = QgsRasterLayer(source.text(), NAME, "imageserver")
    QgsProject.instance().addMapLayer(layer)
    yield from stage.draw(layer.extent())
    yield from edited_by_the_menu(stage, layer)
    yield lambda: form_window().form.state.known is not None
    assert says(form_window(), "The layer's options have version 99")
    yield from at_rest(form_window())
    stage.photograph_screen("editing_9_later")
    pressed = {text for text in ("OK", "Apply", "Close") if find(form_window(), QAbstractButton, text).isEnabled()}
    assert pressed == {"Close"}
    click(find(form_window(), QPushButton, "Close"))
    yield lambda: form_window() is None


def edited_by_the_menu(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """Choose *Edit Image Server Layer…* in the menu of a layer."""
    view: QTreeView = stage.iface.layerTreeView()
    stage.iface.setActiveLayer(layer)
    click_pixel(view.viewport(), view.visualRect(index_of(view)).center(), button=3)
    yield lambda: popup() is not None
    menu = popup()
    assert menu is not None
    tap_entry(menu, entry(menu, EDIT))
    yield lambda: form_window() is not None


def index_of(view: QTreeView) -> object:
    """Return the row of the layer in the layer tree."""
    (found,) = view.model().match(
        view.model().index(0, 0), Qt.ItemDataRole.DisplayRole, NAME, 1, Qt.MatchFlag.MatchRecursive
    )
    return found


def form_window() -> Any:
    """Return the window that edits the layer, None where it is closed."""
    windows = QApplication.topLevelWidgets()
    return next((w for w in windows if w.isVisible() and w.windowTitle() == f"Edit Image Server Layer – {NAME}"), None)


def popup() -> QMenu | None:
    return QApplication.activePopupWidget()


def entry(menu: QMenu, text: str) -> QAction:
    """Return the entry of a menu that bears a text."""
    (found,) = (action for action in menu.actions() if action.text() == text)
    return found
