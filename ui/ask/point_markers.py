"""The points that were asked for, marked on the map in their colors."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsProject
from qgis.gui import QgsMapCanvas, QgsVertexMarker
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

from ...plugin.service.warming import warm
from .asked_point import AskedPoint

_SIZE, _WIDTH = 13, 3


class PointMarkers(QObject):
    """Crosses over a map canvas, until `remove`."""

    def __init__(self, canvas: QgsMapCanvas, parent: QObject) -> None:
        super().__init__(parent)
        warm(self)
        self._canvas = canvas
        self._points: list[AskedPoint] = []
        self._markers: list[QgsVertexMarker] = []
        # A marker keeps the coordinates of the map that it was drawn on.
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, points: Sequence[AskedPoint]) -> None:
        """Mark these points in place of those before."""
        self._points = list(points)
        self._draw()

    def remove(self) -> None:
        """Leave no trace on the canvas."""
        if not sip.isdeleted(self._canvas):
            self._canvas.destinationCrsChanged.disconnect(self._draw)
        self._clear()

    def _draw(self) -> None:
        self._clear()
        crs = self._canvas.mapSettings().destinationCrs()
        for point in self._points:
            try:
                place = QgsCoordinateTransform(point.crs, crs, QgsProject.instance()).transform(point.place)
            except QgsCsException:
                continue
            marker = QgsVertexMarker(self._canvas)
            marker.setIconType(QgsVertexMarker.IconType.ICON_CROSS)
            marker.setIconSize(_SIZE)
            marker.setPenWidth(_WIDTH)
            marker.setColor(QColor(point.color))
            marker.setCenter(place)
            self._markers.append(marker)

    def _clear(self) -> None:
        markers, self._markers = self._markers, []
        for marker in markers:
            if not sip.isdeleted(marker):
                self._canvas.scene().removeItem(marker)
                sip.delete(marker)
