"""*Image Server Pixel*: the panel, the map tool, and the ways to them."""

from __future__ import annotations

from qgis.core import QgsPointXY, QgsRasterLayer
from qgis.gui import QgisInterface, QgsDockWidget
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ...plugin.layer.edit import source_of
from ...plugin.resources import PIXEL_ICON
from ...plugin.service.warming import warm, warm_all
from ...plugin.translation import tr
from ..ask.pixel_panel import Lock, PixelPanel
from ..ask.pixel_tool import PixelTool
from ..common.borrowed_map import BorrowedMap


class PixelEntry(QObject):
    """Offers them from `start` to `stop`; the panel is made when it is first needed. `lock` changes a layer."""

    def __init__(self, iface: QgisInterface, lock: Lock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface, self._lock = iface, lock
        self._canvas = iface.mapCanvas()
        self.panel: PixelPanel | None = None
        self._dock: QgsDockWidget | None = None
        self._map: BorrowedMap | None = None
        self.action = QAction(QIcon(str(PIXEL_ICON)), tr("Image Server Pixel"), self)
        self.action.setObjectName("mActionImageServerPixel")
        self.action.setToolTip(tr("Ask an image service for the values, rasters and profile of a point"))
        self.action.setCheckable(True)
        self.action.toggled.connect(self._toggle)
        warm(self, self.action)

    def start(self) -> None:
        """Show the ways to it."""
        self._iface.rasterMenu().addAction(self.action)
        self._iface.addToolBarIcon(self.action)

    def stop(self) -> None:
        """Take panel, tool and the ways to them away, with what is being asked for."""
        self._iface.removeToolBarIcon(self.action)
        self._iface.rasterMenu().removeAction(self.action)
        self.action.setChecked(False)
        if self._map is not None:
            self._map.deleteLater()
            self._map = None
        dock, panel, self._dock, self.panel = self._dock, self.panel, None, None
        if panel is not None:
            panel.stop()
        if dock is not None:
            self._iface.removeDockWidget(dock)
            dock.deleteLater()

    def ask(self, layer: QgsRasterLayer) -> None:
        """Show the panel for a layer, and take points from the map."""
        self._made().choose(layer)
        self.action.setChecked(True)
        self._show()

    def _toggle(self, is_on: bool) -> None:
        """Take points from the map, or give it back the tool it had."""
        if is_on:
            panel = self._made()
            layer = self._iface.activeLayer()
            if isinstance(layer, QgsRasterLayer) and source_of(layer) is not None:
                panel.choose(layer)
            self._show()
        if self._map is not None:
            (self._map.take if is_on else self._map.give_back)()
        if self.panel is not None:
            self.panel.set_picking(is_on)

    def _show(self) -> None:
        if self._dock is not None:
            self._dock.setUserVisible(True)

    def _made(self) -> PixelPanel:
        """Return the panel, which is made with tool and dock when it is first needed."""
        if self.panel is not None:
            return self.panel
        tool = PixelTool(self._canvas)
        self._map = BorrowedMap(self._canvas, tool, self)
        tool.clicked.connect(self._ask_at)
        tool.deactivated.connect(lambda: self.action.setChecked(False))
        self.panel = panel = PixelPanel(self._canvas, self._lock)
        panel.pick_toggled.connect(self.action.setChecked)
        self._dock = dock = QgsDockWidget(tr("Image Server Pixel"), self._iface.mainWindow())
        dock.setObjectName("ImageServerPixel")
        dock.setWidget(panel)
        dock.closedStateChanged.connect(self._on_closed)
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        warm_all(dock)
        return panel

    def _on_closed(self, is_closed: bool) -> None:
        if is_closed:
            self.action.setChecked(False)
        if self.panel is not None:
            self.panel.show_marks(not is_closed)

    def _ask_at(self, place: QgsPointXY, keeps: bool) -> None:
        if self.panel is not None:
            self.panel.ask_at(place, keeps)
