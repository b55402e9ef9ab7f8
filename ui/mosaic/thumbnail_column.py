"""A column of thumbnails: each raster of a mosaic alone, drawn by the server for the rows that can be seen."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QHelpEvent, QPainter
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from ...plugin.backend.thumbnails import Thumbnail
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.thumbnails import raster_thumbnail
from ...plugin.service.catalog import CatalogRaster
from ...plugin.service.errors import OptionError
from ...plugin.service.plain_text import escaped
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.thumbnail_loader import ThumbnailLoader

# In milliseconds: how long scrolling must rest before thumbnails are requested.
_PATIENCE = 150
# In lines of text.
_HEIGHT, _WIDTH = 2.6, 3.9
_MARGIN = 2
_WAITING_SIGN = "…"


class ThumbnailColumn(QStyledItemDelegate):
    """Paints the column, and requests the thumbnails in sight, a few at a time; those out of sight are stopped."""

    def __init__(
        self, table: QTableView, column: int, known: ConnectedService, raster: Callable[[int], CatalogRaster]
    ) -> None:
        super().__init__(table)
        self._table, self._column, self._known, self._raster = table, column, known, raster
        # By raster id: the thumbnail to request, or why there is none.
        self._thumbnails: dict[int, Thumbnail | str] = {}
        self._sign = QgsApplication.getThemeIcon("/mIconWarning.svg")
        self._loader = ThumbnailLoader(self)
        self._loader.arrived.connect(self._repaint)
        self._loader.polled.connect(self._look)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE)
        warm(self._later)
        self._later.timeout.connect(self._look)
        table.setItemDelegateForColumn(column, self)
        table.verticalHeader().setDefaultSectionSize(self.picture_size().height() + 2 * _MARGIN + 1)
        header = table.horizontalHeader().sectionSizeHint(column)
        table.setColumnWidth(column, max(header, self.picture_size().width() + 2 * _MARGIN + 2))
        table.verticalScrollBar().valueChanged.connect(lambda _value: self._on_moved())
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self._on_moved())
        table.model().modelReset.connect(self._on_reset)

    @property
    def is_busy(self) -> bool:
        """Whether thumbnails are being asked for, or about to be."""
        return self._loader.is_busy or self._later.isActive()

    def picture_size(self) -> QSize:
        """Return the size of a thumbnail on the screen."""
        line = self._table.fontMetrics().height()
        return QSize(round(_WIDTH * line), round(_HEIGHT * line))

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._later.stop()
        self._loader.stop()

    def problem(self, row: int) -> str:
        """Return why a row has no thumbnail; empty where it has one, or it is still to come."""
        thumbnail = self._thumbnail(row)
        return self._loader.problem(thumbnail) if isinstance(thumbnail, Thumbnail) else thumbnail

    def has_image(self, row: int) -> bool:
        """Whether the thumbnail of a row has come."""
        thumbnail = self._thumbnail(row)
        return isinstance(thumbnail, Thumbnail) and self._loader.image(thumbnail) is not None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint a thumbnail, or a sign in its place; what has come into sight is requested soon."""
        super().paint(painter, option, index)
        thumbnail = self._thumbnail(index.row())
        room = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        image = self._loader.image(thumbnail) if isinstance(thumbnail, Thumbnail) else None
        if image is not None:
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
            painter.restore()
        elif self.problem(index.row()):
            side = min(option.fontMetrics.height(), room.height())
            self._sign.paint(painter, QRect(room.center() - QPoint(side // 2, side // 2), QSize(side, side)))
        else:
            painter.save()
            painter.setPen(option.palette.color(option.palette.ColorRole.PlaceholderText))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, _WAITING_SIGN)
            painter.restore()
            if not self.is_busy:
                self._later.start()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """Say why there is no thumbnail."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid() or not self.problem(index.row()):
            return bool(super().helpEvent(event, view, option, index))
        QToolTip.showText(event.globalPos(), f"<p>{escaped(self.problem(index.row()))}</p>", view)
        return True

    def _seen(self) -> range:
        """Return the rows that can be seen."""
        viewport, model = self._table.viewport(), self._table.model()
        left = self._table.columnViewportPosition(self._column)
        is_aside = left >= viewport.width() or left + self._table.columnWidth(self._column) <= 0
        if not self._table.isVisible() or self._table.window().isMinimized() or is_aside or not model.rowCount():
            return range(0)
        last = self._table.rowAt(viewport.height() - 1)
        return range(max(0, self._table.rowAt(0)), (model.rowCount() - 1 if last < 0 else last) + 1)

    def _wanted(self) -> dict[Thumbnail, str]:
        found = (self._thumbnail(row) for row in self._seen())
        return {thumbnail: "" for thumbnail in found if isinstance(thumbnail, Thumbnail)}

    def _look(self) -> None:
        """Request what is in sight, or at least stop requesting what is not."""
        if self._later.isActive():
            self._loader.keep(self._wanted())
        else:
            self._loader.want(self._known.access, self._wanted())

    def _on_moved(self) -> None:
        self._loader.keep(self._wanted())
        self._later.start()

    def _on_reset(self) -> None:
        """Try again what has failed, and stop what is not listed any more."""
        self._loader.forget()
        self._on_moved()

    def _repaint(self) -> None:
        self._table.viewport().update()

    def _thumbnail(self, row: int) -> Thumbnail | str:
        raster = self._raster(row)
        if raster.id not in self._thumbnails:
            self._thumbnails[raster.id] = self._made(raster)
        return self._thumbnails[raster.id]

    def _made(self, raster: CatalogRaster) -> Thumbnail | str:
        ratio, size = self._table.devicePixelRatioF(), self.picture_size()
        try:
            pixels = round(size.width() * ratio), round(size.height() * ratio)
            thumbnail = raster_thumbnail(self._known, raster, pixels)
        except OptionError as error:
            return error.message
        return thumbnail or tr("The raster has no footprint, so nothing is drawn.")
