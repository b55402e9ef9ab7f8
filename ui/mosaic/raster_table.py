"""The rasters of a mosaic as a table that is read from the server page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.outlines import Outline, outline_of
from ...plugin.options.catalog_search import attribute_text, table_fields
from ...plugin.service.catalog import CatalogRaster, Page
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.extent import Extent
from ...plugin.translation import tr
from .catalog_tasks import CatalogQuestion, in_words

PAGE = 200
# Views ask for the flags of every cell whenever the selection changes.
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICKED_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable


class RasterTableModel(QAbstractTableModel):
    """Rows are rasters, columns the fields of the catalog; a tick in the first column chooses a raster.

    What is chosen stays chosen, in that order, whatever the table shows. The service must have a catalog. The last
    column is for thumbnails, which somebody else paints.

    `loaded` says that rows have come, or, with a text, why not; `outlined` carries, for these rows or for those that
    have been added (True), where each raster lies.
    """

    loaded = pyqtSignal(str)
    outlined = pyqtSignal(object, bool)
    chosen_changed = pyqtSignal()

    def __init__(self, known: ConnectedService, chosen: Iterable[CatalogRaster], parent: QObject) -> None:
        super().__init__(parent)
        self._known = known
        self._fields = table_fields(known.service.mosaic) if known.service.mosaic else []
        self._chosen = {raster.id: raster for raster in chosen}
        self._rasters: list[CatalogRaster] = []
        self._outlines: list[Outline | None] = []
        self._rows: dict[int, int] = {}
        self._has_more = False
        self._where, self._order, self._why_nothing = "", "", ""
        self._extent: Extent | None = None
        self._question = CatalogQuestion(self)

    def select(self, where: str, extent: Extent | None) -> None:
        """Show the rasters that a clause picks, of those that touch `extent` (in the service's CRS)."""
        self._where, self._extent, self._why_nothing = where, extent, ""
        self.reload()

    def select_nothing(self, why: str) -> None:
        """Show no rasters, and do not ask for any until others are selected."""
        self._why_nothing = why
        self.reload()

    def reload(self) -> None:
        """Ask for the first page anew; the rows stay until it has come."""
        self._has_more = False
        if self._why_nothing:
            self.cancel()
            self._show_none(self._why_nothing)
        else:
            self._ask(0)

    def cancel(self) -> None:
        """Wait for no more rows."""
        self._question.cancel()

    def is_loading(self) -> bool:
        """Whether more rows are on their way."""
        return bool(self._question.is_busy)

    def has_more(self) -> bool:
        """Whether the server has more rows than the table."""
        return self._has_more

    def raster(self, row: int) -> CatalogRaster:
        """Return the raster of a row."""
        return self._rasters[row]

    def row_of(self, raster_id: int) -> int | None:
        """Return the row of a raster, None where it is not listed."""
        return self._rows.get(raster_id)

    def outline(self, row: int) -> Outline | None:
        """Return where the raster of a row lies, None where its record does not say so."""
        return self._outlines[row]

    def outlines(self) -> list[Outline | None]:
        """Return where the rasters of all rows lie."""
        return list(self._outlines)

    @property
    def thumbnail_column(self) -> int:
        """The column that holds no field."""
        return len(self._fields)

    def chosen(self) -> list[CatalogRaster]:
        """Return the chosen rasters in the order of choosing."""
        return list(self._chosen.values())

    def choose(self, rows: Sequence[int], is_chosen: bool) -> None:
        """Choose the rasters of some rows, of at least one, or not any more."""
        for row in rows:
            raster = self._rasters[row]
            if not is_chosen:
                self._chosen.pop(raster.id, None)
            elif raster.id not in self._chosen:
                self._chosen[raster.id] = raster
        self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0))
        self.chosen_changed.emit()

    def is_chosen(self, row: int) -> bool:
        """Whether the raster of a row is chosen."""
        return self._rasters[row].id in self._chosen

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many rasters have been read."""
        return 0 if parent is not None and parent.isValid() else len(self._rasters)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of fields, and one for thumbnails."""
        return 0 if parent is not None and parent.isValid() else len(self._fields) + 1

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, its alignment, or the tick of a raster."""
        if index.column() == self.thumbnail_column:
            return None
        field = self._fields[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return attribute_text(self._rasters[index.row()].attributes.get(field.name), field)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if self.is_chosen(index.row()) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        self.choose([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        return _TICKED_FLAGS if index.column() == 0 else _FLAGS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a field's alias, name and alignment; rows have no numbers, as there may be far more of them."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if section == self.thumbnail_column:
            return tr("Thumbnail") if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._fields[section].alias
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._fields[section].name
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the server sort by a field; it cannot by thumbnails."""
        if column == self.thumbnail_column:
            return
        direction = "DESC" if order == Qt.SortOrder.DescendingOrder else "ASC"
        wanted = f"{self._fields[column].name} {direction}" if column >= 0 else ""
        if wanted != self._order:
            self._order = wanted
            self.reload()

    def canFetchMore(self, parent: QModelIndex) -> bool:
        """Whether scrolling on brings more rows."""
        return not parent.isValid() and self._has_more and not self.is_loading()

    def fetchMore(self, parent: QModelIndex) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._ask(len(self._rasters))

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        # Ids, in the first column, stay left beside their ticks.
        is_right = column and self._fields[column].is_numeric
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _ask(self, offset: int) -> None:
        where, order, extent = self._where, self._order, self._extent
        self._question.ask(
            self._known,
            lambda catalog: _outlined(catalog.rasters(where, order, offset, PAGE, extent)),
            lambda answer: self._add(offset, *answer),
            lambda error: self._stop(offset, error),
        )

    def _add(self, offset: int, page: Page, outlines: list[Outline | None]) -> None:
        if offset == 0:
            self.beginResetModel()
            self._take(page.rasters, outlines, anew=True)
            self.endResetModel()
            self.outlined.emit(outlines, False)
        elif page.rasters:
            self.beginInsertRows(QModelIndex(), offset, offset + len(page.rasters) - 1)
            self._take(page.rasters, outlines, anew=False)
            self.endInsertRows()
            self.outlined.emit(outlines, True)
        # A page without rows is the end, whatever the server says.
        self._has_more = page.has_more and bool(page.rasters)
        self.loaded.emit("")

    def _take(self, rasters: Sequence[CatalogRaster], outlines: Sequence[Outline | None], *, anew: bool) -> None:
        if anew:
            self._rasters, self._outlines, self._rows = [], [], {}
        self._rows.update((raster.id, len(self._rasters) + number) for number, raster in enumerate(rasters))
        self._rasters += rasters
        self._outlines += outlines

    def _stop(self, offset: int, error: ImageServerLayerError) -> None:
        """Remove the rows, and request no more until the user does."""
        self._has_more = False
        if offset == 0:
            self._show_none(in_words(error))
        else:
            self.loaded.emit(in_words(error))

    def _show_none(self, why: str) -> None:
        self.beginResetModel()
        self._take((), (), anew=True)
        self.endResetModel()
        self.outlined.emit([], False)
        self.loaded.emit(why)


def _outlined(page: Page) -> tuple[Page, list[Outline | None]]:
    return page, [outline_of(raster) for raster in page.rasters]
