"""The outlines of many rasters as one thing to paint, which stays the same wherever the map is looked at."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QBrush, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from ...plugin.layer.outlines import Outline
from .viewport import Viewport


class OutlinePath:
    """Outlines in map coordinates; the painter transforms them to the widget."""

    def __init__(self, outlines: Iterable[Outline] = ()) -> None:
        self._path = QPainterPath()
        self.add(outlines)

    def add(self, outlines: Iterable[Outline]) -> None:
        """Add outlines."""
        for outline in outlines:
            for ring in outline.rings:
                self._path.addPolygon(QPolygonF([QPointF(*point) for point in ring]))

    def paint(
        self, painter: QPainter, view: Viewport, pen: QPen, brush: QBrush | Qt.BrushStyle = Qt.BrushStyle.NoBrush
    ) -> None:
        """Paint the outlines in a view; the width of the pen is in pixels of the widget."""
        if self._path.isEmpty():
            return
        pen.setCosmetic(True)
        seen, scale = view.extent, 1 / view.scale
        painter.save()
        to_widget = QTransform(scale, 0.0, 0.0, -scale, -seen.xmin * scale, seen.ymax * scale)
        painter.setTransform(to_widget, combine=True)
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(self._path)
        painter.restore()
