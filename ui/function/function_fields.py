"""The parameters of a raster function as fields."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...plugin.options.processing_template import ProcessingTemplate
from ...plugin.options.well_known import (
    ParameterKind,
    Value,
    WellKnownFunction,
    default_values,
    problems_of,
    written_rule,
)
from ...plugin.service.image_service import ImageService
from ...plugin.service.warming import warm, warm_all
from ...plugin.translation import tr
from ..common.field_message import FieldMessage
from ..common.scrolling import scroll_the_form
from .classes_table import ClassesTable
from .field import Field, make_field

# In milliseconds: how long changes must rest before the server is asked for their output.
_PATIENCE = 250


class FunctionFields(QWidget):
    """A field for each parameter that counts beside the others.

    `changed` is emitted when the user has changed a value, `json_requested` when all of it is wanted as JSON.
    """

    changed = pyqtSignal()
    json_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._function: WellKnownFunction | None = None
        self._service: ImageService | None = None
        self._template = ProcessingTemplate(function={})
        self._values: dict[str, Value] = {}
        self._fields: list[Field] = []
        self._labels: dict[str, QLabel] = {}
        self._is_filling = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE)
        warm(self._later)
        self._later.timeout.connect(self.changed)
        self.label, self._message = QLabel(tr("Parameters")), FieldMessage(self)
        self.defaults_button, self.json_button = QPushButton(tr("Defaults")), QPushButton(tr("As JSON"))
        self.defaults_button.setToolTip(tr("Give each parameter the value that ArcGIS proposes."))
        self.json_button.setToolTip(tr("Go on with this function as JSON, to chain it with others."))
        for button in (self.defaults_button, self.json_button):
            button.setAutoDefault(False)
        self.defaults_button.clicked.connect(lambda _checked: self._take_defaults())
        self.json_button.clicked.connect(lambda _checked: self.json_requested.emit())
        top = QHBoxLayout()
        top.addWidget(self.label, 1)
        top.addWidget(self.defaults_button)
        top.addWidget(self.json_button)
        self._body = QWidget()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(top)
        self._layout.addWidget(self._body)
        self._layout.addWidget(self._message)

    def show_function(
        self,
        function: WellKnownFunction,
        service: ImageService,
        values: dict[str, Value] | None = None,
        template: ProcessingTemplate | None = None,
    ) -> None:
        """Show a function with its values, None for those that ArcGIS proposes, which stand in a template.

        The template stays as it is, to the letter, until a value is changed.
        """
        self._later.stop()
        if function != self._function or service is not self._service:
            self._function, self._service = function, service
            self._build(function, service)
        self._values = dict(default_values(function, service) if values is None else values)
        self._template = template or written_rule(function, self._values)
        self._is_filling = True
        for field in self._fields:
            field.show(self._values[field.parameter.key])
        self._is_filling = False
        self._arrange()

    def shows(self, function: WellKnownFunction, service: ImageService) -> bool:
        """Whether these are the fields of a function, for the data of a service."""
        return function == self._function and service is self._service

    def template(self) -> ProcessingTemplate:
        """Return the function with its values."""
        return self._template

    def problem(self) -> str:
        """Return why the values make no function, empty where they do."""
        if self._function is None or self._service is None:
            return ""
        for field in self._fields:
            if isinstance(field.editor, ClassesTable) and field.editor.problem():
                return field.editor.problem()
        found = problems_of(self._function, self._values, len(self._service.bands))
        return next(iter(found.values()), "")

    def set_problem(self, text: str) -> None:
        """Show what is wrong with the function, unless its values themselves are."""
        self._message.set_text(self.problem() or text)

    def _build(self, function: WellKnownFunction, service: ImageService) -> None:
        """Make the fields of a function in place of those of another one."""
        former, self._body = self._body, QWidget()
        self._layout.replaceWidget(former, self._body)
        former.hide()
        former.deleteLater()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self._fields, self._labels = [], {}
        before = self.json_button
        for row, parameter in enumerate(function.parameters):
            field = make_field(parameter, service, partial(self._on_edited, parameter.key))
            if parameter.kind is not ParameterKind.FLAG:
                label = QLabel(parameter.label)
                label.setBuddy(field.editor)
                self._labels[parameter.key] = label
                grid.addWidget(
                    label, row, 0, Qt.AlignmentFlag.AlignTop if field.editor.minimumHeight() else Qt.AlignmentFlag(0)
                )
            grid.addWidget(field.editor, row, 1)
            QWidget.setTabOrder(before, field.editor)
            before = field.editor
            self._fields.append(field)
        self._body.setVisible(bool(self._fields))
        self.defaults_button.setVisible(bool(self._fields))
        scroll_the_form(self._body)
        warm_all(self)

    def _arrange(self) -> None:
        """Show the fields that count, and what is wrong."""
        for field in self._fields:
            counts = field.parameter.counts(self._values)
            field.editor.setVisible(counts)
            label = self._labels.get(field.parameter.key)
            if label is not None:
                label.setVisible(counts)
        self._message.set_text(self.problem())

    def _on_edited(self, key: str) -> None:
        if self._is_filling or self._function is None:
            return
        had_problem = bool(self.problem())
        field = next(field for field in self._fields if field.parameter.key == key)
        self._values[key] = field.value()
        self._template = written_rule(self._function, self._values)
        self._arrange()
        if field.comes_in_steps and not had_problem and not self.problem():
            self._later.start()
        else:
            self._later.stop()
            self.changed.emit()

    def _take_defaults(self) -> None:
        if self._function is not None and self._service is not None:
            self.show_function(self._function, self._service)
            self.changed.emit()
