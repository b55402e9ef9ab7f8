"""The cell size of a layer: that of the service, one that is typed, or that of another layer."""

from __future__ import annotations

from qgis.core import QgsMapLayerProxyModel, QgsProject, QgsRasterLayer, QgsUnitTypes
from qgis.PyQt.QtCore import Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QRadioButton, QWidget

from ...plugin.layer.cell_size import cell_size, transformed_cell_size
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.snap import ReferencedCells, aligned_corner, snap_raster
from ...plugin.options import arcgis_arguments
from ...plugin.options.check_tiles import why_not
from ...plugin.options.wording import option_label
from ...plugin.service.errors import OptionError
from ...plugin.service.number_text import readable_number
from ...plugin.translation import tr
from ..common.load_ui import load_ui
from ..common.not_of_tiles import enable
from ..common.number_text import number_text
from ..common.section import updates_service
from ..common.service_crs import service_crs, unknown_crs

Size = tuple[float, float]

_DIGITS_SHOWN = 8


class CellSizeField(QWidget):
    """The service's own cells or others, in units of its CRS. `changed` is emitted when the user has changed them."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._known: ConnectedService | None = None
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        # The layer that the size was taken from.
        self._layer_id = ""
        self._size: Size | None = None
        self._size_problem = ""
        # A corner of the cells to align to, if wanted; and why it cannot be found.
        self._corner: Size | None = None
        self._crooked = ""
        self.layer_box.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self._set_texts()
        self._connect()

    def cell_size(self) -> Size | None:
        """Return width and height; None for the service's own, and where what was typed is no cell size."""
        return None if self.own_button.isChecked() else self._size

    def snap_origin(self) -> Size | None:
        """Return the corner that cells are aligned with; None where they are not."""
        return self._corner if self._size is not None and self._is_aligned() else None

    def set_from(self, size: Size | None, corner: Size | None, known: ConnectedService | None) -> None:
        """Show the cell size for a service, None for its own, and the corner that cells are aligned with, if any."""
        is_update = updates_service(known, self._known)
        self._known = known
        self._show_service()
        if not is_update or (size, corner) != (self.cell_size(), self.snap_origin()):
            # Aligned cells of the service's own size are shown with it, since the box belongs to a size.
            self._show_size(size if corner is None or known is None else size or known.service.pixel_size, corner)

    def input_problem(self) -> str:
        """Return why another cell size than the service's is chosen, but there is none."""
        is_crooked = self.layer_button.isChecked() and self.align_box.isChecked()
        return self._size_problem or (self._crooked if is_crooked else "")

    def set_problem(self, problem: str) -> None:
        """Show what is wrong with the cell size."""
        self.problem.set_text(problem)

    def in_words(self, size: Size) -> str:
        """Return a cell size for reading, with its unit and without the noise of computing in the last digits."""
        numbers = " × ".join(dict.fromkeys(format(value, f".{_DIGITS_SHOWN}g") for value in size))
        return f"{numbers} {self.unit_label.text()}".strip()

    def _set_texts(self) -> None:
        self.typed_button.setText(tr("Other"))
        self.typed_edit.setAccessibleName(option_label("cell_size"))
        self.typed_edit.setToolTip(
            tr("One number, or width and height with a blank between them; decimals after a point or a comma.")
        )
        self.unit_label.setTextFormat(Qt.TextFormat.PlainText)
        self.layer_button.setText(tr("As in layer"))
        self.layer_box.setAccessibleName(tr("Layer to take the cell size from"))

    def _connect(self) -> None:
        for button in (self.own_button, self.typed_button, self.layer_button):
            button.clicked.connect(lambda _checked: self._on_chosen())
        self.typed_edit.textEdited.connect(lambda _text: self._on_edited(self.typed_button))
        self.align_box.clicked.connect(lambda _checked: self._on_edited())
        self.layer_box.activated.connect(lambda _index: self._on_edited(self.layer_button))
        self.layer_box.layerChanged.connect(self._on_layers)
        # QGIS 3.22 does not tell when the first of several layers goes.
        self._project.layersRemoved.connect(self._on_layers_removed)

    def _show_service(self) -> None:
        """Show what belongs to the service: its unit, its cells, and whether those of a layer mean something here."""
        crs = service_crs(self._known)
        self.unit_label.setText(QgsUnitTypes.toAbbreviatedString(crs.mapUnits()) if crs.isValid() else "")
        self.own_button.setText(
            tr("As in the service")
            if self._known is None
            else tr("As in the service: {size}").format(size=self.in_words(self._known.service.pixel_size))
        )
        enable(self.typed_button, "cell_size", self._known)
        enable(self.typed_edit, "cell_size", self._known)
        enable(self.align_box, "snap_origin", self._known)
        self._show_layers()

    def _show_layers(self) -> None:
        """Let a layer be chosen where there is one, and where its cells can be taken to the service."""
        no_layer = "" if self.layer_box.count() else tr("The project has no raster layer to take it from.")
        of_tiles = "" if self._known is None else why_not("cell_size", self._known.service)
        reason = of_tiles or unknown_crs(self._known) or no_layer
        for widget in (self.layer_button, self.layer_box):
            widget.setEnabled(not reason)
            widget.setToolTip(reason)

    def _show_size(self, size: Size | None, corner: Size | None = None) -> None:
        self._corner, self._crooked = corner, ""
        self.align_box.setChecked(corner is not None)
        (self.own_button if size is None else self.typed_button).setChecked(True)
        shown = size or (None if self._known is None else self._known.service.pixel_size)
        self.typed_edit.setText(" ".join(dict.fromkeys(number_text(value) for value in shown or ())))
        self._size, self._size_problem = shown, ""
        self._show_alignment()

    def _on_chosen(self) -> None:
        """Leave the layer's cells behind, but what they were aligned with only where that was not wanted."""
        if self.own_button.isChecked() or not self.align_box.isChecked():
            self._corner = None
        self._on_edited()

    def _on_edited(self, button: QRadioButton | None = None) -> None:
        """Take the size that is chosen, or say why there is none. Where `button` is given, its choice is edited."""
        if button is not None:
            button.setChecked(True)
        self._size, self._size_problem = None, ""
        try:
            if self.typed_button.isChecked():
                self._size = arcgis_arguments.cell_size(self.typed_edit.text())
                self._size_problem = "" if self._size else tr("Type a cell size.")
            elif self.layer_button.isChecked():
                self._size = self._size_of_layer(self.layer_box.currentLayer())
                self._size_problem = "" if self._size else tr("The project has no raster layer to take it from.")
        except OptionError as error:
            self._size_problem = error.message
        self._show_alignment()
        self.changed.emit()

    def _size_of_layer(self, layer: QgsRasterLayer | None) -> Size | None:
        if layer is None:
            return None
        self._layer_id = layer.id()
        self._take_corner(layer)
        size = cell_size(layer, self._project)
        return transformed_cell_size(size, service_crs(self._known), self._project.transformContext())

    def _take_corner(self, layer: QgsRasterLayer) -> None:
        """Remember where the cells of a layer begin, or why the layer's cannot fall on them."""
        self._corner, self._crooked = None, ""
        try:
            cells = snap_raster(layer, self._project)
            if isinstance(cells, ReferencedCells):
                self._corner = aligned_corner(cells, service_crs(self._known))
        except OptionError as error:
            self._crooked = error.message

    def _is_aligned(self) -> bool:
        return bool(self.align_box.isChecked() and self._corner is not None)

    def _show_alignment(self) -> None:
        """Offer to align if there are cells to align with."""
        is_layer = bool(self.layer_button.isChecked())
        self.align_box.setVisible(is_layer or self._corner is not None)
        if is_layer or self._corner is None:
            self.align_box.setText(tr("Align with its cells"))
        else:
            corner = " ".join(map(readable_number, self._corner))
            self.align_box.setText(tr("Cells aligned with a corner at {corner}").format(corner=corner))

    # As a slot of Qt's own, it goes with the field: the project lives on when the plugin has been unloaded.
    @pyqtSlot("QStringList")  # type: ignore[untyped-decorator]
    def _on_layers_removed(self, ids: list[str]) -> None:
        if self._layer_id in ids:
            self._on_layers()

    def _on_layers(self) -> None:
        """When the layer is removed, keep the size that was taken from it, as a number."""
        self._show_layers()
        if self.layer_button.isChecked() and self._size is not None:
            self._show_size(self._size, self.snap_origin())
        elif self.layer_button.isChecked():
            self._on_edited()
