"""What edits the layers of the project: a window for each of them."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QApplication

from ...plugin.layer.editable import editable
from ...plugin.service.errors import ImageServerLayerError
from ..common.announcements import Announcements
from ..common.messages import show_error
from .dialog import EditLayerDialog


class LayerEditor(QObject):
    """Opens the windows, and closes them with their layers and with the plugin."""

    def __init__(self, iface: QgisInterface, announcements: Announcements, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface, self._announcements = iface, announcements
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self._windows: dict[str, EditLayerDialog] = {}

    def start(self) -> None:
        """Look after the layers of the project from now on."""
        self._project.layersWillBeRemoved.connect(self._on_removed)

    def stop(self) -> None:
        """Close all windows, with whatever they are doing."""
        self._project.layersWillBeRemoved.disconnect(self._on_removed)
        self._on_removed(list(self._windows))

    def edit(self, layer: QgsRasterLayer) -> None:
        """Show the window of a layer, or say why there can be none."""
        window = self._windows.get(layer.id())
        if window is None:
            try:
                found = editable(layer, self._project)
            except ImageServerLayerError as error:
                show_error(self._iface.messageBar(), error)
                return
            # A modal window, such as the Data Source Manager of 3.22, blocks all windows but its children.
            parent = QApplication.activeModalWidget() or self._iface.mainWindow()
            bar = self._iface.messageBar()
            window = EditLayerDialog(self._iface.mapCanvas(), layer, found, self._announcements, bar, parent)
            window.form.connections_changed.connect(self._iface.reloadConnections)
            layer_id = layer.id()
            window.finished.connect(lambda _result: self._forget(layer_id))
            self._windows[layer_id] = window
        window.present()

    def windows(self) -> list[EditLayerDialog]:
        """Return the windows that are open."""
        return list(self._windows.values())

    def _on_removed(self, layer_ids: Iterable[str]) -> None:
        for layer_id in layer_ids:
            if layer_id in self._windows:
                self._windows[layer_id].close()

    def _forget(self, layer_id: str) -> None:
        window = self._windows.pop(layer_id, None)
        if window is not None:
            window.deleteLater()
