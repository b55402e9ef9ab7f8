"""Where rasters lie, drawn over the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSlot
from qgis.PyQt.QtGui import QPalette

from ...plugin.layer.outlines import Outline
from ...plugin.service.extent import Extent
from ...plugin.service.no_collection import NO_COLLECTION
from ...plugin.service.warming import warm


class Footprints(QObject):
    """Shapes over a map canvas, in the color of selected things. `remove`, or the end of `owner`, takes them away.

    Faint ones are thin lines, for what can be selected.
    """

    def __init__(
        self, canvas: QgsMapCanvas, crs: QgsCoordinateReferenceSystem, owner: QObject, *, is_faint: bool = False
    ) -> None:
        # A child of the canvas, to outlive the owner: no slot of what is deleted together with it could be called.
        super().__init__(canvas)
        warm(self)
        owner.destroyed.connect(self.remove)
        self._canvas, self._crs = canvas, crs
        self._shown: list[Extent | Outline] = []
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        color = canvas.palette().color(QPalette.ColorRole.Highlight)
        self._band.setStrokeColor(color)
        color.setAlpha(0 if is_faint else 50)
        self._band.setFillColor(color)
        self._band.setWidth(1 if is_faint else 2)
        # A rubber band keeps the coordinates of the CRS that it was drawn in.
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, shapes: Iterable[Extent | Outline]) -> None:
        """Draw these shapes, which are in the CRS, in place of those before."""
        self._shown = list(shapes)
        self._draw()

    def count(self) -> int:
        """Return how many shapes are drawn."""
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
        with NO_COLLECTION:
            shapes = list(self._shapes())
        if shapes:
            # All at once, as adding one takes longer the more there are.
            self._band.addGeometry(QgsGeometry.collectGeometry(shapes), QgsCoordinateReferenceSystem())

    def _shapes(self) -> Iterator[QgsGeometry]:
        """Yield the shapes in the CRS of the map, as far as it can show them."""
        to_map = QgsCoordinateTransform(self._crs, self._canvas.mapSettings().destinationCrs(), QgsProject.instance())
        for shown in self._shown:
            shape = _geometry(shown)
            try:
                if not to_map.isShortCircuited():
                    shape.transform(to_map)
            except QgsCsException:
                continue
            yield shape

    def _is_gone(self) -> bool:
        return bool(sip.isdeleted(self._canvas) or sip.isdeleted(self._band))


def outline_shape(outline: Outline) -> QgsGeometry:
    """Return a footprint as QGIS has shapes."""
    return QgsGeometry.fromPolygonXY([[QgsPointXY(*point) for point in ring] for ring in outline.rings])


def _geometry(shape: Extent | Outline) -> QgsGeometry:
    return outline_shape(shape) if isinstance(shape, Outline) else QgsGeometry.fromRect(QgsRectangle(*shape))
