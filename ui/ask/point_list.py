"""The points that are compared, each in its color, to be chosen from and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QKeyEvent, QPixmap
from qgis.PyQt.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from ...plugin.service.number_text import readable_number
from ...plugin.service.plain_text import clean_line
from ...plugin.translation import tr
from .asked_point import AskedPoint

_LINES = 4


class PointList(QTreeWidget):
    """`chosen` tells that another point is selected, `remove_requested` that it is to go (Del)."""

    chosen = pyqtSignal()
    remove_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[AskedPoint] = []
        self.setAccessibleName(tr("Points"))
        self.setHeaderLabels([tr("Point"), tr("Coordinates"), tr("Layer")])
        self.setRootIsDecorated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMaximumHeight(int(self.fontMetrics().height() * 1.4 * (_LINES + 1)))
        self.itemSelectionChanged.connect(self.chosen)

    def current(self) -> AskedPoint | None:
        """Return the selected point."""
        row = self.indexOfTopLevelItem(self.currentItem()) if self.selectedItems() else -1
        return self._points[row] if 0 <= row < len(self._points) else None

    def show_points(self, points: Sequence[AskedPoint], selected: AskedPoint | None) -> None:
        """List these points."""
        self.blockSignals(True)
        self.clear()
        self._points = list(points)
        for point in self._points:
            size = self.fontMetrics().height()
            swatch = QPixmap(size, size)
            swatch.fill(QColor(point.color))
            item = QTreeWidgetItem([str(point.number), coordinates(point), clean_line(point.layer_name)])
            icon = QIcon(swatch)
            # The same when selected, where QGIS would tint it.
            icon.addPixmap(swatch, QIcon.Mode.Selected)
            item.setIcon(0, icon)
            self.addTopLevelItem(item)
            if point is selected:
                self.setCurrentItem(item)
        for column in range(self.columnCount()):
            self.resizeColumnToContents(column)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the selected point away by Del."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
            event.accept()
            return
        super().keyPressEvent(event)


def coordinates(point: AskedPoint) -> str:
    """Return where a point is on the map, as it can be typed."""
    digits = 1e-4 if point.crs.isGeographic() else 1.0
    return f"{readable_number(point.place.x(), digits)}, {readable_number(point.place.y(), digits)}"
