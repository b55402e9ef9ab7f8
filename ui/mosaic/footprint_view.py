"""A map of footprints that are selected with the mouse, over the picture of their service."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QToolTip, QWidget

from ...plugin.layer.outlines import Outline
from ...plugin.service.extent import Extent
from ...plugin.service.plain_text import escaped
from ...plugin.translation import tr, tr_n
from ..preview.area_box import spanned
from ..preview.map_view import MapView
from ..preview.outline_path import OutlinePath
from ..preview.viewport import Viewport
from .pointing import SLIP, Turns, adds_box, adds_click

MOST_DRAWN = 1000
"""How many footprints are drawn at most, beside the selected ones, of which there are as many at most."""

_FILL = 70
# Thick lines take a painter twenty times as long as thin ones.
_MOST_THICK = 50
# Rasters that a tooltip names.
_MOST_SAID = 10
# More numbers than these cover the map.
_MOST_NUMBERED = 99


class FootprintView(MapView):
    """Draws the first of the outlines, and all of the selected ones.

    A click selects the raster on top, which is the first in the list, and the one below it where it is clicked again; a
    drag selects what it touches, or moves the map while `pans` is set, as the middle button always does. With Shift,
    or Ctrl, what is selected already stays so.

    `picked` carries ids, the topmost first, and whether they are added (True), taken or added each (None), or all that
    is selected from now on (False). `entered` says that Enter or the space bar was pressed, or a raster double-clicked.
    """

    shows_place = True

    picked = pyqtSignal(object, object)
    entered = pyqtSignal(bool)
    """Whether it was a double click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pans = False
        # Returns what a tooltip says of a raster, by its id; plain text.
        self.words_of: Callable[[int], str] = str
        self._listed: list[Outline] = []
        self._selected: set[int] = set()
        self._selected_path = OutlinePath()
        # The places of the chosen rasters in their order, by id.
        self._numbers: dict[int, int] = {}
        self._start: QPointF | None = None
        self._end: QPointF | None = None
        self._turns = Turns()
        self.setAccessibleName(tr("Footprints of the rasters"))

    @property
    def drawn(self) -> int:
        """How many footprints are drawn, whether they are selected or not."""
        return min(len(self._listed), MOST_DRAWN)

    def show_outlines(self, outlines: Iterable[Outline]) -> None:
        """Show where these rasters lie, in place of those before, and none of them selected."""
        self._listed = list(outlines)
        self._turns.forget()
        super().show_outlines(self._listed[:MOST_DRAWN])
        self.select(())

    def add_outlines(self, outlines: Iterable[Outline]) -> None:
        """Show where some more lie, below those before."""
        room = max(0, MOST_DRAWN - len(self._listed))
        added = list(outlines)
        self._listed += added
        self._outlines.add(added[:room])
        self.update()

    def select(self, ids: Collection[int]) -> None:
        """Show which rasters are selected."""
        self._selected = set(ids)
        chosen = [outline for outline in self._listed if outline.raster_id in self._selected] if ids else []
        self._selected_path = OutlinePath(chosen[:MOST_DRAWN])
        self.update()

    def show_footprints(self) -> None:
        """Look at the selected rasters, or else at all that are listed."""
        boxes = [outline.box for outline in self._listed if outline.raster_id in self._selected or not self._selected]
        if boxes:
            xmin, ymin, xmax, ymax = zip(*boxes)
            around = Extent(min(xmin), min(ymin), max(xmax), max(ymax))
            if around.is_valid():
                self.look_at(around)

    def number(self, ids: Sequence[int]) -> None:
        """Show which rasters are chosen, and in which order; of very many the first."""
        self._numbers = {raster_id: number for number, raster_id in enumerate(ids[:_MOST_NUMBERED], 1)}
        self.update()

    def at(self, x: float, y: float) -> list[int]:
        """Return the ids of the rasters at a pixel, the topmost first."""
        if self.view is None:
            return []
        place = self.view.to_map(x, y)
        return [outline.raster_id for outline in self._listed[:MOST_DRAWN] if outline.holds(*place)]

    def paint_over(self, painter: QPainter, view: Viewport) -> None:
        """Paint thin lines around all, and fill the selected ones."""
        color = self.palette().color(QPalette.ColorRole.Highlight)
        # A shadow makes the lines visible on dark and bright pictures.
        shadow = QPen(self.palette().color(QPalette.ColorRole.Base), 1)
        painter.translate(1, 1)
        self._outlines.paint(painter, view, shadow)
        painter.translate(-1, -1)
        self._outlines.paint(painter, view, QPen(color, 1))
        fill = QColor(color)
        fill.setAlpha(_FILL)
        width = 3 if len(self._selected) <= _MOST_THICK else 1
        self._selected_path.paint(painter, view, QPen(color, width), fill)
        if self._numbers:
            self._paint_numbers(painter, view)
        if self._start is not None and self._end is not None:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(self._start, self._end).normalized())

    def event(self, event: QEvent) -> bool:
        """Say which rasters lie under the mouse when it rests."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return bool(super().event(event))
        found = self.at(event.pos().x(), event.pos().y())
        lines = [escaped(self.words_of(raster_id)) for raster_id in found[:_MOST_SAID]]
        more = len(found) - len(lines)
        if more:
            lines.append(tr_n("and %n other", "and %n others", more))
        QToolTip.showText(event.globalPos(), "<br>".join(lines), self)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or take hold of the map."""
        if event.button() == Qt.MouseButton.MiddleButton or (event.button() == Qt.MouseButton.LeftButton and self.pans):
            self.take_hold(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._start = QPointF(event.pos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Span what is to be selected, or move the map."""
        if self._start is None:
            super().mouseMoveEvent(event)
            return
        here = QPointF(event.pos())
        if self._end is not None or (here - self._start).manhattanLength() > SLIP:
            self._end = here
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was clicked or spanned."""
        if event.button() == Qt.MouseButton.MiddleButton or self._start is None:
            self.let_loose(event)
            return
        start, end = self._start, self._end
        self._start = self._end = None
        self.update()
        if self.view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if end is None:
            self._click(start, adds_click(event.modifiers()))
        else:
            box = spanned(self.view.to_map(start.x(), start.y()), self.view.to_map(end.x(), end.y()))
            touched = [outline.raster_id for outline in self._listed[:MOST_DRAWN] if outline.touches(box)]
            self.picked.emit(touched, adds_box(event.modifiers()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take what was clicked first."""
        if event.button() == Qt.MouseButton.LeftButton and not self.pans and self.at(event.pos().x(), event.pos().y()):
            self.entered.emit(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is selected with Enter or the space bar; move and zoom with the others."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(False)
        else:
            super().keyPressEvent(event)

    def _paint_numbers(self, painter: QPainter, view: Viewport) -> None:
        """Paint the place of each chosen raster into the middle of it."""
        metrics, palette = self.fontMetrics(), self.palette()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for outline in self._listed:
            number = self._numbers.get(outline.raster_id)
            if number is None:
                continue
            text = str(number)
            height = metrics.height() + 2
            box = QRectF(0, 0, max(height, metrics.horizontalAdvance(text) + 8), height)
            box.moveCenter(QPointF(*view.to_pixel(*outline.box.center)))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 1))
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _click(self, place: QPointF, adds: bool | None) -> None:
        chosen = self._turns.take(place, self.at(place.x(), place.y()))
        if chosen is not None:
            self.picked.emit([chosen], adds)
        elif adds is False:
            self.picked.emit([], False)

    def _show_grip(self, event: QMouseEvent) -> None:
        """Show what the mouse would do."""
        del event
        self.setCursor(Qt.CursorShape.OpenHandCursor if self.pans else Qt.CursorShape.ArrowCursor)
