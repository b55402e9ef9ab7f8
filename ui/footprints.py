"""Where rasters lie, drawn over the map."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsCoordinateReferenceSystem, QgsCsException, QgsGeometry, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QPalette

from ..plugin.service.extent import Extent


class Footprints:
    """Boxes over a map canvas, in the colour of selected things. `remove` takes them away for good."""

    def __init__(self, canvas: QgsMapCanvas, crs: QgsCoordinateReferenceSystem) -> None:
        self._canvas, self._crs = canvas, crs
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        color = canvas.palette().color(QPalette.ColorRole.Highlight)
        self._band.setStrokeColor(color)
        color.setAlpha(50)
        self._band.setFillColor(color)
        self._band.setWidth(2)

    def show(self, boxes: Iterable[Extent]) -> None:
        """Draw these boxes, which are in the CRS, in place of those before."""
        if self._is_gone():
            return
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        for box in boxes:
            try:
                self._band.addGeometry(QgsGeometry.fromRect(QgsRectangle(*box)), self._crs)
            except QgsCsException:
                # Beyond what the map can show.
                continue

    def boxes(self) -> int:
        """Return how many boxes are drawn."""
        return 0 if self._is_gone() or self._band.numberOfVertices() == 0 else int(self._band.size())

    def remove(self) -> None:
        """Leave no trace on the canvas."""
        if not self._is_gone():
            self._canvas.scene().removeItem(self._band)
            sip.delete(self._band)

    def _is_gone(self) -> bool:
        return bool(sip.isdeleted(self._canvas) or sip.isdeleted(self._band))
