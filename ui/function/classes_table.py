"""A table of ranges and what they become, which always has one empty row more."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ...plugin.translation import tr
from ..common.number_text import number_text

_COLUMNS = 3
_ROWS_SHOWN = 5

Rows = tuple[tuple[float, ...], ...]


class ClassesTable(QTableWidget):
    """Least, greatest and new value in each row. `edited` is emitted when the user has changed something."""

    edited = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, _COLUMNS, parent)
        self._is_filling = False
        self.setHorizontalHeaderLabels([tr("From"), tr("To (below)"), tr("Becomes")])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        row = self.fontMetrics().height() + 8
        self.verticalHeader().setDefaultSectionSize(row)
        self.setFixedHeight(row * (_ROWS_SHOWN + 1) + 2 * self.frameWidth())
        self.cellChanged.connect(lambda _row, _column: self._on_changed())
        self.set_rows(())

    def rows(self) -> Rows:
        """Return the rows that are whole, all of whose cells are numbers."""
        found = (tuple(_number(text) for text in texts) for texts in self._texts())
        return tuple(
            (least, most, new)
            for least, most, new in found
            if least is not None and most is not None and new is not None
        )

    def set_rows(self, rows: Rows) -> None:
        """Show rows."""
        self._is_filling = True
        self.setRowCount(len(rows) + 1)
        for row in range(len(rows) + 1):
            for column in range(_COLUMNS):
                text = number_text(rows[row][column]) if row < len(rows) else ""
                self.setItem(row, column, _cell(text))
        self._is_filling = False

    def problem(self) -> str:
        """Return why a row is none; empty where each is whole, or empty."""
        for number, texts in enumerate(self._texts(), start=1):
            for text in texts:
                if text and _number(text) is None:
                    return tr("“{text}” in row {row} is no number.").format(text=text, row=number)
            if any(texts) and not all(texts):
                return tr("Row {row} is not whole: it needs a range and a new value.").format(row=number)
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the cells that are selected; rows without any text go."""
        if event.key() not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or not self.selectedIndexes():
            super().keyPressEvent(event)
            return
        self._is_filling = True
        for index in self.selectedIndexes():
            self.item(index.row(), index.column()).setText("")
        for row in reversed(range(self.rowCount())):
            if not any(self._texts()[row]):
                self.removeRow(row)
        self._is_filling = False
        self._on_changed()

    def _texts(self) -> list[list[str]]:
        items = [[self.item(row, column) for column in range(_COLUMNS)] for row in range(self.rowCount())]
        return [["" if item is None else item.text().strip() for item in row] for row in items]

    def _on_changed(self) -> None:
        if self._is_filling:
            return
        texts = self._texts()
        if not texts or any(texts[-1]):
            self._is_filling = True
            self.insertRow(len(texts))
            for column in range(_COLUMNS):
                self.setItem(len(texts), column, _cell(""))
            self._is_filling = False
        self.edited.emit()


def _cell(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _number(text: str) -> float | None:
    """Read a number with a decimal point, or as the user's country writes it."""
    try:
        value = float(text)
    except ValueError:
        value, is_number = QLocale().toDouble(text)
        return value if is_number else None
    return value if abs(value) < float("inf") else None
