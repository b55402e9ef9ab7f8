"""Footprints are selected on QGIS' map as they are beside the table: with a click, a box, Shift and Ctrl."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QPoint, QPointF, QRect, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent

from ...plugin.layer.outlines import Outline
from ...plugin.service.warming import warm
from ..common.borrowed_map import BorrowedMap
from ..common.footprints import outline_shape
from .pointing import SLIP, Turns, adds_box, adds_click

# Of each edge of a box: an edge is no straight line in another CRS.
_PARTS = 20


class _SelectTool(QgsMapTool):
    """Emits a click or a box, in pixels of the map, with the keys that were held; or that Esc was pressed."""

    clicked = pyqtSignal(QPoint, object)
    boxed = pyqtSignal(QRect, object)
    canceled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(QgsApplication.getThemeCursor(QgsApplication.Cursor.Select))
        self._start: QPoint | None = None
        self._band: QgsRubberBand | None = None

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Begin a click, or a box."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.pos()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Span the box."""
        start, here = self._start, event.pos()
        if start is None or (self._band is None and (here - start).manhattanLength() <= SLIP):
            return
        if self._band is None:
            self._band = QgsRubberBand(self.canvas(), QgsWkbTypes.GeometryType.PolygonGeometry)
            self._band.setLineStyle(Qt.PenStyle.DashLine)
            self._band.setFillColor(QColor(Qt.GlobalColor.transparent))
            self._band.setStrokeColor(self.canvas().palette().text().color())
        self._band.setToCanvasRectangle(QRect(start, here).normalized())

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Tell what was clicked or spanned."""
        start, is_box = self._start, self._band is not None
        if start is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._give_up()
        if is_box:
            self.boxed.emit(QRect(start, event.pos()).normalized(), event.modifiers())
        else:
            self.clicked.emit(start, event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Esc, which QGIS keeps to itself while a button is held."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.canceled.emit()

    def deactivate(self) -> None:
        """Leave no box behind."""
        self._give_up()
        super().deactivate()

    def _give_up(self) -> None:
        self._start = None
        band, self._band = self._band, None
        if band is not None and not sip.isdeleted(band):
            self.canvas().scene().removeItem(band)
            sip.delete(band)


class CanvasSelection(QObject):
    """Has the map's tool from `start` to `stop`, or until the user takes another one, which `switched` tells.

    Outlines are in `crs`, the service's. `picked` carries what `FootprintView.picked` does.
    """

    picked = pyqtSignal(object, object)
    switched = pyqtSignal(bool)

    def __init__(self, canvas: QgsMapCanvas, crs: QgsCoordinateReferenceSystem, owner: QObject) -> None:
        super().__init__(owner)
        self._canvas, self._crs = canvas, crs
        self._outlines: Sequence[Outline] = ()
        self._turns = Turns()
        tool = _SelectTool(canvas)
        self._map = BorrowedMap(canvas, tool, self)
        tool.clicked.connect(self._on_clicked)
        tool.boxed.connect(self._on_boxed)
        tool.canceled.connect(self.stop)
        tool.deactivated.connect(self._on_deactivated)
        warm(self)

    @property
    def is_on(self) -> bool:
        """Whether clicks on the map select."""
        return self._map.is_on

    def set_outlines(self, outlines: Sequence[Outline]) -> None:
        """Let these be selected, of which the first are on top."""
        self._outlines = outlines
        self._turns.forget()

    def start(self) -> None:
        """Take the tool of the map."""
        if self.is_on:
            return
        self._map.take()
        self._canvas.setFocus()
        self.switched.emit(True)

    def stop(self) -> None:
        """Give the map its tool back."""
        self._map.give_back()

    def _on_deactivated(self) -> None:
        self.switched.emit(False)

    def _on_clicked(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        adds = adds_click(modifiers)
        try:
            point = self._to_service().transform(QgsPointXY(self._to_map(place)))
        except QgsCsException:
            found = []
        else:
            found = [outline.raster_id for outline in self._outlines if outline.holds(point.x(), point.y())]
        chosen = self._turns.take(QPointF(place), found)
        if chosen is not None:
            self.picked.emit([chosen], adds)
        elif adds is False:
            self.picked.emit([], False)

    def _on_boxed(self, box: QRect, modifiers: Qt.KeyboardModifier) -> None:
        shape = QgsGeometry.fromRect(QgsRectangle(self._to_map(box.topLeft()), self._to_map(box.bottomRight())))
        shape = shape.densifyByCount(_PARTS)
        try:
            shape.transform(self._to_service())
        except QgsCsException:
            return
        around = shape.boundingBox()
        near = (outline for outline in self._outlines if around.intersects(QgsRectangle(*outline.box)))
        touched = [outline.raster_id for outline in near if shape.intersects(outline_shape(outline))]
        self.picked.emit(touched, adds_box(modifiers))

    def _to_map(self, place: QPoint) -> QgsPointXY:
        return self._canvas.getCoordinateTransform().toMapCoordinates(place)

    def _to_service(self) -> QgsCoordinateTransform:
        return QgsCoordinateTransform(
            self._canvas.mapSettings().destinationCrs(), self._crs, QgsProject.instance().transformContext()
        )
