"""The extent of a layer: the whole service, or a part that is typed, drawn, or taken from the map and other things."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsReferencedRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QLineEdit, QToolButton, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.template_extent import transformed_extent, typed_extent
from ...plugin.options.wording import option_label
from ...plugin.service.errors import OptionError
from ...plugin.service.extent import Extent
from ...plugin.translation import tr
from ..common.load_ui import load_ui
from ..common.section import updates_service
from ..common.service_crs import service_crs, unknown_crs
from .extent_menu import complete_extent_menu


class ExtentField(QWidget):
    """The whole service or a part of it. `changed` is emitted when the user has changed it.

    `canvas` is the map whose extent can be taken, and on which one can be drawn.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._canvas = canvas
        self._known: ConnectedService | None = None
        self._crs = QgsCoordinateReferenceSystem()
        self._is_setting = False
        # The exact numbers: the widget shows rounded ones.
        self._part: Extent | None = None
        self._part_problem = ""
        # QGIS 3.22 rounds what is typed to six digits, so the text itself is read.
        self._edit = self.extent_widget.findChild(QLineEdit, "mCondensedLineEdit")
        # The widget's validator refuses ArcGIS' spelling, which has blanks.
        self._edit.setValidator(None)
        self._menu_button = self.extent_widget.findChild(QToolButton, "mCondensedToolButton")
        if canvas is not None:
            self.extent_widget.setMapCanvas(canvas)
        complete_extent_menu(self.extent_widget)
        self._set_texts()
        self._connect()

    def extent(self) -> Extent | None:
        """Return the part in the CRS of the service; None for the whole, and where what was typed is no extent."""
        return self._part if self.part_button.isChecked() else None

    def set_from(self, extent: Extent | None, known: ConnectedService | None) -> None:
        """Show an extent in the CRS of a service, None for the whole of it."""
        is_update = updates_service(known, self._known)
        self._is_setting = True
        self._known = known
        self._show_service()
        if not is_update or extent != self.extent():
            self._show_extent(extent)
        self._is_setting = False

    def input_problem(self) -> str:
        """Return why a part is chosen, but there is none."""
        if self._known is None or self._part is not None or not self.part_button.isChecked():
            return ""
        return self._part_problem or tr("Draw or type an extent, or take that of the map, a layer or a bookmark.")

    def set_problem(self, problem: str) -> None:
        """Show what is wrong with the extent."""
        self.problem.set_text(problem)

    def _set_texts(self) -> None:
        self.whole_button.setText(tr("Whole service"))
        self.part_button.setText(tr("Part of it"))
        self.part_button.setToolTip(tr("Taken from the map, a layer or a bookmark, drawn on the map, or typed."))
        self._edit.setAccessibleName(option_label("extent"))
        self._edit.setToolTip(
            tr(
                "xmin ymin xmax ymax in the coordinate reference system of the service, or as QGIS writes it: "
                "xmin,xmax,ymin,ymax [EPSG:4326]"
            )
        )
        self._menu_button.setAccessibleName(tr("Take the extent from"))

    def _connect(self) -> None:
        self.whole_button.clicked.connect(lambda _checked: self.changed.emit())
        self.part_button.clicked.connect(lambda _checked: self._on_part())
        self.extent_widget.extentChanged.connect(self._on_extent)
        self.extent_widget.validationChanged.connect(self._on_validation)
        self._edit.textEdited.connect(self._on_typed)
        self._edit.editingFinished.connect(self._on_finished)
        self.extent_widget.toggleDialogVisibility.connect(self._on_drawing)

    def _show_service(self) -> None:
        """Let extents be taken to the CRS of the service, where that is known."""
        crs = service_crs(self._known)
        if crs != self._crs:
            self._crs = crs
            # The same coordinates would be another place.
            self._clear()
        if self._known is not None:
            self.extent_widget.setOriginalExtent(QgsRectangle(*self._known.service.extent), crs)
        unknown = unknown_crs(self._known)
        self.extent_widget.setAcceptDrops(not unknown)
        self._menu_button.setEnabled(not unknown)
        self._menu_button.setToolTip(unknown)

    def _show_extent(self, extent: Extent | None) -> None:
        (self.whole_button if extent is None else self.part_button).setChecked(True)
        self._clear()
        if extent is not None:
            self.extent_widget.setOutputExtentFromUser(QgsRectangle(*extent), self._crs)
            self._part = extent
            # Where the numbers begin.
            self._edit.setCursorPosition(0)

    def _clear(self) -> None:
        # An extent that was typed with another CRS has changed that of the widget.
        self.extent_widget.setOutputCrs(self._crs)
        # Cleared last, as the widget would transform what it holds to the new CRS.
        self.extent_widget.clear()
        self._edit.setModified(False)
        self._part, self._part_problem = None, ""

    def _on_part(self) -> None:
        """Begin with the extent of the map, or with the whole if the map shows something else."""
        if self._part is None and self._known is not None:
            self._is_setting = True
            if self._canvas is not None and self._crs.isValid():
                self.extent_widget.setOutputExtentFromCurrent()
            if not self._touches(self._known.service.extent):
                self.extent_widget.setOutputExtentFromOriginal()
            self._is_setting = False
        self.changed.emit()

    def _touches(self, extent: Extent) -> bool:
        return self._part is not None and self._part.intersection(extent) is not None

    def _on_extent(self, rectangle: QgsRectangle) -> None:
        """Take an extent that the widget got in another way than by typing."""
        if self._edit.isModified():
            return
        extent = None if rectangle.isEmpty() else QgsReferencedRectangle(rectangle, self.extent_widget.outputCrs())
        self._take(extent)
        if not self._is_setting:
            self.part_button.setChecked(True)
            self.changed.emit()

    def _on_validation(self, is_valid: bool) -> None:
        if not is_valid and not self._edit.isModified():
            self._part = None
            if not self._is_setting:
                self.changed.emit()

    def _on_typed(self, text: str) -> None:
        self.part_button.setChecked(True)
        self._part, self._part_problem = None, ""
        try:
            self._take(typed_extent(text))
        except OptionError as error:
            self._part_problem = error.message
        self.changed.emit()

    def _on_finished(self) -> None:
        """Show what was typed, with its own CRS perhaps, in the service's."""
        if self._edit.isModified() and self._part is not None:
            self._is_setting = True
            self._show_extent(self._part)
            self._is_setting = False

    def _take(self, rectangle: QgsReferencedRectangle | None) -> None:
        """Remember an extent in the service's CRS, or why it has none."""
        self._part, self._part_problem = None, ""
        if rectangle is None:
            return
        try:
            self._part = transformed_extent(rectangle, self._crs, QgsProject.instance().transformContext())
        except OptionError as error:
            self._part_problem = error.message

    def _on_drawing(self, is_over: bool) -> None:
        """Hide the window while an extent is drawn on the map."""
        if isinstance(self.window(), QDialog):
            self.window().setVisible(is_over)
