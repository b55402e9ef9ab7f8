"""What is selected in a table of rasters, in the order in which it was."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QTableView

from ...plugin.service.warming import warm

_Flag = QItemSelectionModel.SelectionFlag


class TableSelection(QObject):
    """The selected rows, the one selected first in front. Whole rows are selected."""

    changed = pyqtSignal()

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        warm(self)
        self._table = table
        # A dictionary as an ordered set. Row numbers stay valid, as rows are only added at the end or all replaced.
        self._rows: dict[int, None] = {}
        table.selectionModel().selectionChanged.connect(self._on_changed)
        table.model().modelReset.connect(self._on_reset)

    def rows(self) -> list[int]:
        """Return the selected rows in the order of selecting; of those selected at once, from the top."""
        return list(self._rows)

    def select(self, rows: Iterable[int], adds: bool | None) -> None:
        """Select rows in addition to others (True), instead of them (False), or toggle each (None)."""
        model, selection, ordered = self._table.model(), QItemSelection(), sorted(set(rows))
        last = model.columnCount() - 1
        for begin, end in _runs(ordered):
            # In ranges, as Qt takes longer for each part of a selection.
            selection.select(model.index(begin, 0), model.index(end, last))
        flag = {True: _Flag.Select, False: _Flag.ClearAndSelect, None: _Flag.Toggle}[adds]
        self._table.selectionModel().select(selection, flag)
        if ordered:
            current = model.index(ordered[0], 0)
            self._table.selectionModel().setCurrentIndex(current, _Flag.NoUpdate)
            self._table.scrollTo(current)

    def _on_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        for row in _rows_of(deselected):
            self._rows.pop(row, None)
        for row in _rows_of(selected):
            self._rows.setdefault(row)
        self.changed.emit()

    def _on_reset(self) -> None:
        self._rows.clear()
        self.changed.emit()


def _rows_of(selection: QItemSelection) -> list[int]:
    # By ranges, as there is an index for every cell.
    return sorted({row for part in selection for row in range(part.top(), part.bottom() + 1)})


def _runs(rows: list[int]) -> Iterable[tuple[int, int]]:
    """Yield the first and the last of rows that follow each other."""
    begin = previous = -1
    for row in rows:
        if row != previous + 1 or begin < 0:
            if begin >= 0:
                yield begin, previous
            begin = row
        previous = row
    if begin >= 0:
        yield begin, previous
