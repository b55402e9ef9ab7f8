"""The part of the form that says which rasters of a mosaic are drawn, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from qgis.core import QgsApplication, QgsPointXY, QgsProject, QgsReferencedPointXY
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.outlines import Outline
from ...plugin.layer.viewpoint import transformed_viewpoint
from ...plugin.options.arcgis_arguments import viewpoint
from ...plugin.options.check import MOSAIC_OPTIONS
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.mosaic_rule import direction_in_force
from ...plugin.options.order_value import find_field
from ...plugin.options.wording import direction_label
from ...plugin.service.errors import OptionError
from ...plugin.service.image_service import Mosaic
from ...plugin.service.vocabulary import MosaicMethod, MosaicOperation
from ...plugin.translation import tr
from ..common.combo_box import fill_box
from ..common.form_rows import align_labels
from ..common.load_ui import load_ui
from ..common.number_text import number_text
from ..common.section import Section, updates_service
from ..common.service_crs import service_crs, unknown_crs
from .locked_rasters import LockedRasters
from .mosaic_entries import direction_entries, method_entries, operation_entries, order_field_entries
from .mosaic_texts import method_sentence, operation_sentence, service_default
from .point_picker import PointPicker

# Digits of a coordinate that was picked: enough for a millimeter, in meters as in degrees.
_DIGITS_PICKED = 10
_NOTHING: dict[str, Any] = {field.name: field.default for field in fields(LayerOptions) if field.name in MOSAIC_OPTIONS}
# Options that only one method uses.
_METHOD_OF = {
    "order_field": MosaicMethod.ATTRIBUTE,
    "order_base_value": MosaicMethod.ATTRIBUTE,
    "lock_raster_ids": MosaicMethod.LOCK_RASTER,
    "viewpoint": MosaicMethod.VIEWPOINT,
}


class MosaicSection(Section):
    """Mosaic method with its options, mosaic operator, and where clause. Hidden if the service is no mosaic.

    Options of other methods are hidden and not returned, but kept as long as the service stays. `canvas` is the map to
    pick a viewpoint on, and to show footprints on. `outlined` is emitted when it is known where locked rasters lie.
    """

    outlined = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self.locked_edit = LockedRasters(canvas, self.locked_field)
        self.locked_layout.addWidget(self.locked_edit)
        self.locked_label.setBuddy(self.locked_edit)
        self._canvas = canvas
        self._picker = PointPicker(canvas, self) if canvas is not None else None
        self._known: ConnectedService | None = None
        # Whether the options lock rasters by their ids alone, without naming the method.
        self._is_lock_implied = False
        self._is_setting = False
        self._problems: dict[str, str] = {}
        align_labels(self.form_layout, self.method_box)
        self._set_texts()
        self._connect()
        self.set_from(LayerOptions(), None)

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show options for a service, without emitting anything."""
        self._is_setting = True
        is_update = updates_service(known, self._known)
        self._known = known
        mosaic = None if known is None else known.service.mosaic
        self.setEnabled(known is not None)
        self.form.setVisible(mosaic is not None)
        self.reason_label.setVisible(mosaic is None)
        self.reason_label.setText(_reason(known))
        if mosaic is not None:
            self._fill_methods(mosaic, options)
            if is_update:
                options = replace(options, **self._of_methods(used=False))
            self._fill(mosaic, options)
            if not is_update or options.viewpoint != self._viewpoint():
                self.viewpoint_edit.setText(" ".join(map(number_text, options.viewpoint or ())))
        has_mosaic = known if mosaic is not None else None
        self.locked_edit.set_from(options.lock_raster_ids, has_mosaic)
        self.where_edit.set_from(options.where, has_mosaic)
        self._show_rows()
        self._is_setting = False
        self._show_problems()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return `options` with what is shown here; without a service, they are returned unchanged."""
        if self._known is None:
            return options
        if self._mosaic is None:
            return replace(options, **_NOTHING)
        method, operation = self.method_box.currentData(), self.operation_box.currentData()
        if self._is_lock_implied and self.locked_edit.ids():
            method = ""
        return replace(
            options,
            **{name: _NOTHING[name] for name in _METHOD_OF} | self._of_methods(used=True),
            mosaic_method=MosaicMethod(method) if method else None,
            ascending=self.direction_box.currentData(),
            mosaic_operation=MosaicOperation(operation) if operation else None,
            where=self.where_edit.text(),
        )

    def locked_outlines(self) -> list[Outline]:
        """Return the footprints of the locked rasters, as far as they are known."""
        is_locked = self._mosaic is not None and self._method() is MosaicMethod.LOCK_RASTER
        return self.locked_edit.outlines() if is_locked else []

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field."""
        self._problems = dict(problems)
        self._show_problems()

    def input_problems(self) -> dict[str, str]:
        """Return problems of texts that are no values, or that the server refuses, by `LayerOptions` field."""
        problems: dict[str, str] = {}
        if self._mosaic is None:
            return problems
        if self.where_edit.refusal():
            problems["where"] = self.where_edit.refusal()
        if self._method() is MosaicMethod.LOCK_RASTER and self.locked_edit.refusal():
            problems["lock_raster_ids"] = self.locked_edit.refusal()
        if self._method() is MosaicMethod.VIEWPOINT:
            try:
                viewpoint(self.viewpoint_edit.text())
            except OptionError as error:
                problems[error.option] = error.message
        return problems

    @property
    def _mosaic(self) -> Mosaic | None:
        return None if self._known is None else self._known.service.mosaic

    def _set_texts(self) -> None:
        self.method_label.setText(tr("Mosaic &method"))
        self.order_field_label.setText(tr("&Order field"))
        self.base_value_label.setText(tr("Order base val&ue"))
        self.viewpoint_label.setText(tr("Viewp&oint"))
        self.locked_label.setText(tr("Loc&ked rasters"))
        self.direction_label.setText(tr("Sort ord&er"))
        self.operation_label.setText(tr("Mosaic operator"))
        self.where_label.setText(tr("&Where clause"))
        self.order_field_box.setToolTip(tr("The field of the catalog by which the rasters are ordered."))
        self.direction_box.setToolTip(
            tr("Ascending puts the raster that the method prefers on top, descending puts it at the bottom.")
        )
        self.viewpoint_edit.setToolTip(tr("X and y in the coordinate reference system of the service."))
        self.viewpoint_edit.setPlaceholderText(tr("The center of the extent"))
        self.pick_button.setText(tr("Pick on Map"))
        self.pick_button.setIcon(QgsApplication.getThemeIcon("/mActionCapturePoint.svg"))
        self.pick_button.setVisible(self._canvas is not None)
        for label, widget in (
            (self.method_label, self.method_box),
            (self.order_field_label, self.order_field_box),
            (self.viewpoint_label, self.viewpoint_edit),
            (self.direction_label, self.direction_box),
            (self.operation_label, self.operation_box),
        ):
            widget.setAccessibleName(label.text().replace("&", ""))
        for label in (self.reason_label, self.viewpoint_crs_label, self.method_sentence_label):
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _connect(self) -> None:
        self.method_box.currentIndexChanged.connect(self._on_method_changed)
        self.order_field_box.currentIndexChanged.connect(self._on_field_changed)
        self.operation_box.currentIndexChanged.connect(self._on_changed)
        self.direction_box.currentIndexChanged.connect(self._on_changed)
        self.base_value_edit.changed.connect(self._on_changed)
        self.viewpoint_edit.textChanged.connect(self._on_changed)
        self.locked_edit.changed.connect(self._on_changed)
        self.locked_edit.outlined.connect(self.outlined)
        self.where_edit.changed.connect(self._on_changed)
        if self._picker is not None:
            self.pick_button.clicked.connect(self._picker.start)
            self._picker.picked.connect(self._on_picked)

    def _fill(self, mosaic: Mosaic, options: LayerOptions) -> None:
        operation = options.mosaic_operation.value if options.mosaic_operation else ""
        fill_box(self.operation_box, operation_entries(mosaic), operation)
        fill_box(self.direction_box, direction_entries(), options.ascending)
        field = find_field(options.order_field, mosaic)
        name = options.order_field if field is None else field.name
        fill_box(self.order_field_box, order_field_entries(mosaic, name), name)
        self._set_base_value(options.order_base_value)
        self._show_crs()

    def _show_crs(self) -> None:
        """Say in which CRS a viewpoint is, and allow picking one if that CRS is known."""
        unknown = unknown_crs(self._known)
        self.viewpoint_crs_label.setText(unknown or service_crs(self._known).userFriendlyIdentifier())
        self.pick_button.setEnabled(not unknown)
        self.pick_button.setToolTip(unknown or tr("Click a point on the map; Esc brings the form back without one."))

    def _fill_methods(self, mosaic: Mosaic, options: LayerOptions) -> None:
        """Offer the methods of the service, and choose the one of the options, or the one that they mean."""
        self._is_lock_implied = options.mosaic_method is None and bool(options.lock_raster_ids)
        chosen = MosaicMethod.LOCK_RASTER if self._is_lock_implied else options.mosaic_method
        fill_box(self.method_box, method_entries(mosaic, chosen), chosen.value if chosen else "")
        for index in range(1, self.method_box.count()):
            sentence = method_sentence(MosaicMethod(self.method_box.itemData(index)))
            self.method_box.setItemData(index, sentence, Qt.ItemDataRole.ToolTipRole)

    def _set_base_value(self, value: str | float | None) -> None:
        """Show the value in the editor for the chosen field."""
        mosaic = self._mosaic
        if mosaic is None:
            return
        chosen = self.order_field_box.currentData() or mosaic.sort_field
        own = mosaic.sort_value if chosen.casefold() == mosaic.sort_field.casefold() else None
        self.base_value_edit.set_from(value, find_field(chosen, mosaic), own)

    def _method(self) -> MosaicMethod | None:
        """Return the chosen method, or else the service's own, unless the form has nothing to say of it."""
        own = self._mosaic.default_method if self._mosaic else None
        if own is MosaicMethod.LOCK_RASTER:
            # The service does not tell which rasters it locks.
            own = None
        name = self.method_box.currentData()
        return MosaicMethod(name) if name and self._mosaic else own

    def _of_methods(self, *, used: bool) -> dict[str, Any]:
        """Return the values of fields that belong to a method: to the one in force, or to all others."""
        values = {
            "order_field": self.order_field_box.currentData() or "",
            "order_base_value": self.base_value_edit.value(),
            "lock_raster_ids": self.locked_edit.ids(),
            "viewpoint": self._viewpoint(),
        }
        method = self._method()
        return {name: value for name, value in values.items() if (_METHOD_OF[name] is method) == used}

    def _show_rows(self) -> None:
        shown = self._method()
        for label, field, method in (
            (self.order_field_label, self.order_field_field, MosaicMethod.ATTRIBUTE),
            (self.base_value_label, self.base_value_field, MosaicMethod.ATTRIBUTE),
            (self.viewpoint_label, self.viewpoint_field, MosaicMethod.VIEWPOINT),
            (self.locked_label, self.locked_field, MosaicMethod.LOCK_RASTER),
        ):
            label.setVisible(method is shown)
            field.setVisible(method is shown)
        self.where_edit.show_total(shown is not MosaicMethod.LOCK_RASTER)
        mosaic = self._mosaic
        operation = self.operation_box.currentData()
        shown_operation = MosaicOperation(operation) if operation else mosaic and mosaic.operation
        if mosaic is not None:
            # The default direction depends on the method.
            own = direction_in_force(replace(self.apply_to(LayerOptions()), ascending=None), mosaic)
            self.direction_box.setItemText(0, service_default("" if own is None else direction_label(own)))
        self.method_sentence_label.setText(method_sentence(shown) if shown else "")
        self.operation_sentence_label.setText(operation_sentence(shown_operation) if shown_operation else "")

    def _viewpoint(self) -> tuple[float, float] | None:
        try:
            return viewpoint(self.viewpoint_edit.text())
        except OptionError:
            return None

    def _on_method_changed(self) -> None:
        if not self._is_setting:
            self._is_lock_implied = False
        self._on_changed()

    def _on_field_changed(self) -> None:
        """Clear the base value, which belongs to the former field."""
        if not self._is_setting:
            self._is_setting = True
            self._set_base_value(None)
            self._is_setting = False
        self._on_changed()

    def _on_picked(self, point: QgsPointXY) -> None:
        crs = service_crs(self._known)
        # The service may have changed while the user was picking.
        if self._canvas is None or not crs.isValid():
            return
        picked = QgsReferencedPointXY(point, self._canvas.mapSettings().destinationCrs())
        try:
            x_and_y = transformed_viewpoint(picked, crs, QgsProject.instance().transformContext())
        except OptionError as error:
            self.viewpoint_problem.set_text(error.message)
            return
        self.viewpoint_edit.setText(" ".join(format(value, f".{_DIGITS_PICKED}g") for value in x_and_y or ()))

    def _on_changed(self) -> None:
        if self._is_setting:
            return
        self._show_rows()
        self._show_problems()
        self.changed.emit()

    def _show_problems(self) -> None:
        problems = {**self._problems, **self.input_problems()}
        self.method_problem.set_text(problems.get("mosaic_method", ""))
        self.order_field_problem.set_text(problems.get("order_field", ""))
        self.base_value_problem.set_text(problems.get("order_base_value", ""))
        self.viewpoint_problem.set_text(problems.get("viewpoint", ""))
        self.direction_problem.set_text(problems.get("ascending", ""))
        self.operation_problem.set_text(problems.get("mosaic_operation", ""))
        self.locked_edit.set_problem(problems.get("lock_raster_ids", ""))
        self.where_edit.set_problem(problems.get("where", ""))


def _reason(known: ConnectedService | None) -> str:
    if known is None:
        return tr("Connect to a service to see whether it is a mosaic.")
    if known.service.tiles_only:
        return tr("The service offers only ready-made tiles, so there are no rasters to choose from or to order.")
    return tr("The service is a single raster, so there are no rasters to choose from or to order.")
