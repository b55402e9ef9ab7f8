"""The values of a point, band by band: as the layer shows it, and as it is in the rasters."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence, QPalette
from qgis.PyQt.QtWidgets import QAbstractItemView, QApplication, QTreeWidget, QTreeWidgetItem, QWidget

from ...plugin.layer.pixel import BandValues
from ...plugin.service.number_text import readable_number
from ...plugin.service.plain_text import clean_line
from ...plugin.translation import tr
from .asked_point import AskedPoint

_BAND, _WAVELENGTH, _VALUE, _CLASS = range(4)
# Of single precision, no more digits mean anything.
_DIGITS = {"Float32": 7}


class ValuesView(QTreeWidget):
    """Shows one point; its rows can be selected and copied as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Values at the point"))
        self.setHeaderLabels([tr("Band"), tr("nm"), tr("Value"), tr("Class")])
        self.headerItem().setToolTip(_WAVELENGTH, tr("Wavelength in nanometers, in the middle of the band"))
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def show_point(self, point: AskedPoint | None) -> None:
        """Show what is known of a point."""
        self.clear()
        answer = None if point is None else point.answer
        tables = []
        if answer is not None:
            shown, raw = tr("As the layer shows it"), tr("In the rasters, before processing")
            tables = [(shown, answer.shown), (raw, answer.raw)]
        known = [(title, values) for title, values in tables if values is not None]
        for title, values in known:
            digits = 0 if point is None else _DIGITS.get(point.source.data_type, 0)
            self._add(title if answer is not None and answer.raw is not None else "", values, digits)
        found = [values for _, values in known]
        self.setColumnHidden(_CLASS, not any(values.classes for values in found))
        self.setColumnHidden(_WAVELENGTH, not any(band.wavelength for values in found for band in values.bands))
        self.expandAll()
        for column in range(self.columnCount()):
            self.resizeColumnToContents(column)

    def as_text(self) -> str:
        """Return the selected rows, or all of them, with tabs between the columns."""
        chosen = self.selectedItems()
        columns = [column for column in range(self.columnCount()) if not self.isColumnHidden(column)]
        header = [self.headerItem().text(column) for column in columns]
        rows = [[item.text(column) for column in columns] for item in chosen or self._items()]
        return "\n".join("\t".join(row) for row in [header, *rows])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy rows by the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.as_text())
            event.accept()
            return
        super().keyPressEvent(event)

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        return [item for top in tops for item in (top, *(top.child(row) for row in range(top.childCount())))]

    def _add(self, title: str, values: BandValues, digits: int) -> None:
        parent = self.invisibleRootItem()
        if title:
            parent = QTreeWidgetItem([title])
            font = self.font()
            font.setBold(True)
            parent.setFont(_BAND, font)
            self.addTopLevelItem(parent)
            parent.setFirstColumnSpanned(True)
        for position, (band, value) in enumerate(zip(values.bands, values.values)):
            wavelength = "" if band.wavelength is None else readable_number(band.wavelength)
            text = tr("no data") if value is None else _text(value, digits)
            row = [clean_line(band.name), wavelength, text, clean_line(values.class_name(position))]
            item = QTreeWidgetItem(row)
            item.setTextAlignment(_VALUE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setTextAlignment(_WAVELENGTH, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if value is None:
                color = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
                item.setForeground(_VALUE, color)
            parent.addChild(item)


def _text(value: float, digits: int) -> str:
    return readable_number(float(f"{value:.{digits}g}") if digits else value)
