"""A small plot of lines, in the colors of the window it is in."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPalette, QPen, QPolygonF, QTextOption
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ..common.ink import ink
from .plot_data import Place, Plot, Scale, Series
from .ticks import Range, Tick, number_ticks, time_ticks, whole_ticks, widened

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DOT = 2.6
_COPIED_AT_LEAST = QSize(640, 400)
# With more dots, they would hide the line.
_MOST_DOTS = 200


class PlotWidget(QWidget):
    """Draws one plot. A value that is missing is a gap in its line, never 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = Plot("", "", Scale.NUMBER)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self.fontMetrics().height() * 9)

    @property
    def plot(self) -> Plot:
        """What is shown."""
        return self._plot

    def set_plot(self, plot: Plot) -> None:
        """Show something else."""
        self._plot = plot
        lines = [f"{line.name}: {sum(place.y is not None for place in line.places)}" for line in plot.series]
        self.setAccessibleName("; ".join([f"{plot.y_title} / {plot.x_title}", *lines]))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size in which a profile can be read."""
        height = self.fontMetrics().height()
        return QSize(height * 20, height * 13)

    def image(self) -> QImage:
        """Return the plot as an image, on the background of the window, with what each line is below it."""
        size, line = self.size().expandedTo(_COPIED_AT_LEAST), self.fontMetrics().height() * 1.3
        below = int(line * (len(self._plot.series) + 0.5))
        image = QImage(size + QSize(0, below), QImage.Format.Format_ARGB32)
        image.fill(self.palette().color(QPalette.ColorRole.Base))
        painter = QPainter(image)
        self._draw(painter, QRectF(0, 0, size.width(), size.height()))
        painter.setClipping(False)
        for number, series in enumerate(self._plot.series):
            row = QRectF(line * 1.5, size.height() + line * number, size.width() - line * 2, line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(series.color))
            painter.drawEllipse(QPointF(line, row.center().y()), _DOT * 1.5, _DOT * 1.5)
            painter.setPen(ink(self.palette()))
            painter.drawText(row, series.name, QTextOption(_LEFT))
        painter.end()
        return image

    def paintEvent(self, _event: object) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        self._draw(painter, QRectF(self.rect()))
        painter.end()

    def _draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        known = [place for line in self._plot.series for place in line.places if place.y is not None]
        if not known:
            return
        height = self.fontMetrics().height()
        ys = [place.y for place in known if place.y is not None]
        # Of all places, so that gaps at the ends are shown, too.
        xs = [place.x for line in self._plot.series for place in line.places]
        x_range, y_range = widened(min(xs), max(xs)), widened(min(ys), max(ys))
        y_ticks = number_ticks(*y_range, max(2, int(area.height() / (height * 2.5))))
        left = max((self._width(tick.text) for tick in y_ticks), default=0) + height
        box = QRectF(area.left() + left, area.top() + height * 1.6, 0, 0)
        box.setRight(area.right() - height)
        box.setBottom(area.bottom() - height * 2.8)
        if box.width() < height or box.height() < height:
            return
        self._draw_axes(painter, area, box, self._x_ticks(x_range, box.width()), y_ticks, x_range, y_range)
        painter.setClipRect(box.adjusted(-_DOT * 2, -_DOT * 2, _DOT * 2, _DOT * 2))
        for line in self._plot.series:
            self._draw_line(painter, line, box, x_range, y_range)

    def _x_ticks(self, x_range: Range, width: float) -> list[Tick]:
        if self._plot.scale is Scale.TIME:
            return time_ticks(*x_range, max(1, int(width / self._width("0000-00-00"))))
        most = max(1, int(width / self._width("000000", 2)))
        return (whole_ticks if self._plot.scale is Scale.WHOLE else number_ticks)(*x_range, most)

    def _width(self, text: str, blanks: int = 0) -> int:
        return int(self.fontMetrics().boundingRect(text + "0" * blanks).width())

    def _draw_axes(
        self,
        painter: QPainter,
        area: QRectF,
        box: QRectF,
        x_ticks: Iterable[Tick],
        y_ticks: Iterable[Tick],
        x_range: Range,
        y_range: Range,
    ) -> None:
        height = self.fontMetrics().height()
        text = ink(self.palette())
        faint = QColor(text)
        faint.setAlpha(45)
        center = QTextOption(Qt.AlignmentFlag.AlignCenter)
        center.setWrapMode(QTextOption.WrapMode.NoWrap)
        for tick in y_ticks:
            y = _at(tick.value, y_range, box.bottom(), box.top())
            painter.setPen(QPen(faint, 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(text)
            place = QRectF(area.left(), y - height / 2, box.left() - area.left() - height * 0.4, height)
            painter.drawText(place, tick.text, QTextOption(_RIGHT))
        for tick in x_ticks:
            x, wide = _at(tick.value, x_range, box.left(), box.right()), self._width(tick.text, 1)
            painter.setPen(QPen(faint, 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(text)
            painter.drawText(QRectF(x - wide / 2, box.bottom() + height * 0.25, wide, height), tick.text, center)
        painter.setPen(QPen(text, 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.bottomLeft(), box.topLeft())
        below = QRectF(box.left(), area.bottom() - height * 1.3, box.width(), height * 1.2)
        painter.drawText(below, self._plot.x_title, center)
        above = QRectF(area.left() + height * 0.4, area.top() + height * 0.2, area.width() - height * 0.8, height * 1.2)
        painter.drawText(above, self._plot.y_title, QTextOption(_LEFT))

    def _draw_line(self, painter: QPainter, line: Series, box: QRectF, x_range: Range, y_range: Range) -> None:
        color = QColor(line.color)
        painter.setPen(QPen(color, 1.6))
        run: list[QPointF] = []
        dots: list[QPointF] = []
        for place in (*line.places, Place(0.0, None)):
            if place.y is not None:
                x = _at(place.x, x_range, box.left(), box.right())
                run.append(QPointF(x, _at(place.y, y_range, box.bottom(), box.top())))
            elif run:
                painter.drawPolyline(QPolygonF(run))
                dots += run
                run = []
        if len(dots) <= _MOST_DOTS:
            painter.setBrush(color)
            for dot in dots:
                painter.drawEllipse(dot, _DOT, _DOT)
            painter.setBrush(Qt.BrushStyle.NoBrush)


def _at(value: float, limits: Range, begin: float, end: float) -> float:
    return begin + (value - limits[0]) / (limits[1] - limits[0]) * (end - begin)
