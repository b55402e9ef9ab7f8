"""*Lock Raster Here…* in the menu that QGIS' identify tool shows for Shift and a click.

QGIS has no place for it in the panel of identify results: the context menu there has actions of vector layers only, and
derived attributes of rasters are plain text. The menu of the tool lists registered actions for rasters, too, but does
not trigger them (`QgsIdentifyMenu::addRasterLayer` takes the action for a feature's id, 3.22 to 4.2); so the entries
that it makes are listened to themselves.
"""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsMapLayer, QgsMapLayerType, QgsPointXY, QgsProject, QgsRasterLayer
from qgis.gui import QgsGui, QgsIdentifyMenu, QgsMapCanvas, QgsMapLayerAction
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ...plugin.layer.edit import options_of
from ...plugin.resources import ICON
from ...plugin.service.warming import warm
from ...plugin.translation import tr


class _LayerAction(QgsMapLayerAction):
    """What QGIS lists for layers of ours, and for no others; `listed` carries the layer."""

    listed = pyqtSignal(object)

    def __init__(self, parent: QObject) -> None:
        text, target = tr("Lock Raster Here…"), QgsMapLayerAction.Target.Layer
        super().__init__(text, parent, QgsMapLayerType.RasterLayer, target, QIcon(str(ICON)))
        warm(self)

    def canRunUsingLayer(self, layer: QgsMapLayer, _context: object = None) -> bool:
        """Whether the layer is one of ours that can be changed; newer releases of QGIS say in which context."""
        is_ours = isinstance(layer, QgsRasterLayer) and options_of(layer) is not None
        if is_ours:
            self.listed.emit(layer)
        return is_ours


class IdentifyAction(QObject):
    """Hands the layer, and the point of the map that was clicked, to `lock_at`."""

    def __init__(
        self, canvas: QgsMapCanvas, lock_at: Callable[[QgsRasterLayer, QgsPointXY], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        warm(self)
        self._canvas, self._lock_at = canvas, lock_at
        self._action = _LayerAction(self)
        self._action.listed.connect(self._on_listed)
        # The ids of the layers that QGIS is making a menu for, in its order.
        self._listed: list[str] = []
        # Runs when QGIS has made the menu.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        warm(self._soon)
        self._soon.timeout.connect(self._listen)

    def start(self) -> None:
        """Offer it."""
        QgsGui.mapLayerActionRegistry().addMapLayerAction(self._action)

    def stop(self) -> None:
        """Offer it no more."""
        self._soon.stop()
        QgsGui.mapLayerActionRegistry().removeMapLayerAction(self._action)
        self.deleteLater()

    def _on_listed(self, layer: QgsMapLayer) -> None:
        if layer.id() not in self._listed:
            self._listed.append(layer.id())
        self._soon.start()

    def _listen(self) -> None:
        """Listen to the entries in the menu that is open; QGIS deletes them with it."""
        listed, self._listed = self._listed, []
        for menu in self._canvas.findChildren(QgsIdentifyMenu):
            if menu.isVisible():
                below = [action.menu() for action in menu.actions() if action.menu() is not None]
                entries = [entry for under in below for entry in under.actions() if entry.text() == self._action.text()]
                for entry, layer_id in zip(entries, listed):
                    self._listen_to(entry, layer_id)

    def _listen_to(self, entry: QAction, layer_id: str) -> None:
        entry.triggered.connect(lambda _checked: self._lock(layer_id))

    def _lock(self, layer_id: str) -> None:
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is not None:
            clicked = self._canvas.mouseLastXY()
            self._lock_at(layer, self._canvas.getCoordinateTransform().toMapCoordinates(clicked.x(), clicked.y()))
