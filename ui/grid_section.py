"""The part of the form that chooses extent and cell size, and shows the pixels that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsUnitTypes,
)
from qgis.gui import QgsExtentWidget, QgsMapCanvas
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QDialog, QLineEdit, QToolButton, QWidget

from ..plugin.layer.resolve import cell_size, transformed_cell_size, transformed_extent, typed_extent
from ..plugin.options import arcgis_arguments
from ..plugin.options.grid import Grid, pixel_grid
from ..plugin.options.layer_options import LayerOptions
from ..plugin.options.wording import option_label
from ..plugin.service.crs import crs_of
from ..plugin.service.description import ImageService
from ..plugin.service.errors import OptionError
from ..plugin.service.extent import Extent
from ..plugin.translation import tr
from .extent_menu import complete_extent_menu
from .field_message import FieldMessage
from .footprints import Footprints
from .form_rows import align_labels
from .number_text import number_text
from .section import KnownService, Section

Size = tuple[float, float]

_DIGITS_SHOWN = 12
_DIGITS_OF_SIZE = 8


class GridSection(Section):
    """The whole service or a part of it, its own cells or others, and how many columns and rows that makes.

    `canvas` is the map whose extent can be taken, on which one can be drawn, and which shows the part that is chosen.
    """

    def __init__(self, canvas: QgsMapCanvas | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        uic.loadUi(str(Path(__file__).with_suffix(".ui")), self)
        self._canvas = canvas
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self._known: KnownService | None = None
        self._crs = QgsCoordinateReferenceSystem()
        self._is_setting = False
        # The exact numbers: widgets show rounded ones.
        self._part: Extent | None = None
        self._size: Size | None = None
        self._part_problem = self._size_problem = ""
        self._problems: Mapping[str, str] = {}
        # A list, as attributes cannot be relied on when the section is being destroyed.
        self._footprints: list[Footprints] = []
        footprints = self._footprints
        self.destroyed.connect(lambda: _remove(footprints))
        self.extent_widget = QgsExtentWidget(self, QgsExtentWidget.WidgetStyle.CondensedStyle)
        # QGIS 3.22 rounds what is typed to six digits, so the text itself is read.
        self._extent_edit = self.extent_widget.findChild(QLineEdit, "mCondensedLineEdit")
        # Nor does its validator let ArcGIS' spelling through, which has blanks.
        self._extent_edit.setValidator(None)
        self._extent_menu_button = self.extent_widget.findChild(QToolButton, "mCondensedToolButton")
        self._extent_problem, self._cell_size_problem = FieldMessage(self), FieldMessage(self)
        self.extent_layout.addWidget(self.extent_widget, 1, 1)
        self.extent_layout.addWidget(self._extent_problem, 2, 0, 1, 2)
        self.cell_size_layout.addWidget(self._cell_size_problem, 3, 0, 1, 3)
        if canvas is not None:
            self.extent_widget.setMapCanvas(canvas)
        self.layer_box.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        complete_extent_menu(self.extent_widget)
        self._set_texts()
        self._connect()
        self.set_from(LayerOptions(), None)

    def set_from(self, options: LayerOptions, known: KnownService | None) -> None:
        """Show extent and cell size, without emitting anything."""
        is_news = known is not None and known.is_news_of(self._known)
        self._is_setting = True
        self._known = known
        self.setEnabled(known is not None)
        self._show_service()
        if not is_news or options.extent != self._extent():
            self._show_extent(options.extent)
        if not is_news or options.cell_size != self._cell_size():
            self._show_cell_size(options.cell_size)
        self._is_setting = False
        self._show()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return the options with extent and cell size, each None where it is left to the service."""
        return replace(options, extent=self._extent(), cell_size=self._cell_size())

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field."""
        self._problems = dict(problems)
        self._show_problems()

    def input_problems(self) -> Mapping[str, str]:
        """Return what is missing or cannot be read."""
        problems = {}
        if self._service is not None and self.part_button.isChecked() and self._part is None:
            missing = tr("Draw or type an extent, or take that of the map, a layer or a bookmark.")
            problems["extent"] = self._part_problem or missing
        if self._service is not None and not self.own_button.isChecked() and self._size is None:
            problems["cell_size"] = self._size_problem
        return problems

    def showEvent(self, event: QShowEvent) -> None:
        """Show the chosen part on the map, too."""
        super().showEvent(event)
        self._show_on_map()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no trace on the map."""
        super().hideEvent(event)
        self._show_on_map()

    @property
    def _service(self) -> ImageService | None:
        return None if self._known is None else self._known.service

    def _set_texts(self) -> None:
        self.extent_label.setText(tr("E&xtent"))
        self.whole_button.setText(tr("Whole service"))
        self.part_button.setText(tr("Part of it"))
        self.part_button.setToolTip(tr("Taken from the map, a layer or a bookmark, drawn on the map, or typed."))
        self.cell_size_label.setText(tr("Cell si&ze"))
        self.own_button.setText(tr("As in the service"))
        self.typed_button.setText(tr("Other"))
        self.typed_edit.setAccessibleName(option_label("cell_size"))
        self.typed_edit.setToolTip(
            tr("One number, or width and height with a blank between them; decimals after a point.")
        )
        self.layer_button.setText(tr("As in layer"))
        self.layer_box.setAccessibleName(tr("Layer to take the cell size from"))
        self.result_label.setText(tr("Result"))
        self._extent_edit.setAccessibleName(option_label("extent"))
        self._extent_edit.setToolTip(
            tr(
                "xmin ymin xmax ymax in the coordinate reference system of the service, or as QGIS writes it: "
                "xmin,xmax,ymin,ymax [EPSG:4326]"
            )
        )
        self._extent_menu_button.setAccessibleName(tr("Take the extent from"))
        align_labels(self.grid_layout, self.whole_button)
        self.result.setAlignment(Qt.AlignmentFlag.AlignTop)
        for label in (self.result, self.unit_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _connect(self) -> None:
        self.whole_button.clicked.connect(lambda _checked: self._on_edited())
        self.part_button.clicked.connect(lambda _checked: self._on_part())
        self.extent_widget.extentChanged.connect(self._on_extent)
        self.extent_widget.validationChanged.connect(self._on_extent_validation)
        self._extent_edit.textEdited.connect(self._on_extent_typed)
        self._extent_edit.editingFinished.connect(self._on_extent_finished)
        self.extent_widget.toggleDialogVisibility.connect(self._on_drawing)
        for button in (self.own_button, self.typed_button, self.layer_button):
            button.clicked.connect(lambda _checked: self._on_cell_size())
        self.typed_edit.textEdited.connect(lambda _text: self._on_cell_size(self.typed_button))
        self.layer_box.activated.connect(lambda _index: self._on_cell_size(self.layer_button))
        self.layer_box.layerChanged.connect(self._on_layers)

    def _show_service(self) -> None:
        """Show what belongs to the service: its CRS, its extent, its cells."""
        service = self._service
        crs = QgsCoordinateReferenceSystem() if service is None else crs_of(service.spatial_reference)
        if crs != self._crs:
            self._crs = crs
            # Coordinates mean something else now.
            self._clear_extent()
            self._hide_footprint()
        self.unit_label.setText(QgsUnitTypes.toAbbreviatedString(crs.mapUnits()) if crs.isValid() else "")
        self.own_button.setText(tr("As in the service"))
        if service is not None:
            self.extent_widget.setOriginalExtent(QgsRectangle(*service.extent), crs)
            self.own_button.setText(
                tr("As in the service: {size}").format(size=self._with_unit(_size(service.pixel_size)))
            )
        self._show_sources()

    def _show_sources(self) -> None:
        """Let extents and cell sizes be taken only where there is something to take, and it means something here."""
        unknown = ""
        if self._service is not None and not self._crs.isValid():
            unknown = tr("The coordinate reference system of the service is unknown, so nothing can be taken to it.")
        self.extent_widget.setAcceptDrops(not unknown)
        self._extent_menu_button.setEnabled(not unknown)
        self._extent_menu_button.setToolTip(unknown)
        no_layer = "" if self.layer_box.count() else tr("The project has no raster layer to take it from.")
        for widget in (self.layer_button, self.layer_box):
            widget.setEnabled(not (unknown or no_layer))
            widget.setToolTip(unknown or no_layer)

    def _clear_extent(self) -> None:
        # An extent that was typed with another CRS has changed that of the widget.
        self.extent_widget.setOutputCrs(self._crs)
        # Only now, as the widget takes nothing to the new CRS, too.
        self.extent_widget.clear()
        self._extent_edit.setModified(False)
        self._part, self._part_problem = None, ""

    def _show_extent(self, extent: Extent | None) -> None:
        (self.whole_button if extent is None else self.part_button).setChecked(True)
        self._clear_extent()
        if extent is not None:
            self.extent_widget.setOutputExtentFromUser(QgsRectangle(*extent), self._crs)
            self._part = extent

    def _show_cell_size(self, size: Size | None) -> None:
        (self.own_button if size is None else self.typed_button).setChecked(True)
        shown = size or (None if self._service is None else self._service.pixel_size)
        self.typed_edit.setText("" if shown is None else _typed(shown))
        self._size, self._size_problem = shown, ""

    def _extent(self) -> Extent | None:
        return self._part if self.part_button.isChecked() else None

    def _cell_size(self) -> Size | None:
        return None if self.own_button.isChecked() else self._size

    def _on_part(self) -> None:
        """Begin with what the map shows, or with all where it shows something else."""
        service = self._service
        if self._part is None and service is not None:
            self._is_setting = True
            if self._canvas is not None and self._crs.isValid():
                self.extent_widget.setOutputExtentFromCurrent()
            if not self._touches(service.extent):
                self.extent_widget.setOutputExtentFromOriginal()
            self._is_setting = False
        self._on_edited()

    def _touches(self, extent: Extent) -> bool:
        return self._part is not None and self._part.intersection(extent) is not None

    def _on_extent(self, rectangle: QgsRectangle) -> None:
        """Take an extent that the widget has got in any way but by typing."""
        if self._extent_edit.isModified():
            return
        extent = None if rectangle.isEmpty() else QgsReferencedRectangle(rectangle, self.extent_widget.outputCrs())
        self._take_extent(extent)
        if not self._is_setting:
            self.part_button.setChecked(True)
            self._on_edited()

    def _on_extent_typed(self, text: str) -> None:
        self.part_button.setChecked(True)
        self._part, self._part_problem = None, ""
        try:
            self._take_extent(typed_extent(text))
        except OptionError as error:
            self._part_problem = error.message
        self._on_edited()

    def _on_extent_finished(self) -> None:
        """Show what was typed, with its own CRS perhaps, in the service's."""
        if self._extent_edit.isModified() and self._part is not None:
            self._is_setting = True
            self._show_extent(self._part)
            self._is_setting = False

    def _take_extent(self, rectangle: QgsReferencedRectangle | None) -> None:
        """Remember an extent in the service's CRS, or why it has none."""
        self._part, self._part_problem = None, ""
        if rectangle is None:
            return
        try:
            self._part = transformed_extent(rectangle, self._crs, self._project.transformContext())
        except OptionError as error:
            self._part_problem = error.message

    def _on_extent_validation(self, is_valid: bool) -> None:
        if not is_valid and not self._extent_edit.isModified():
            self._part = None
            if not self._is_setting:
                self._on_edited()

    def _on_drawing(self, is_over: bool) -> None:
        """Get the window out of the way while an extent is drawn on the map."""
        if isinstance(self.window(), QDialog):
            self.window().setVisible(is_over)

    def _on_cell_size(self, button: QWidget | None = None) -> None:
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
        self._on_edited()

    def _size_of_layer(self, layer: QgsRasterLayer | None) -> Size | None:
        if layer is None:
            return None
        size = cell_size(layer, self._project)
        return transformed_cell_size(size, self._crs, self._project.transformContext())

    def _on_layers(self) -> None:
        """Keep the size that was taken, as a number, when its layer goes."""
        self._show_sources()
        if self.layer_button.isChecked() and self._size is not None:
            self._show_cell_size(self._size)
        elif self.layer_button.isChecked():
            self._on_cell_size()

    def _on_edited(self) -> None:
        self._problems = {}
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._show_problems()
        grid = self._grid()
        self.result.setText("" if grid is None else self._in_words(grid))
        self._show_on_map()

    def _show_problems(self) -> None:
        problems = {**self._problems, **self.input_problems()}
        self._extent_problem.set_text(problems.get("extent", ""))
        self._cell_size_problem.set_text(problems.get("cell_size", ""))

    def _grid(self) -> Grid | None:
        """Return the resulting pixels; None where there are none, which is for the problems to explain."""
        if self._service is None or self.input_problems():
            return None
        try:
            return pixel_grid(self._service, self._extent(), self._cell_size())
        except OptionError:
            return None

    def _in_words(self, grid: Grid) -> str:
        locale = QLocale()
        count = tr("{columns} × {rows} cells of {size}").format(
            columns=locale.toString(grid.columns),
            rows=locale.toString(grid.rows),
            size=self._with_unit(_size(grid.cell_size)),
        )
        edges = tr("x {xmin} to {xmax}, y {ymin} to {ymax}").format(
            **{name: _rounded(value) for name, value in grid.extent._asdict().items()}
        )
        crs = f" ({self._crs.authid() or self._crs.userFriendlyIdentifier()})" if self._crs.isValid() else ""
        return f"{count}\n{edges}{crs}"

    def _with_unit(self, size: str) -> str:
        return f"{size} {self.unit_label.text()}".strip()

    def _show_on_map(self) -> None:
        if self._canvas is None:
            return
        has_place = self._crs.isValid() and self._extent() is not None
        grid = self._grid() if self.isVisible() and has_place else None
        if grid is None:
            self._hide_footprint()
            return
        if not self._footprints:
            self._footprints.append(Footprints(self._canvas, self._crs))
        self._footprints[0].show([grid.extent])

    def _hide_footprint(self) -> None:
        _remove(self._footprints)


def _remove(footprints: list[Footprints]) -> None:
    while footprints:
        footprints.pop().remove()


def _size(size: Size) -> str:
    return " × ".join(dict.fromkeys(_rounded(value, _DIGITS_OF_SIZE) for value in size))


def _rounded(value: float, digits: int = _DIGITS_SHOWN) -> str:
    """Return a number for reading, without the noise that computing leaves in its last digits."""
    return format(value, f".{digits}g")


def _typed(size: Size) -> str:
    return " ".join(dict.fromkeys(number_text(value) for value in size))
