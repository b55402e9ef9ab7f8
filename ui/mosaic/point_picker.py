"""Take a point from the map while the form is out of the way."""

from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.service.warming import warm
from ..common.borrowed_map import BorrowedMap


class _PointTool(QgsMapTool):
    """Emits the point of a click, or that Esc or the right button was pressed."""

    clicked = pyqtSignal(QgsPointXY)
    canceled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Take the point."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.mapPoint())
        elif event.button() == Qt.MouseButton.RightButton:
            self.canceled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.canceled.emit()
            event.accept()


class PointPicker(QObject):
    """Hides the window of a widget until a point is clicked on the canvas, or Esc or another tool puts an end to it.

    `picked` carries the point in the CRS of the canvas.
    """

    picked = pyqtSignal(QgsPointXY)

    def __init__(self, canvas: QgsMapCanvas, widget: QWidget) -> None:
        super().__init__(widget)
        self._canvas, self._widget = canvas, widget
        self._hidden: QWidget | None = None
        tool = _PointTool(canvas)
        self._map = BorrowedMap(canvas, tool, self)
        tool.clicked.connect(self._on_clicked)
        tool.canceled.connect(self.stop)
        tool.deactivated.connect(self._on_deactivated)
        warm(self)

    def start(self) -> None:
        """Wait for a click; a window that holds the canvas itself stays."""
        if self._map.is_on:
            return
        window = self._widget.window()
        if window is not self._canvas.window():
            self._hidden = window
            window.hide()
        self._map.take()
        self._canvas.window().activateWindow()
        self._canvas.setFocus()

    def stop(self) -> None:
        """Give the canvas its tool and the user the form back."""
        self._map.give_back()

    def _on_clicked(self, point: QgsPointXY) -> None:
        self.stop()
        self.picked.emit(point)

    def _on_deactivated(self) -> None:
        window, self._hidden = self._hidden, None
        if window is not None and not sip.isdeleted(window):
            window.show()
            window.raise_()
            window.activateWindow()
