"""Where rasters lie, drawn over the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSlot
from qgis.PyQt.QtGui import QPalette

from ...plugin.service.extent import Extent
from ...plugin.service.warming import warm


class Footprints(QObject):
    """Boxes over a map canvas, in the color of selected things. `remove`, or the end of `owner`, takes them away."""

    def __init__(self, canvas: QgsMapCanvas, crs: QgsCoordinateReferenceSystem, owner: QObject) -> None:
        # Of the canvas, to outlive the owner: at its end, Qt can no longer call a slot of its own, or one in Python.
        super().__init__(canvas)
        warm(self)
        owner.destroyed.connect(self.remove)
        self._canvas, self._crs = canvas, crs
        self._boxes: list[Extent] = []
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        color = canvas.palette().color(QPalette.ColorRole.Highlight)
        self._band.setStrokeColor(color)
        color.setAlpha(50)
        self._band.setFillColor(color)
        self._band.setWidth(2)
        # A band keeps the coordinates of the map that it was drawn on.
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, boxes: Iterable[Extent]) -> None:
        """Draw these boxes, which are in the CRS, in place of those before."""
        self._boxes = list(boxes)
        self._draw()

    def boxes(self) -> int:
        """Return how many boxes are drawn."""
        return 0 if self._is_gone() or self._band.numberOfVertices() == 0 else int(self._band.size())

    @pyqtSlot()  # type: ignore[untyped-decorator]
    def remove(self) -> None:
        """Leave no trace on the canvas."""
        if not self._is_gone():
            self._canvas.destinationCrsChanged.disconnect(self._draw)
            self._canvas.scene().removeItem(self._band)
            sip.delete(self._band)
            self.deleteLater()

    def _draw(self) -> None:
        if self._is_gone():
            return
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        shapes = list(self._shapes())
        if shapes:
            # All at once: the band takes longer for each the more it has.
            self._band.addGeometry(QgsGeometry.collectGeometry(shapes), QgsCoordinateReferenceSystem())

    def _shapes(self) -> Iterator[QgsGeometry]:
        """Yield the boxes in the CRS of the map, as far as it can show them."""
        to_map = QgsCoordinateTransform(self._crs, self._canvas.mapSettings().destinationCrs(), QgsProject.instance())
        for box in self._boxes:
            shape = QgsGeometry.fromRect(QgsRectangle(*box))
            try:
                shape.transform(to_map)
            except QgsCsException:
                continue
            yield shape

    def _is_gone(self) -> bool:
        return bool(sip.isdeleted(self._canvas) or sip.isdeleted(self._band))
