"""The rasters that a mosaic is locked to: typed, or chosen from the catalog, in the order of drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QItemSelectionModel, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QListWidgetItem, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.locked_rasters import find_rasters, no_such_rasters
from ...plugin.layer.outlines import Outline, outline_of
from ...plugin.options.arcgis_arguments import lock_rasters
from ...plugin.options.catalog_search import ids_clause
from ...plugin.service.catalog import CHUNK, Catalog, CatalogRaster
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.image_service import ImageService
from ...plugin.translation import tr
from ..common.load_ui import load_ui
from .catalog_tasks import CatalogQuestion, has_catalog, in_words
from .raster_picker import RasterPicker

_ID = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1
_ROWS_SHOWN = 5


class LockedRasters(QWidget):
    """A list of rasters, the topmost first.

    `changed` is emitted when the user has changed it, `outlined` when it has become known where they lie.
    """

    changed = pyqtSignal()
    outlined = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._canvas = canvas
        self._known: ConnectedService | None = None
        self._picker: RasterPicker | None = None
        self._server_problem = self._problem = ""
        # What `ids` has found; None once the list has changed.
        self._ids: tuple[int, ...] | None = None
        # Ids that no raster of the service has.
        self._absent: set[int] = set()
        # Where they lie, as far as the catalog has told.
        self._outlines: dict[int, Outline | None] = {}
        self._look_up, self._naming = CatalogQuestion(self), CatalogQuestion(self)
        self._set_texts()
        self._connect()
        self.setFocusProxy(self.add_edit)
        self._update_buttons()

    def ids(self) -> tuple[int, ...]:
        """Return the ids of the rasters, the topmost first."""
        if self._ids is None:
            self._ids = tuple(item.data(_ID) for item in self._items())
        return self._ids

    def outlines(self) -> list[Outline]:
        """Return where the rasters lie, as far as is known."""
        known = (self._outlines.get(raster_id) for raster_id in self.ids())
        return [outline for outline in known if outline is not None]

    def set_from(self, ids: Iterable[int], known: ConnectedService | None) -> None:
        """Show rasters of a service. Their names are looked up in the background."""
        is_same = known is not None and self._known is not None and known.service == self._known.service
        if not is_same:
            self._close_picker()
            self.list.clear()
            self._absent.clear()
            self._outlines.clear()
        # What is being typed stays if the same service is merely updated.
        if not is_same or known is self._known:
            self.add_edit.clear()
            self._set_server_problem("")
        self._known = known
        names = {item.data(_ID): item.data(_NAME) for item in self._items()}
        self._naming.cancel()
        self._fill(CatalogRaster(raster_id, names.get(raster_id, ""), {}) for raster_id in ids)
        unknown = tuple(
            raster_id for raster_id in self.ids() if not names.get(raster_id) or raster_id not in self._outlines
        )
        if unknown and known is not None and has_catalog(known):
            service = known.service
            # If the names cannot be read, the ids are enough.
            self._naming.ask(
                known,
                lambda catalog: _found_and_absent(catalog, service, unknown),
                lambda answer: self._show_names(*answer),
                lambda _: None,
            )
        self._update_buttons()

    def refusal(self) -> str:
        """Return which of the rasters the service does not have, as far as it was asked; empty where it has all."""
        absent = [raster_id for raster_id in self.ids() if raster_id in self._absent] if self._absent else []
        return no_such_rasters(absent, self._known.service).message if absent and self._known is not None else ""

    def set_problem(self, problem: str) -> None:
        """Show what is wrong with the list."""
        self._problem = problem
        self._show_problem()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter add what was typed, rather than press the default button of the form, and Del remove rasters."""
        if event.type() == QEvent.Type.KeyPress:
            has_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not has_control
            if watched is self.add_edit and is_enter and self.add_edit.text().strip():
                self._add_typed()
                return True
            if watched is self.list and event.key() == Qt.Key.Key_Delete:
                self._remove_selected()
                return True
        return bool(super().eventFilter(watched, event))

    def _set_texts(self) -> None:
        self.add_edit.setPlaceholderText(tr("12; Scene 7"))
        self.add_edit.setAccessibleName(tr("Rasters to lock"))
        self.add_edit.setToolTip(
            tr("Ids or names of rasters, separated by semicolons; a name of digits goes into quotation marks.")
        )
        self.add_button.setText(tr("Add to List"))
        self.add_button.setToolTip(tr("Add these rasters to the list."))
        self.choose_button.setText(tr("Choose…"))
        self.choose_button.setToolTip(tr("Choose rasters in a table, with their footprints on the map."))
        self.list.setAccessibleName(tr("Locked rasters, the topmost first"))
        self.list.setToolTip(tr("The topmost raster stands first; drag to change the order."))
        for button, icon, text in (
            (self.up_button, "/mActionArrowUp.svg", tr("Move up")),
            (self.down_button, "/mActionArrowDown.svg", tr("Move down")),
            (self.remove_button, "/symbologyRemove.svg", tr("Remove from the list (Del)")),
        ):
            button.setIcon(QgsApplication.getThemeIcon(icon))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.setAutoRaise(True)

    def _connect(self) -> None:
        model = self.list.model()
        # Connected first, so that others who listen get the new ids.
        for has_changed in (model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.modelReset):
            has_changed.connect(self._forget_ids)
        self.add_edit.installEventFilter(self)
        self.add_edit.textChanged.connect(self._on_typed)
        self.add_button.clicked.connect(self._add_typed)
        self.choose_button.clicked.connect(self._open_picker)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._remove_selected)
        self.list.installEventFilter(self)
        self.list.itemSelectionChanged.connect(self._update_buttons)
        self.list.model().rowsMoved.connect(lambda *_: self._on_changed())

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _fill(self, rasters: Iterable[CatalogRaster]) -> None:
        self.list.clear()
        for raster in rasters:
            if raster.attributes:
                self._outlines[raster.id] = outline_of(raster)
            item = QListWidgetItem()
            item.setData(_ID, raster.id)
            self._set_name(item, raster.name)
            self.list.addItem(item)
        self._update_buttons()

    def _set_name(self, item: QListWidgetItem, name: str) -> None:
        item.setData(_NAME, name)
        text = tr("{id}: {name}") if name else "{id}"
        item.setText(text.format(id=item.data(_ID), name=name))

    def _show_names(self, found: Mapping[int, CatalogRaster], absent: set[int]) -> None:
        self._outlines.update((raster_id, outline_of(raster)) for raster_id, raster in found.items())
        self.outlined.emit()
        for item in self._items():
            if item.data(_ID) in found:
                self._set_name(item, found[item.data(_ID)].name)
        if absent != self._absent:
            self._absent = absent
            self._show_problem()
            self.changed.emit()

    def _forget_ids(self) -> None:
        self._ids = None

    def _on_typed(self) -> None:
        self._look_up.cancel()
        self._set_server_problem("")
        self._update_buttons()

    def _add_typed(self) -> None:
        """Look up what was typed; it stays in its field until it is known to exist."""
        known = self._known
        if known is None or not self.add_edit.text().strip():
            return
        try:
            typed = lock_rasters(self.add_edit.text()) or ()
            if not has_catalog(known):
                self._add(_resolved(typed, known.service, None))
                return
        except ImageServerLayerError as error:
            self._set_server_problem(error.message)
            return
        service = known.service

        def look_up(catalog: Catalog) -> list[CatalogRaster]:
            rasters = _resolved(typed, service, catalog)
            found = _found(catalog, service, [raster.id for raster in rasters])
            return [found.get(raster.id, raster) for raster in rasters]

        self._look_up.ask(known, look_up, self._add, lambda error: self._set_server_problem(in_words(error)))
        self._update_buttons()

    def _add(self, rasters: list[CatalogRaster]) -> None:
        self.add_edit.clear()
        self._replace({raster.id: raster for raster in [*self._rasters(), *rasters]}.values())

    def _rasters(self) -> list[CatalogRaster]:
        return [CatalogRaster(item.data(_ID), item.data(_NAME), {}) for item in self._items()]

    def _replace(self, rasters: Iterable[CatalogRaster]) -> None:
        self._fill(list(rasters))
        self._on_changed()

    def _on_changed(self) -> None:
        self._update_buttons()
        self.changed.emit()

    def _open_picker(self) -> None:
        if self._picker is not None and not sip.isdeleted(self._picker):
            self._picker.raise_()
            self._picker.activateWindow()
        elif self._known is not None:
            self._picker = picker = RasterPicker(self._known, self._rasters(), self._canvas, self)
            picker.accepted.connect(lambda: self._replace(picker.chosen()))
            picker.show()

    def _close_picker(self) -> None:
        picker, self._picker = self._picker, None
        if picker is not None and not sip.isdeleted(picker):
            picker.done(QDialog.DialogCode.Rejected)

    def _selected_rows(self) -> list[int]:
        return sorted(self.list.row(item) for item in self.list.selectedItems())

    def _move(self, step: int) -> None:
        rows = self._selected_rows()
        for row in rows if step < 0 else reversed(rows):
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            item.setSelected(True)
            self.list.setCurrentItem(item, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._on_changed()

    def _remove_selected(self) -> None:
        for row in reversed(self._selected_rows()):
            self.list.takeItem(row)
        self._on_changed()

    def _update_buttons(self) -> None:
        rows, count = self._selected_rows(), self.list.count()
        self.up_button.setEnabled(bool(rows) and rows[0] > 0)
        self.down_button.setEnabled(bool(rows) and rows[-1] < count - 1)
        self.remove_button.setEnabled(bool(rows))
        self.add_button.setEnabled(bool(self.add_edit.text().strip()) and not self._look_up.is_busy)
        self.choose_button.setEnabled(has_catalog(self._known))
        for widget in (self.list, self.up_button, self.down_button, self.remove_button):
            widget.setVisible(count > 0)
        row_height = max(self.list.sizeHintForRow(0), self.fontMetrics().height())
        self.list.setFixedHeight(row_height * _ROWS_SHOWN + 2 * self.list.frameWidth() + 2)

    def _set_server_problem(self, problem: str) -> None:
        self._server_problem = problem
        self._show_problem()
        self._update_buttons()

    def _show_problem(self) -> None:
        self.problem.set_text(self._server_problem or self.refusal() or self._problem)


def _resolved(typed: Sequence[int | str], service: ImageService, catalog: Catalog | None) -> list[CatalogRaster]:
    ids, _ = find_rasters(typed, service, catalog)
    return [CatalogRaster(raster_id, "", {}) for raster_id in ids]


def _found_and_absent(
    catalog: Catalog, service: ImageService, ids: Collection[int]
) -> tuple[dict[int, CatalogRaster], set[int]]:
    """Return the rasters with these ids, and the ids that no raster has."""
    found = _found(catalog, service, ids)
    missing = set(ids).difference(found)
    return found, missing - catalog.existing_ids(missing) if missing else set()


def _found(catalog: Catalog, service: ImageService, ids: Iterable[int]) -> dict[int, CatalogRaster]:
    """Return the rasters with these ids, as far as the server lists them: its pages may be short."""
    wanted = list(ids)
    found: dict[int, CatalogRaster] = {}
    if service.mosaic is None:
        return found
    for start in range(0, len(wanted), CHUNK):
        clause = ids_clause(wanted[start : start + CHUNK], service.mosaic)
        page = catalog.rasters(clause, limit=CHUNK)
        offset = 0
        while not found.keys() >= {raster.id for raster in page.rasters}:
            found.update((raster.id, raster) for raster in page.rasters)
            offset += len(page.rasters)
            if page.has_more:
                page = catalog.rasters(clause, offset=offset, limit=CHUNK)
    return found
