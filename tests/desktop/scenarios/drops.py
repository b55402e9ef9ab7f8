"""A service is dragged from QGIS' Browser, with the mouse of the X server: into the form, and onto the map."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QModelIndex, QPoint
from qgis.PyQt.QtWidgets import QAction, QDialog, QListWidget, QPushButton, QTreeView, QWidget

from ..hand import click, click_row, find, later, says, xdotool
from ..player import Steps
from ..stage import Stage
from ..watch import after
from .dialog import opened, photographed, settled
from .dialog_states import PAGE, connection_in_browser, manager_of_sources, unfolded

SERVICE = "Olinda/Elevation"
# Seconds between two places that the mouse is at, and how many there are: Qt begins a drag by and by.
_PAUSE, _PLACES = 0.05, 12


def steps(stage: Stage) -> Steps:
    # In place of the page to begin with, there is a map.
    stage.iface.newProject()
    browser, dragged = yield from layer_in_browser(stage)
    dialog = yield from opened(stage)
    dialog.resize(900, 600)
    dialog.move(700, 300)
    yield from settled()
    yield from dropped(browser, dragged, dialog)
    yield lambda: dialog.form.state.known is not None and dialog.form.state.known.service.name == SERVICE
    yield from photographed(stage, "drops_1_form", dialog)
    dialog.close()

    project = QgsProject.instance()
    yield from dropped(browser, dragged, stage.canvas.viewport())
    yield project.mapLayers
    (layer,) = project.mapLayers().values()
    assert layer.providerType() == "imageserver"
    yield from stage.draw(layer.extent())
    stage.photograph("drops_2_map")
    yield from on_the_page(stage, browser, dragged)


def layer_in_browser(stage: Stage) -> Steps:
    """Unfold a service of a connection; return the Browser and the layer in it: QGIS 3.22 drags nothing else of it."""
    browser, item = yield from connection_in_browser(stage)
    for name in SERVICE.split("/"):
        item = yield from unfolded(browser, item, name)
    layer = yield from unfolded(browser, item, SERVICE)
    browser.scrollTo(layer)
    yield from settled()
    return browser, layer


def dropped(browser: QTreeView, item: QModelIndex, target: QWidget) -> Steps:
    """Drag an item of the Browser into a widget, a third from its left and upper edge."""
    browser.window().raise_()
    target.window().raise_()
    yield from settled()
    start = browser.viewport().mapToGlobal(browser.visualRect(item).center())
    end = target.mapToGlobal(QPoint(target.width() // 3, target.height() // 3))
    xdotool("mousemove", str(start.x()), str(start.y()), "mousedown", "1")
    for place in range(1, _PLACES + 1):
        here = start + (end - start) * (place / _PLACES)
        xdotool("mousemove", str(here.x()), str(here.y()))
        yield after(_PAUSE)
    yield after(4 * _PAUSE)
    xdotool("mousemove", str(end.x() + 2), str(end.y() + 1))
    yield after(4 * _PAUSE)
    xdotool("mouseup", "1")


def on_the_page(stage: Stage, browser: QTreeView, item: QModelIndex) -> Steps:
    """The page of the Data Source Manager takes it, too, where that does not keep everybody else from working."""
    later(stage.iface.mainWindow().findChild(QAction, "mActionDataSourceManager").trigger)
    yield lambda: manager_of_sources() is not None
    manager = manager_of_sources()
    assert isinstance(manager, QDialog)
    yield from settled()
    click_row(manager.findChild(QListWidget, "mOptionsListWidget"), PAGE)
    yield lambda: says(manager, "Connect to an image service first.")
    (form,) = (widget for widget in manager.findChildren(QWidget) if type(widget).__name__ == "LayerForm")
    if not manager.isModal():
        manager.move(600, 200)
        yield from settled()
        yield from dropped(browser, item, form)
        yield lambda: form.state.known is not None and form.state.known.service.name == SERVICE
        yield from photographed(stage, "drops_3_page", manager)
    click(find(manager, QPushButton, "Close"))
    yield lambda: not manager.isVisible()
