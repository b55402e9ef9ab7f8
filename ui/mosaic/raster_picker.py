"""Choose rasters from the catalog of a mosaic, with their footprints on the map."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsProject, QgsReferencedRectangle
from qgis.gui import QgsGui, QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, QLocale, QModelIndex, QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.template_extent import transformed_extent
from ...plugin.options.catalog_search import search_clause
from ...plugin.service.catalog import CatalogRaster
from ...plugin.service.errors import OptionError
from ...plugin.service.extent import Extent
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.footprints import Footprints
from ..common.load_ui import load_ui
from ..common.service_crs import service_crs
from .catalog_tasks import CatalogQuestion
from .raster_table import RasterTableModel

# Milliseconds; a pause in typing or panning.
_PAUSE = 400
# Characters that a column is wide at first, and how many rows are measured for it.
_WIDEST_COLUMN, _ROWS_MEASURED = 30, 20


class RasterPicker(QDialog):
    """A table of all rasters, to search, sort and tick. `chosen` are ticked from the start.

    Where nothing has been ticked yet, the selected rows are what is chosen. Does not block the map. The service must
    have a catalog.
    """

    def __init__(
        self,
        known: ConnectedService,
        chosen: Iterable[CatalogRaster],
        canvas: QgsMapCanvas | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._known, self._canvas = known, canvas
        self._crs = service_crs(known)
        # A form that is deleted takes the dialog along, without closing it.
        self._footprints = Footprints(canvas, self._crs, self) if canvas is not None else None
        self._total: int | None = None
        self._count = CatalogQuestion(self)
        self._model = RasterTableModel(known, chosen, self)
        # Taking the last tick away is a choice as well, though its row is selected by then.
        self._is_ticked = self._had_some = bool(self._model.chosen())
        self._lock_button = self.button_box.button(QDialogButtonBox.StandardButton.Ok)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._set_texts()
        self._set_up_table()
        self._connect()
        QgsGui.enableAutoGeometryRestore(self, "imageServerLayerRasterPicker")
        warm_all(self)
        self._show_chosen()
        self._search()

    def chosen(self) -> list[CatalogRaster]:
        """Return the ticked rasters in the order of ticking; before the first tick, the selected ones from the top."""
        if self._is_ticked:
            return self._model.chosen()
        return [self._model.raster(row) for row in self._selected_rows()]

    def done(self, result: int) -> None:
        """Stop reading and leave the map as it was; Qt calls this however the dialog ends."""
        self._pause.stop()
        self._model.cancel()
        self._count.cancel()
        if self._footprints is not None:
            self._footprints.remove()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter search, or tick the selected rows as the space bar does, rather than close the dialog."""
        if event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.search_edit and is_enter:
                self._search()
                return True
            if watched is self.table and (is_enter or event.key() == Qt.Key.Key_Space):
                self._toggle_selected()
                return True
        return bool(super().eventFilter(watched, event))

    def _set_texts(self) -> None:
        self.setWindowTitle(tr("Choose Rasters of {name}").format(name=self._known.service.name))
        self.search_label.setText(tr("&Search"))
        self.search_edit.setPlaceholderText(tr("Name, another text, or id"))
        self.search_edit.setShowSearchIcon(True)
        self.view_box.setText(tr("Only in the map &view"))
        self.view_box.setToolTip(tr("Show the rasters only whose footprint touches what the map shows."))
        self.view_box.setVisible(self._canvas is not None and self._crs.isValid())
        self.table.setAccessibleName(tr("Rasters"))
        self.table.setToolTip(
            tr("Tick rasters to choose them, or select some. The footprints of selected rows are shown on the map.")
        )
        self.retry_button.setText(tr("&Retry"))
        self.retry_button.hide()
        self._lock_button.setText(tr("&Lock"))

    def _set_up_table(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        header = self.table.horizontalHeader()
        # Unsorted, that is by id, until the user wants it otherwise.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        self.table.setModel(self._model)
        self.table.setSortingEnabled(True)
        self.table.installEventFilter(self)
        self.search_edit.installEventFilter(self)

    def _connect(self) -> None:
        self.search_edit.textChanged.connect(self._pause.start)
        self.view_box.toggled.connect(self._search)
        self._pause.timeout.connect(self._search)
        if self._canvas is not None:
            self._canvas.extentsChanged.connect(self._on_view_changed)
        self.retry_button.clicked.connect(self._search)
        self.table.doubleClicked.connect(self._on_double_click)
        self.table.selectionModel().selectionChanged.connect(self._show_footprints)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self._model.modelReset.connect(self._show_footprints)
        self._model.modelReset.connect(self._show_chosen)
        self._model.modelReset.connect(self.table.scrollToTop)
        self._model.loaded.connect(self._on_loaded)
        self._model.chosen_changed.connect(self._on_ticked)
        self.button_box.accepted.connect(self.accept)
        self.button_box.rejected.connect(self.reject)

    def _on_view_changed(self) -> None:
        if self.view_box.isChecked():
            self._pause.start()

    def _search(self) -> None:
        mosaic = self._known.service.mosaic
        if mosaic is None:
            return
        self._pause.stop()
        self._show_problem("")
        where, extent = search_clause(self.search_edit.text(), mosaic), None
        if self._canvas is not None and self.view_box.isChecked():
            extent = self._view(self._canvas)
            if extent is None:
                self._count.cancel()
                why = tr("What the map shows lies outside the service's coordinate reference system.")
                self._model.select_nothing(why)
                return
        self._total = None
        self.status_label.setText(tr("Reading the catalog…"))
        self._model.select(where, extent)
        if extent is None:
            # The table itself says what is wrong with a clause.
            self._count.ask(self._known, lambda catalog: catalog.count(where), self._on_counted, lambda _: None)
        else:
            self._count.cancel()

    def _view(self, canvas: QgsMapCanvas) -> Extent | None:
        """Return what the map shows in the service's CRS, or None where that cannot be told."""
        settings = canvas.mapSettings()
        view = QgsReferencedRectangle(settings.visibleExtent(), settings.destinationCrs())
        try:
            return transformed_extent(view, self._crs, QgsProject.instance().transformContext())
        except OptionError:
            return None

    def _on_counted(self, count: int) -> None:
        self._total = count
        self._show_status()

    def _on_loaded(self, problem: str) -> None:
        self._show_problem(problem)
        self._show_status()
        if self._model.rowCount() and not self.table.property("has_widths"):
            self.table.setProperty("has_widths", True)
            self._adjust_columns()

    def _adjust_columns(self) -> None:
        self.table.resizeColumnsToContents()
        widest = self.fontMetrics().averageCharWidth() * _WIDEST_COLUMN
        for column in range(self._model.columnCount()):
            self.table.setColumnWidth(column, min(widest, self.table.columnWidth(column)))

    def _show_problem(self, problem: str) -> None:
        self.problem.set_text(problem)
        self.retry_button.setVisible(bool(problem))

    def _show_status(self) -> None:
        shown, locale = self._model.rowCount(), QLocale()
        if not self._model.has_more():
            text = tr("Rasters: {shown}")
        elif self._total is None:
            text = tr("Rasters: {shown}; scroll down for more")
        else:
            text = tr("Rasters: {shown} of {total}; scroll down for more")
        total = locale.toString(max(shown, self._total or 0))
        self.status_label.setText(text.format(shown=locale.toString(shown), total=total))

    def _on_ticked(self) -> None:
        self._is_ticked = True
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Say how many there are, and let them be locked; none is a choice, too, where there were some."""
        count, mosaic = len(self.chosen()), self._known.service.mosaic
        limit = None if mosaic is None else mosaic.max_image_count
        text = tr("{count} chosen") if limit is None else tr("{count} chosen, at most {limit}")
        locale = QLocale()
        self.chosen_label.setText(text.format(count=locale.toString(count), limit=locale.toString(limit or 0)))
        self._lock_button.setEnabled(count > 0 or self._had_some)

    def _selected_rows(self) -> list[int]:
        # Whole rows are selected; selectedRows() would ask the model about each cell.
        ranges = self.table.selectionModel().selection()
        return sorted(row for part in ranges for row in range(part.top(), part.bottom() + 1))

    def _show_footprints(self) -> None:
        if self._footprints is not None:
            rasters = [self._model.raster(row) for row in self._selected_rows()]
            self._footprints.show(raster.footprint for raster in rasters if raster.footprint is not None)

    def _toggle_selected(self) -> None:
        rows = self._selected_rows()
        if rows:
            self._model.choose(rows, not all(self._model.is_chosen(row) for row in rows))

    def _on_double_click(self, index: QModelIndex) -> None:
        self._model.choose([index.row()], not self._model.is_chosen(index.row()))
