"""The ways to change a layer of the project, in a window of QGIS."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtWidgets import QAction, QMenu, QPushButton

from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.main_window import Interface
from image_server_layer.tests.ui.forms import settled
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.ui.entry.dialog import EditLayerDialog
from image_server_layer.ui.entry.editing import Editing


class Window:
    """QGIS' window with the ways to change layers."""

    def __init__(self) -> None:
        self.iface = Interface()
        self.retried: list[str] = []
        self.editing = Editing(self.iface, self.retried.append)
        self.editing.start()

    def activate(self, layer: QgsRasterLayer) -> None:
        """Select a layer in the layer tree."""
        self.iface.active_layer = layer

    def edit(self, layer: QgsRasterLayer) -> EditLayerDialog:
        """Choose *Edit Image Server Layer…* for a layer, and wait until its service has been read."""
        self.activate(layer)
        (entry,) = (action for action in self.iface.actions_of_layers if action.text().startswith("Edit"))
        assert layer in self.iface.actions_of_layers[entry]
        entry.trigger()
        dialog = self.editing.editor.windows()[-1]
        wait_until(lambda: settled(dialog.form))
        return dialog

    def press(self, text: str) -> None:
        """Press a button of the newest message that has one with this text."""
        self.button(text).click()

    def button(self, text: str) -> QPushButton:
        """Return the button of the newest message that has one with this text."""
        current = self.iface.bar.currentItem()
        items = [current, *(item for item in self.iface.bar.items() if item is not current)]
        return next(b for item in items for b in item.findChildren(QPushButton) if b.text() == text)

    def stop(self) -> None:
        """Take it all away."""
        self.editing.stop()
        delete(self.iface.window)


def entry(menu: QMenu, text: str) -> QAction:
    """Return the entry of a menu that bears a text."""
    (found,) = (action for action in menu.actions() if action.text() == text)
    return found


def filled(menu: QMenu, until: Callable[[], object]) -> QMenu:
    """Open a menu, and wait until it holds what it is opened for."""
    menu.aboutToShow.emit()
    wait_until(until)
    return menu


def options(layer: QgsRasterLayer) -> LayerOptions:
    """Return the options that a layer has."""
    found = options_of(layer)
    assert found is not None
    return found
