"""The widget for one parameter of a raster function: a box, a list, a check box, a line or a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from ...plugin.options.well_known import Parameter, ParameterKind, Value
from ...plugin.service.image_service import ImageService
from ..common.band_picker import BandChoices, BandPicker
from .classes_table import ClassesTable
from .number_box import NumberBox


class Field(NamedTuple):
    """A widget, and how its value is read and shown.

    `comes_in_steps`: one change is often followed by another, as while typing.
    """

    parameter: Parameter
    editor: QWidget
    value: Callable[[], Value]
    show: Callable[[Value], None]
    comes_in_steps: bool = False


def make_field(parameter: Parameter, service: ImageService, on_edited: Callable[[], None]) -> Field:
    """Return the field of a parameter; `on_edited` is called when the user has changed it, and when the program has."""
    made = _MAKERS[parameter.kind](parameter, service, on_edited)
    made.editor.setObjectName(parameter.key)
    made.editor.setAccessibleName(parameter.label)
    made.editor.setToolTip(parameter.hint)
    return made


def _number(parameter: Parameter, _service: ImageService, on_edited: Callable[[], None]) -> Field:
    box = NumberBox(parameter.minimum, parameter.maximum, parameter.unit)
    box.valueChanged.connect(lambda _value: on_edited())
    return Field(parameter, box, lambda: _plain(box.value()), lambda value: box.setValue(float(value)), True)  # type: ignore[arg-type]


def _integer(parameter: Parameter, _service: ImageService, on_edited: Callable[[], None]) -> Field:
    box = QSpinBox()
    box.setRange(int(parameter.minimum or 0), int(parameter.maximum or 0))
    box.valueChanged.connect(lambda _value: on_edited())
    return Field(parameter, box, box.value, lambda value: box.setValue(int(value)), True)  # type: ignore[arg-type]


def _flag(parameter: Parameter, _service: ImageService, on_edited: Callable[[], None]) -> Field:
    box = QCheckBox(parameter.label)
    box.toggled.connect(lambda _checked: on_edited())
    return Field(parameter, box, box.isChecked, lambda value: box.setChecked(bool(value)))


def _choice(parameter: Parameter, _service: ImageService, on_edited: Callable[[], None]) -> Field:
    box = QComboBox()
    for value, label in parameter.choices:
        box.addItem(label, value)
    box.currentIndexChanged.connect(lambda _index: on_edited())
    values = [value for value, _ in parameter.choices]
    return Field(
        parameter, box, lambda: values[box.currentIndex()], lambda value: box.setCurrentIndex(values.index(value))
    )


def _band(parameter: Parameter, service: ImageService, on_edited: Callable[[], None]) -> Field:
    choices = BandChoices()
    choices.show_bands(service.bands)
    picker = BandPicker(choices)
    choices.setParent(picker)
    picker.picked.connect(on_edited)
    return Field(parameter, picker, lambda: picker.number() or 1, lambda value: picker.set_number(int(value)))  # type: ignore[arg-type]


def _formula(parameter: Parameter, _service: ImageService, on_edited: Callable[[], None]) -> Field:
    line = QLineEdit()
    line.textChanged.connect(lambda _text: on_edited())
    return Field(parameter, line, lambda: str(line.text()), lambda value: line.setText(str(value)), True)


def _classes(parameter: Parameter, _service: ImageService, on_edited: Callable[[], None]) -> Field:
    table = ClassesTable()
    table.edited.connect(on_edited)
    return Field(parameter, table, table.rows, lambda value: table.set_rows(value if isinstance(value, tuple) else ()))


def _plain(value: float) -> float:
    """Return a whole number as one."""
    return int(value) if value.is_integer() else value


_MAKERS: dict[ParameterKind, Callable[[Parameter, ImageService, Callable[[], None]], Field]] = {
    ParameterKind.NUMBER: _number,
    ParameterKind.INTEGER: _integer,
    ParameterKind.FLAG: _flag,
    ParameterKind.CHOICE: _choice,
    ParameterKind.BAND: _band,
    ParameterKind.FORMULA: _formula,
    ParameterKind.CLASSES: _classes,
}
