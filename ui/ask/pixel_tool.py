"""The map tool that asks for the pixel under a click."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import Qt, pyqtSignal

from ...plugin.service.warming import warm


class PixelTool(QgsMapTool):
    """Emits each point that is clicked, in the CRS of the canvas, and whether those before are to stay (Ctrl)."""

    clicked = pyqtSignal(QgsPointXY, bool)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(QgsApplication.getThemeCursor(QgsApplication.Cursor.Identify))
        warm(self)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Take the point."""
        if event.button() == Qt.MouseButton.LeftButton:
            keeps = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.clicked.emit(event.mapPoint(), keeps)
