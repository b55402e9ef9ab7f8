"""Paints the part of a map that is wanted: its outline with corners to drag, and a veil over the rest."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRect, QRectF
from qgis.PyQt.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen

# In pixels: half the side of a corner.
_CORNER = 3
# How opaque the veil is, of 255.
_VEIL = 120


def paint_area(painter: QPainter, box: QRectF, widget: QRect, palette: QPalette) -> None:
    """Paint the part at `box` on a map that fills `widget`."""
    outside, inside = QPainterPath(), QPainterPath()
    outside.addRect(QRectF(widget))
    inside.addRect(box)
    base = palette.color(QPalette.ColorRole.Base)
    veil = QColor(base)
    veil.setAlpha(_VEIL)
    painter.fillPath(outside.subtracted(inside), veil)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
    painter.drawRect(box)
    for corner in (box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()):
        handle = QRectF(corner.x() - _CORNER, corner.y() - _CORNER, 2 * _CORNER, 2 * _CORNER)
        painter.fillRect(handle, base)
        painter.drawRect(handle)
