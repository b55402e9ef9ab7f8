"""A tool that has QGIS' map for a while."""

from __future__ import annotations

from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from ...plugin.service.warming import warm


class BorrowedMap(QObject):
    """Gives a map a tool, and gives it its own one back, unless the user has taken another one meanwhile."""

    def __init__(self, canvas: QgsMapCanvas, tool: QgsMapTool, owner: QObject) -> None:
        super().__init__(owner)
        self._canvas, self._tool = canvas, tool
        self._previous: QgsMapTool | None = None
        self._is_on = False
        tool.deactivated.connect(self._on_deactivated)
        # Tools belong to the canvas, which lives longer than a window.
        self.destroyed.connect(tool.deleteLater)
        warm(self, tool)

    @property
    def is_on(self) -> bool:
        """Whether the map has the tool."""
        return self._is_on and not (sip.isdeleted(self._canvas) or sip.isdeleted(self._tool))

    def take(self) -> None:
        """Give the map the tool."""
        self._previous, self._is_on = self._canvas.mapTool(), True
        self._canvas.setMapTool(self._tool)

    def give_back(self) -> None:
        """Give the map the tool that it had."""
        if not self.is_on:
            return
        if self._previous is None or sip.isdeleted(self._previous):
            self._canvas.unsetMapTool(self._tool)
        else:
            self._canvas.setMapTool(self._previous)

    def _on_deactivated(self) -> None:
        # QGIS has not taken the next tool yet.
        self._previous, self._is_on = None, False
