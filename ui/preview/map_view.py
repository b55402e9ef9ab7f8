"""A small map of one layer that is in no project: it is moved and zoomed, and a part of it is chosen by dragging.

It is no `QgsMapCanvas`, because each of those writes itself into the project, reads itself from it, and waits for its
drawing when it is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QRectF, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.outlines import Outline
from ...plugin.service.extent import Extent
from ...plugin.translation import tr
from ..common.ink import ink
from .area_box import Drag, Grip, grip_at
from .area_painting import paint_area
from .drawing import Drawing
from .outline_path import OutlinePath
from .viewport import Viewport

# In milliseconds: how long the map must rest before it is drawn, so that places on the way are not requested.
_PATIENCE = 150
_ZOOM_STEP = 2.0
# One notch of a mouse wheel, in eighths of a degree.
_NOTCH = 120
# The opacity of a drawing that is out of date.
_FADED = 0.45
_CURSORS = {
    Grip.OUTLINE: Qt.CursorShape.SizeAllCursor,
    Grip.LOWER_LEFT: Qt.CursorShape.SizeBDiagCursor,
    Grip.UPPER_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Grip.LOWER_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Grip.UPPER_LEFT: Qt.CursorShape.SizeFDiagCursor,
}


class MapView(QWidget):
    """Shows a layer, and over it the part that is wanted.

    `area_chosen` carries an `Extent` when the user has drawn or moved that part, `failed` a sentence when drawing has
    failed. `busy_changed` is emitted when a drawing has begun or ended, and `view_changed` when the view is another
    one.
    """

    shows_place = False
    """Whether there is something to see also where nothing is drawn."""

    area_chosen = pyqtSignal(object)
    failed = pyqtSignal(str)
    busy_changed = pyqtSignal()
    view_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer: QgsRasterLayer | None = None
        self._whole: Extent | None = None
        # What the view was made to show: it stays in view when the widget is resized, until the user moves the map.
        self._fitted: Extent | None = None
        # In map units.
        self._cell = 1.0
        self._view: Viewport | None = None
        self._area: Extent | None = None
        self._outlines = OutlinePath()
        # The last drawing, its extent, and whether it is out of date; and the extent of the drawing under way.
        self._image, self._shown, self._is_faded = QImage(), Extent(0, 0, 0, 0), False
        self._asked = self._shown
        self._is_choosing = False
        # What the mouse holds while its button is down.
        self._drag: Drag | None = None
        self._drawing = Drawing(self)
        self._drawing.drawn.connect(self._on_drawn)
        self._drawing.failed.connect(self._on_failed)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE)
        self._later.timeout.connect(self._draw)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 90)
        self.setAccessibleName(tr("Preview of the layer"))

    @property
    def is_busy(self) -> bool:
        """Whether a drawing is under way, or about to be."""
        return self._drawing.is_busy or self._later.isActive()

    @property
    def view(self) -> Viewport | None:
        """The view; None before there was a layer."""
        return self._view

    def sizeHint(self) -> QSize:
        """Return a size that shows something."""
        return QSize(420, 320)

    def show_layer(self, layer: QgsRasterLayer, whole: Extent) -> None:
        """Draw a layer, which belongs to this widget from now on; `whole` is all there is to see, in the layer's CRS.

        The view stays if the whole is the same.
        """
        self._let_go()
        # Qt deletes the layer together with the widget.
        layer.setParent(self)
        self._layer = layer
        self._cell = min(layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY())
        if whole != self._whole or self._view is None:
            self._whole = whole
            self._fitted = whole if self._area is None else self._area
            self._view = Viewport.of(self._fitted, self._own_size())
        self.view_changed.emit()
        self._later.stop()
        self._draw()

    def show_place(self, whole: Extent, cell: float) -> None:
        """Look at a place where nothing is drawn yet; `cell` is the size of its pixels in map units."""
        self._cell, self._whole, self._fitted = cell, whole, whole
        self._view = Viewport.of(whole, self._own_size())
        self.view_changed.emit()
        self.update()

    def show_outlines(self, outlines: Iterable[Outline]) -> None:
        """Show the footprints of some rasters, in the layer's CRS."""
        self._outlines = OutlinePath(outlines)
        self.update()

    def forget_layer(self) -> None:
        """Draw nothing any more, and look at the same place."""
        self.stop()
        self._let_go()
        self._image = QImage()
        self.update()

    def look_at(self, extent: Extent) -> None:
        """Move the view to a part, in the layer's CRS."""
        self._fit(extent)

    def clear(self) -> None:
        """Show nothing, and ask for nothing any more."""
        self.stop()
        self._let_go()
        self._image, self._whole, self._view = QImage(), None, None
        self.view_changed.emit()
        self.update()

    def fade(self) -> None:
        """Show that the drawing is out of date."""
        self.stop()
        self._let_go()
        self._is_faded = True
        self.update()

    def stop(self) -> None:
        """Draw no more."""
        was_busy = self.is_busy
        self._later.stop()
        self._drawing.stop()
        if was_busy:
            self.busy_changed.emit()

    def show_area(self, area: Extent | None) -> None:
        """Show the part that is wanted, None for all; if it is out of sight, the view moves there."""
        if area == self._area:
            return
        self._area = area
        if area is not None and self._view is not None and self._view.extent.intersection(area) is None:
            self._fit(area)
        self.update()

    def show_all(self) -> None:
        """Move the view to all there is to see."""
        if self._whole is not None:
            self._fit(self._whole)

    def choose_area(self, is_choosing: bool) -> None:
        """Let the next drag span the part that is wanted."""
        self._is_choosing = is_choosing
        self.setCursor(Qt.CursorShape.CrossCursor if is_choosing else Qt.CursorShape.OpenHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the last drawing where it belongs, and over it the part that is wanted."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self._view is None or (self._image.isNull() and not self.shows_place):
            text = tr("The preview is being drawn.")
            painter.setPen(ink(self.palette()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(_FADED if self._is_faded else 1.0)
        if not self._image.isNull():
            painter.drawImage(_on_widget(self._view, self._shown), self._image)
        painter.setOpacity(1.0)
        self.paint_over(painter, self._view)

    def paint_over(self, painter: QPainter, view: Viewport) -> None:
        """Paint what lies over the drawing."""
        self._outlines.paint(painter, view, QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
        if self._area is not None:
            paint_area(painter, _on_widget(view, self._area), self.rect(), self.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw what has come into sight; what was wholly in view stays so."""
        super().resizeEvent(event)
        if self._view is not None and self._fitted is not None:
            self._fit(self._fitted)
        elif self._view is not None:
            self._look_at(self._view.resized(self._own_size()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse."""
        place = event.position()
        self._zoom(_ZOOM_STEP ** (-event.angleDelta().y() / _NOTCH), place.x(), place.y())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, zoom with plus and minus, and see all with Home."""
        moves = {
            Qt.Key.Key_Left: (1, 0),
            Qt.Key.Key_Right: (-1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        zooms = {Qt.Key.Key_Plus: 1 / _ZOOM_STEP, Qt.Key.Key_Equal: 1 / _ZOOM_STEP, Qt.Key.Key_Minus: _ZOOM_STEP}
        key = event.key()
        if key in moves and self._view is not None:
            columns, rows = moves[key]
            self._fitted = None
            self._look_at(self._view.moved(columns * self.width() / 4, rows * self.height() / 4))
        elif key in zooms:
            self._zoom(zooms[key], self.width() / 2, self.height() / 2)
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the part that is wanted, or of the map."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.take_hold(event)

    def take_hold(self, event: QMouseEvent) -> None:
        """Let the mouse drag what is below it."""
        if self._view is None:
            return
        grip = None if self._is_choosing else self._grip_at(event)
        start = float(event.pos().x()), float(event.pos().y())
        self._drag = Drag(start, self._view, self._area, grip, self._is_choosing)
        if self._drag.is_of_map:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; without a button, show by the cursor what could be."""
        drag, x, y = self._drag, event.pos().x(), event.pos().y()
        if drag is None:
            self._show_grip(event)
        elif drag.is_of_map:
            self._fitted = None
            self._look_at(drag.view_at(x, y))
        else:
            self._area = drag.area_at(x, y)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Emit the part that was chosen, unless it is so small that the hand has slipped."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.let_loose(event)

    def let_loose(self, event: QMouseEvent) -> None:
        """End the drag."""
        drag, self._drag = self._drag, None
        if drag is None:
            return
        if not drag.is_of_map and self._area is not None and self._area != drag.area:
            if drag.is_slip(self._area):
                self._area = drag.area
                self.update()
            else:
                self.area_chosen.emit(self._area)
        self._show_grip(event)

    def _grip_at(self, event: QMouseEvent) -> Grip | None:
        if self._area is None or self._view is None:
            return None
        return grip_at(self._area, self._view, event.pos().x(), event.pos().y())

    def _show_grip(self, event: QMouseEvent) -> None:
        if self._is_choosing:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._view is not None:
            grip = self._grip_at(event)
            self.setCursor(Qt.CursorShape.OpenHandCursor if grip is None else _CURSORS[grip])

    def _own_size(self) -> tuple[int, int]:
        return self.width(), self.height()

    def _zoom(self, factor: float, x: float, y: float) -> None:
        if self._view is not None and self._whole is not None:
            self._fitted = None
            self._look_at(self._view.zoomed(factor, x, y, self._whole, self._cell))

    def _fit(self, extent: Extent) -> None:
        self._fitted = extent
        self._look_at(Viewport.of(extent, self._own_size()))

    def _look_at(self, view: Viewport) -> None:
        if view == self._view:
            return
        self._view = view
        self.view_changed.emit()
        self.update()
        if self._layer is not None:
            self._later.start()
            self.busy_changed.emit()

    def _draw(self) -> None:
        if self._layer is None or self._view is None:
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        self._drawing.start(self._layer, QgsRectangle(*self._view.extent), size)
        self._asked = self._view.extent
        self.busy_changed.emit()

    def _on_drawn(self, image: QImage) -> None:
        self._image, self._shown, self._is_faded = image, self._asked, False
        self.update()
        self.busy_changed.emit()

    def _on_failed(self, problem: str) -> None:
        self.failed.emit(problem)
        self.busy_changed.emit()

    def _let_go(self) -> None:
        self._drawing.stop()
        layer, self._layer = self._layer, None
        if layer is not None:
            layer.deleteLater()


def _on_widget(view: Viewport, extent: Extent) -> QRectF:
    left, top = view.to_pixel(extent.xmin, extent.ymax)
    right, bottom = view.to_pixel(extent.xmax, extent.ymin)
    return QRectF(left, top, right - left, bottom - top)
