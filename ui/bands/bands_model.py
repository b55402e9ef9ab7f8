"""The bands of a service as a table: ticked or not, in an order that can be changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QByteArray, QLocale, QMimeData, QModelIndex, QObject, Qt, pyqtSignal

from ...plugin.options.band_presets import Wavelengths
from ...plugin.service.image_service import Band
from ...plugin.service.no_collection import NO_COLLECTION
from ...plugin.translation import tr

_ROWS = "application/x-image-server-layer-bands"
# Digits of a statistic that are worth reading.
_DIGITS = 5
# Views ask for the flags of every cell whenever the selection changes.
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_TICKED_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable
NAME, WAVELENGTH = 1, 2
_COLUMNS = 7


class BandsModel(QAbstractTableModel):
    """One row for each band: tick and number, name, wavelengths, and the statistics of the raw pixels.

    `edited` is emitted when the user has ticked or moved something.
    """

    edited = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bands: list[Band] = []
        self._ticked: set[int] = set()
        self._wavelengths: Mapping[int, Wavelengths] = {}
        self._has_statistics = True
        self._headers = _headers()

    def show_bands(self, bands: Sequence[Band], chosen: Sequence[int] | None, *, are_raw: bool) -> None:
        """Show bands: those chosen are ticked and come first, in that order. None is all of them, as they come.

        Only of raw pixels are the service's statistics true.
        """
        by_number = {band.number: band for band in bands}
        wanted = dict.fromkeys(chosen or ())
        first = [by_number[number] for number in wanted if number in by_number]
        self.beginResetModel()
        self._ticked = set(by_number) if chosen is None else {band.number for band in first}
        self._bands = [*first, *(band for band in bands if band.number not in wanted)]
        self._has_statistics = are_raw
        self.endResetModel()

    def show_wavelengths(self, wavelengths: Mapping[int, Wavelengths]) -> None:
        """Show wavelengths by the numbers of their bands."""
        self._wavelengths = wavelengths
        if self._bands:
            self.dataChanged.emit(self.index(0, WAVELENGTH), self.index(len(self._bands) - 1, WAVELENGTH))

    def has_texts(self, column: int) -> bool:
        """Whether a column shows anything at all."""
        return any(self._text(band, column) for band in self._bands)

    def chosen(self) -> tuple[int, ...] | None:
        """Return the numbers of the ticked bands in the order of the rows; None for all of them as they come."""
        ticked = tuple(band.number for band in self._bands if band.number in self._ticked)
        return None if ticked == tuple(range(1, len(self._bands) + 1)) else ticked

    def tick(self, rows: Iterable[int], *, ticked: bool) -> None:
        """Tick rows for the user, or take the ticks away."""
        numbers = {self._bands[row].number for row in rows}
        self._ticked = self._ticked | numbers if ticked else self._ticked - numbers
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._bands) - 1, 0), [Qt.ItemDataRole.CheckStateRole])
        self.edited.emit()

    def move(self, rows: Iterable[int], before: int) -> int:
        """Move rows for the user to above the row `before`; return where the first of them is now."""
        moved = dict.fromkeys(sorted(rows))
        target = before - sum(1 for row in moved if row < before)
        self.layoutAboutToBeChanged.emit()
        bands = [self._bands[row] for row in moved]
        order = [band for row, band in enumerate(self._bands) if row not in moved]
        order[target:target] = bands
        self._take_along(order)
        self._bands = order
        self.layoutChanged.emit()
        self.edited.emit()
        return target

    @NO_COLLECTION
    def _take_along(self, order: Sequence[Band]) -> None:
        """Let selection and current index, which may be thousands of cells, go along with their bands."""
        rows_by_number = {band.number: row for row, band in enumerate(order)}
        before = self.persistentIndexList()
        rows_now = [rows_by_number[self._bands[index.row()].number] for index in before]
        now = [self.createIndex(row, index.column()) for row, index in zip(rows_now, before)]
        self.changePersistentIndexList(before, now)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of bands."""
        return 0 if parent is not None and parent.isValid() else len(self._bands)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column, and where it stands."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Rows can be dragged, and dropped between rows but not on one."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _TICKED_FLAGS if index.column() == 0 else _FLAGS

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        band, column = self._bands[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            return Qt.CheckState.Checked if band.number in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(band, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return tr("Band {number}: {name}").format(number=band.number, name=band.name)
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick from the user."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        # A number in Qt 5, and in Qt 6 where views hand it over.
        self.tick([index.row()], ticked=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one type of data that can be dropped here."""
        return [_ROWS]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """Return the rows that are being dragged."""
        data = QMimeData()
        rows = sorted({index.row() for index in indexes})
        data.setData(_ROWS, QByteArray(json.dumps(rows).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, _parent: QModelIndex
    ) -> bool:
        """Move the dragged rows to where they are dropped; below the last row, `row` is -1."""
        if action != Qt.DropAction.MoveAction or not data.hasFormat(_ROWS):
            return False
        self.move(json.loads(bytes(data.data(_ROWS))), len(self._bands) if row < 0 else row)
        return True

    def _text(self, band: Band, column: int) -> str:
        if column == 0:
            return str(band.number)
        if column == NAME:
            return band.name
        if column == WAVELENGTH:
            known = self._wavelengths.get(band.number)
            return "" if known is None else f"{known.shortest:g} – {known.longest:g}"
        statistics = (band.minimum, band.maximum, band.mean, band.standard_deviation)
        value = statistics[column - WAVELENGTH - 1] if self._has_statistics else None
        return "" if value is None else QLocale().toString(value, "g", _DIGITS)


def _alignment(column: int) -> Qt.AlignmentFlag:
    """Return where numbers and texts stand."""
    side = Qt.AlignmentFlag.AlignLeft if column in (0, NAME) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _headers() -> tuple[str, ...]:
    return (
        tr("Band"),
        tr("Name"),
        tr("Wavelength (nm)"),
        tr("Min."),
        tr("Max."),
        tr("Mean"),
        tr("Std. dev."),
    )
