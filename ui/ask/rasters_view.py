"""The rasters of a mosaic that lie under a point."""

from __future__ import annotations

from qgis.core import QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...plugin.layer.lock import date_field
from ...plugin.options.catalog_search import attribute_text
from ...plugin.service.catalog import CatalogRaster
from ...plugin.service.plain_text import clean_line
from ...plugin.translation import tr
from ..common.footprints import Footprints
from .asked_point import AskedPoint


class RastersView(QWidget):
    """Lists them, and shows where they lie. `lock_requested` carries the id of one that is to be shown alone."""

    lock_requested = pyqtSignal(int)

    def __init__(self, canvas: QgsMapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._rasters: list[CatalogRaster] = []
        self._footprints: Footprints | None = None
        self._layer: QgsRasterLayer | None = None
        self.table = QTreeWidget()
        self.table.setAccessibleName(tr("Rasters under the point"))
        self.table.setHeaderLabels([tr("Raster"), tr("Date"), tr("Id")])
        self.table.setRootIsDecorated(False)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemSelectionChanged.connect(self._show_selected)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.lock = QPushButton(tr("Lock to This"))
        self.lock.setToolTip(tr("Let the layer show this raster alone."))
        self.lock.clicked.connect(self._lock)
        self.footprint = QPushButton(tr("Show Footprint"))
        self.footprint.setCheckable(True)
        self.footprint.setToolTip(tr("Draw on the map the box around the selected raster."))
        self.footprint.toggled.connect(self._show_selected)
        buttons = QHBoxLayout()
        buttons.addWidget(self.lock)
        buttons.addWidget(self.footprint)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        layout.addWidget(self.note)
        layout.addLayout(buttons)

    def show_point(self, point: AskedPoint | None, layer: QgsRasterLayer | None) -> None:
        """List the rasters under a point of a layer, None for a layer that has gone."""
        self.remove_footprint()
        self.table.clear()
        self._layer = layer
        answer = None if point is None else point.answer
        self._rasters = [] if answer is None else list(answer.rasters)
        mosaic = None if point is None or point.asked is None else point.asked.service.mosaic
        field = date_field(mosaic)
        self.table.setColumnHidden(1, field is None)
        for raster in self._rasters:
            date = "" if field is None else attribute_text(raster.attributes.get(field.name), field)
            item = QTreeWidgetItem([clean_line(raster.name), date, str(raster.id)])
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.addTopLevelItem(item)
        for column in range(self.table.columnCount()):
            self.table.resizeColumnToContents(column)
        self.note.setText(self._note(point))
        self.note.setVisible(bool(self.note.text()))
        if self._rasters:
            self.table.setCurrentItem(self.table.topLevelItem(0))
        self._show_selected()

    def remove_footprint(self) -> None:
        """Leave no trace on the map."""
        footprints, self._footprints = self._footprints, None
        if footprints is not None:
            footprints.remove()

    def _note(self, point: AskedPoint | None) -> str:
        if point is None or point.asked is None or point.answer is None or point.answer.is_outside:
            return ""
        mosaic = point.asked.service.mosaic
        if mosaic is None:
            return tr("The service is a single raster.")
        if not mosaic.has_catalog:
            return tr("The service does not let its rasters be listed.")
        if point.answer.has_more_rasters:
            return tr("There are more rasters; the form has a table of all of them.")
        return "" if self._rasters or point.answer.problem else tr("No raster lies there.")

    def _selected(self) -> CatalogRaster | None:
        row = self.table.indexOfTopLevelItem(self.table.currentItem()) if self.table.selectedItems() else -1
        return self._rasters[row] if 0 <= row < len(self._rasters) else None

    def _show_selected(self) -> None:
        raster = self._selected()
        self.lock.setEnabled(raster is not None and self._layer is not None)
        self.footprint.setEnabled(raster is not None and raster.footprint is not None)
        if raster is None or raster.footprint is None or self._layer is None or not self.footprint.isChecked():
            self.remove_footprint()
            return
        if self._footprints is None:
            self._footprints = Footprints(self._canvas, self._layer.crs(), self)
        self._footprints.show([raster.footprint])

    def _lock(self) -> None:
        raster = self._selected()
        if raster is not None:
            self.lock_requested.emit(raster.id)
