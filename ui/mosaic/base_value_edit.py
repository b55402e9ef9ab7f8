"""The order base value of a mosaic, in an editor for the type of its field."""

from __future__ import annotations

from qgis.gui import QgsDateTimeEdit
from qgis.PyQt.QtCore import QDateTime, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from ...plugin.options.arcgis_arguments import is_given
from ...plugin.options.order_value import order_value
from ...plugin.service.errors import OptionError
from ...plugin.service.image_service import Field
from ...plugin.translation import tr
from ..common.number_text import number_text

_MOMENT = "yyyy/MM/dd HH:mm:ss"


class BaseValueEdit(QStackedWidget):
    """A line for numbers and texts, the same in every country, or a date and time in UTC.

    `changed` is emitted when the user has changed the value.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._is_setting = self._has_value = False
        self._line, self._moment = QLineEdit(), QgsDateTimeEdit()
        self._line.setClearButtonEnabled(True)
        self._moment.setAllowNull(True)
        self._moment.setTimeSpec(Qt.TimeSpec.UTC)
        self._moment.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        self._moment.setToolTip(tr("Date and time in UTC"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(self._line)
        self.addWidget(self._moment)
        self._line.textChanged.connect(self._on_changed)
        self._moment.valueChanged.connect(self._on_changed)
        for editor in (self._line, self._moment):
            editor.setAccessibleName(tr("Order base value"))
        self.setFocusProxy(self._line)

    def set_from(self, value: str | float | None, field: Field | None, default: str) -> None:
        """Show a value of a field (None where it is unknown), and `default` where there is none."""
        self._is_setting = True
        is_same = self._has_value and field == self._field and value == self.value()
        self._field, self._has_value = field, True
        moment = _moment(value, field)
        # What is no date can be shown as text only.
        is_moment = field is not None and field.is_date and (value is None or moment is not None)
        self._moment.setNullRepresentation(default)
        self._line.setPlaceholderText(default)
        # Another spelling of the same value is left to who is typing it.
        if not is_same:
            self._line.setText("" if value is None or is_moment else _text(value))
            self._moment.setDateTime(moment or QDateTime())
            self.setCurrentWidget(self._moment if is_moment else self._line)
        self.setFocusProxy(self.currentWidget())
        self._is_setting = False

    def value(self) -> str | float | None:
        """Return the value, None where none is given; a text that is no value of the field as it is."""
        if self.currentWidget() is self._moment:
            return None if self._moment.isNull() else order_value(self._moment.dateTime(), self._field)
        text = self._line.text()
        if not is_given(text):
            return None
        try:
            return order_value(text, self._field)
        except OptionError:
            return str(text).strip()

    def _on_changed(self) -> None:
        if not self._is_setting:
            self.changed.emit()


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else number_text(value)


def _moment(value: str | float | None, field: Field | None) -> QDateTime | None:
    """Return the date that a value of a field of dates is, in UTC."""
    if value is None or field is None or not field.is_date:
        return None
    try:
        text = str(order_value(value, field))
    except OptionError:
        return None
    parsed = QDateTime.fromString(text if " " in text else f"{text} 00:00:00", _MOMENT)
    return QDateTime(parsed.date(), parsed.time(), Qt.TimeSpec.UTC) if parsed.isValid() else None
