"""Choose rasters from the catalog of a mosaic: a table and a map of footprints that select each other."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.gui import QgsGui, QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, QLocale, QModelIndex, QObject, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.lock import raster_in_words
from ...plugin.layer.outlines import Outline
from ...plugin.service.catalog import CatalogRaster
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.extent import Extent
from ...plugin.service.raster_files import download_problem
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.algorithm_dialog import DOWNLOAD, open_algorithm_dialog
from ..common.load_ui import load_ui
from ..common.messages import tooltip
from ..common.plain_header import show_no_selection
from ..common.service_crs import service_crs
from ..common.sizes_in_dialog import tell_sizes
from .canvas_footprints import CanvasFootprints
from .catalog_tasks import CatalogQuestion
from .empty_note import EmptyNote
from .footprint_map import FootprintMap
from .footprint_view import MOST_DRAWN
from .raster_filters import Area, RasterFilters
from .raster_table import RasterTableModel
from .table_selection import TableSelection
from .thumbnail_column import ThumbnailColumn

# The initial width of a column in characters at most, and the rows that are measured for it.
_WIDEST_COLUMN, _ROWS_MEASURED = 30, 20
# How many of the chosen rasters are named.
_MOST_NAMED = 8


class RasterPicker(QDialog):
    """A table of all rasters, to filter, sort and tick, beside a map of them. `chosen` are ticked from the start.

    Where nothing has been ticked yet, the selected rasters are what is chosen. Does not block QGIS' map. The service
    must have a catalog.
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
        self._known, self._crs = known, service_crs(known)
        # Without a CRS, footprints cannot be transformed to the map of QGIS.
        self._canvas = canvas if self._crs.isValid() else None
        # A form that is deleted takes the dialog along, without closing it.
        self._on_canvas = None if self._canvas is None else CanvasFootprints(self._canvas, self._crs, self)
        self._total: int | None = None
        self._count = CatalogQuestion(self)
        self._model = RasterTableModel(known, chosen, self)
        # Unticking the last raster means "none", and not the row that is selected by then.
        self._is_ticked = self._had_some = bool(self._model.chosen())
        self._lock_button = self.button_box.button(QDialogButtonBox.StandardButton.Ok)
        self.filters = RasterFilters(known, has_canvas=self._canvas is not None, parent=self)
        self.map = FootprintMap(known, self)
        self.map.view.words_of = self._words_of
        self._compose()
        self._set_up_table()
        self.selection = TableSelection(self.table)
        self.thumbnails = ThumbnailColumn(self.table, self._model.thumbnail_column, known, self._model.raster)
        self.note = EmptyNote(self.table, tr("&Clear the Filters"))
        self._connect()
        QgsGui.enableAutoGeometryRestore(self, "imageServerLayerRasterPicker")
        warm_all(self)
        self._show_chosen()
        self._search()

    def chosen(self) -> list[CatalogRaster]:
        """Return the ticked rasters in the order of ticking; before the first tick, the selected ones in theirs."""
        if self._is_ticked:
            return self._model.chosen()
        return [self._model.raster(row) for row in self.selection.rows()]

    def done(self, result: int) -> None:
        """Stop reading and leave the map as it was; Qt calls this however the dialog ends."""
        self.filters.stop()
        self._model.cancel()
        self._count.cancel()
        self.thumbnails.stop()
        self.map.cancel()
        if self._on_canvas is not None:
            self._on_canvas.remove()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter tick the selected rows as the space bar does, rather than close the dialog."""
        is_key = watched is self.table and event.type() == QEvent.Type.KeyPress
        if is_key and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle_selected()
            return True
        return bool(super().eventFilter(watched, event))

    def _compose(self) -> None:
        self.setWindowTitle(tr("Choose Rasters of {name}").format(name=self._known.service.name))
        self.filters_layout.addWidget(self.filters)
        self.splitter.addWidget(self.map)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.map.here_button.setVisible(self._canvas is not None)
        for there in (self.map.canvas_box, self.map.canvas_button):
            there.setVisible(self._canvas is not None)
        self.table.setAccessibleName(tr("Rasters"))
        self.table.setToolTip(
            tr("Tick rasters to choose them, or select some. The footprints of selected rows are filled on the map.")
        )
        self.retry_button.setText(tr("&Retry"))
        self.retry_button.setAutoDefault(False)
        self.retry_button.hide()
        self.add_button.setText(tr("&Add to the Lock List"))
        self.add_button.setAutoDefault(False)
        self.add_button.setToolTip(tr("Tick the selected rasters, in the order in which they were selected (Enter)"))
        self._lock_button.setText(tr("&Lock"))
        self.download_button.setText(tr("&Download…"))
        self.download_button.setAutoDefault(False)
        self._download_problem = download_problem(self._known.service)
        allowed = tr("Get the files that the chosen rasters are made of, as they are on the server: sizes first")
        self.download_button.setToolTip(tooltip(self._download_problem or allowed))

    def _set_up_table(self) -> None:
        header = self.table.horizontalHeader()
        # Unsorted, that is by id, until the user wants it otherwise.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        header.setHighlightSections(False)
        self.table.setModel(self._model)
        show_no_selection(header)
        # Beside the ids.
        header.moveSection(header.visualIndex(self._model.thumbnail_column), 1)
        self.table.setSortingEnabled(True)
        self.table.installEventFilter(self)

    def _connect(self) -> None:
        self.filters.changed.connect(self._search)
        self.retry_button.clicked.connect(lambda _checked: self._search())
        self.note.clicked.connect(self.filters.clear)
        if self._canvas is not None and self._on_canvas is not None:
            there = self._on_canvas.selection
            self.map.canvas_box.toggled.connect(self._on_canvas.show)
            self.map.canvas_box.toggled.connect(self.map.canvas_button.setEnabled)
            self.map.canvas_button.clicked.connect(lambda wanted: there.start() if wanted else there.stop())
            there.switched.connect(self.map.canvas_button.setChecked)
            there.picked.connect(self._on_picked)
            # Bound methods, which are disconnected when this object is deleted.
            self._canvas.extentsChanged.connect(self._on_canvas_moved)
        self.map.view.view_changed.connect(self._on_map_moved)
        self.map.view.picked.connect(self._on_picked)
        self.map.view.entered.connect(self._on_entered)
        self.map.here_button.clicked.connect(lambda _checked: self._look_at_canvas())
        self.table.doubleClicked.connect(self._on_double_click)
        self.selection.changed.connect(self._show_selected)
        self._model.modelReset.connect(self.table.scrollToTop)
        self._model.outlined.connect(self._on_outlined)
        self._model.loaded.connect(self._on_loaded)
        self._model.chosen_changed.connect(self._on_ticked)
        self.add_button.clicked.connect(lambda _checked: self._add_selected())
        self.download_button.clicked.connect(lambda _checked: self._download())
        self.button_box.accepted.connect(self.accept)
        self.button_box.rejected.connect(self.reject)

    def _words_of(self, raster_id: int) -> str:
        row = self._model.row_of(raster_id)
        return "" if row is None else raster_in_words(self._model.raster(row), self._known.service)

    def _on_canvas_moved(self) -> None:
        if self.filters.area is Area.CANVAS:
            self.filters.wait()

    def _on_map_moved(self) -> None:
        if self.filters.area is Area.HERE:
            self.filters.wait()

    def _search(self) -> None:
        mosaic, wanted = self._known.service.mosaic, self.filters.value()
        if mosaic is None or wanted is None:
            return
        self._show_problem("")
        where, extent = wanted.clause(mosaic), None
        if self.filters.area is not Area.ANYWHERE:
            extent = self._view()
            if extent is None:
                self._count.cancel()
                why = tr("What the map shows lies outside the service's coordinate reference system.")
                self._model.select_nothing(why)
                return
        self._total = None
        self.note.say("", can_help=False)
        self.status_label.setText(tr("Reading the catalog…"))
        self._model.select(where, extent)
        # Errors are ignored here, as the table shows them.
        self._count.ask(self._known, lambda catalog: catalog.count(where, extent), self._on_counted, lambda _: None)

    def _view(self) -> Extent | None:
        """Return where rasters are looked for, in the service's CRS; None where that cannot be told."""
        if self.filters.area is Area.HERE:
            return None if self.map.view.view is None else self.map.view.view.extent
        return self._canvas_view()

    def _canvas_view(self) -> Extent | None:
        """Return what QGIS' map shows in the service's CRS, or None where that cannot be told."""
        return None if self._on_canvas is None else self._on_canvas.view()

    def _look_at_canvas(self) -> None:
        view = self._canvas_view()
        if view is not None:
            self.map.view.look_at(view)

    def _on_counted(self, count: int) -> None:
        self._total = count
        self._show_status()

    def _on_outlined(self, outlines: list[Outline | None], is_more: bool) -> None:
        if is_more:
            self.map.add_outlines(outlines)
        else:
            self.map.show_outlines(outlines)
        if self._on_canvas is not None:
            self._on_canvas.set_listed(self._model.outlines()[:MOST_DRAWN])

    def _on_loaded(self, problem: str) -> None:
        self._show_problem(problem)
        self._show_status()
        is_filtered = self.filters.is_set
        if self._model.rowCount() or problem:
            self.note.say("", can_help=False)
        elif is_filtered:
            self.note.say(tr("No raster matches: loosen the filters, or look elsewhere."), can_help=True)
        else:
            self.note.say(tr("The catalog of the service lists no rasters."), can_help=False)
        if self._model.rowCount() and not self.table.property("has_widths"):
            self.table.setProperty("has_widths", True)
            self._adjust_columns()

    def _adjust_columns(self) -> None:
        widest = self.fontMetrics().averageCharWidth() * _WIDEST_COLUMN
        for column in range(self._model.thumbnail_column):
            self.table.resizeColumnToContents(column)
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
        """Say which there are, and let them be locked; none is a choice, too, where there were some."""
        chosen, mosaic = self.chosen(), self._known.service.mosaic
        count, limit, locale = len(chosen), None if mosaic is None else mosaic.max_image_count, QLocale()
        text = tr("{count} chosen") if limit is None else tr("{count} chosen, at most {limit}")
        text = text.format(count=locale.toString(count), limit=locale.toString(limit or 0))
        ids = ", ".join(str(raster.id) for raster in chosen[:_MOST_NAMED])
        if ids:
            text = f"{text}: {ids}{', …' if count > _MOST_NAMED else ''}"
        self.chosen_label.setText(text)
        self.map.view.number([raster.id for raster in self._model.chosen()])
        self._lock_button.setEnabled(count > 0 or self._had_some)
        self.add_button.setEnabled(bool(self.selection.rows()))
        self.download_button.setEnabled(count > 0 and not self._download_problem)

    def _show_selected(self) -> None:
        rows = self.selection.rows()
        self.map.view.select([self._model.raster(row).id for row in rows])
        if self._on_canvas is not None:
            self._on_canvas.set_selected(map(self._model.outline, rows[:MOST_DRAWN]))
        self._show_chosen()

    def _on_picked(self, ids: list[int], adds: bool | None) -> None:
        rows = (self._model.row_of(raster_id) for raster_id in ids)
        self.selection.select((row for row in rows if row is not None), adds)

    def _on_entered(self, is_double_click: bool) -> None:
        if is_double_click:
            self._add_selected()
        else:
            self._toggle_selected()

    def _add_selected(self) -> None:
        rows = self.selection.rows()
        if rows:
            self._model.choose(rows, True)

    def _download(self) -> None:
        """Open the dialog that downloads the chosen rasters, asked for as the service is asked here."""
        access = self._known.access
        parameters = {
            "IN_IMAGE_SERVICE": self._known.service.url,
            "AUTHCFG": access.authcfg,
            "REFERER": access.referer,
            "TIMEOUT": access.timeout,
            "LOCK_RASTERID": ";".join(str(raster.id) for raster in self.chosen()),
        }
        try:
            open_algorithm_dialog(DOWNLOAD, parameters, tell_sizes)
        except ImageServerLayerError as error:
            self._show_problem(error.message)

    def _toggle_selected(self) -> None:
        rows = self.selection.rows()
        if rows:
            self._model.choose(rows, not all(self._model.is_chosen(row) for row in rows))

    def _on_double_click(self, index: QModelIndex) -> None:
        self._model.choose([index.row()], True)
