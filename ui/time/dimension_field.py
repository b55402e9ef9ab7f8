"""A field for one dimension of a variable: a value is typed, chosen from a list, slid to, or reached step by step."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...plugin.options.arcgis_arguments import dimensions as read_dimensions
from ...plugin.options.dimension_value import DimensionValue
from ...plugin.options.slices import matching_values, value_text
from ...plugin.options.time_range import TimeRange
from ...plugin.service.errors import OptionError
from ...plugin.service.multidimensional import Dimension, Span
from ...plugin.service.time_info import CatalogDate
from ...plugin.translation import tr
from ..common.messages import tooltip
from .dates_field import DatesField

# Of a slider: how many times its page keys go from end to end.
_PAGES = 10


class DimensionField(QWidget):
    """Shows a dimension, whose values are dates or numbers; `changed` tells that the user has changed something."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dimension = Dimension("")
        self._is_setting = False
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.edit, self.box = QLineEdit(self), QComboBox(self)
        self.edit.setClearButtonEnabled(True)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.lineEdit().setClearButtonEnabled(True)
        self._lines = QStackedWidget(self)
        self._lines.addWidget(self.edit)
        self._lines.addWidget(self.box)
        self.previous_button, self.next_button = QToolButton(self), QToolButton(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setToolTip(tr("Slide from the lowest value to the highest, or from the first date to the last."))
        self.dates = DatesField(self)
        self.dates.set_headers(tr("Dates of the dimension (UTC)"), tr("Values"))
        self._lay_out()
        self.edit.textChanged.connect(self._on_typed)
        self.box.editTextChanged.connect(self._on_typed)
        self.previous_button.clicked.connect(lambda _checked: self._step(-1))
        self.next_button.clicked.connect(lambda _checked: self._step(1))
        self.slider.valueChanged.connect(self._on_slid)
        self.dates.picked.connect(self._on_picked)

    def _lay_out(self) -> None:
        line, column = QHBoxLayout(), QVBoxLayout(self)
        for layout in (line, column):
            layout.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._lines, 1)
        for button, arrow, text in (
            (self.previous_button, Qt.ArrowType.LeftArrow, tr("Previous value")),
            (self.next_button, Qt.ArrowType.RightArrow, tr("Next value")),
        ):
            button.setArrowType(arrow)
            button.setToolTip(text)
            button.setAccessibleName(text)
            line.addWidget(button)
        column.addLayout(line)
        column.addWidget(self.slider)
        column.addWidget(self.dates)

    @property
    def name(self) -> str:
        """The name of the dimension."""
        return self._dimension.name

    def show_dimension(self, dimension: Dimension, wanted: DimensionValue | None) -> None:
        """Show a dimension and the value that is wanted of it, without telling anything."""
        self._is_setting = True
        if dimension != self._dimension:
            self._show_values(dimension)
            self._set_text("")
        if wanted != self.value():
            self._set_text("" if wanted is None else self._written(wanted))
        self._is_setting = False
        self._show_state()

    def value(self) -> DimensionValue | None:
        """Return the value that stands there; None for nothing, and for what cannot be read."""
        try:
            return next(iter(self._read()), None)
        except OptionError:
            return None

    def problem(self) -> str:
        """Return why what stands there cannot be read; empty where it can."""
        try:
            self._read()
        except OptionError as error:
            return error.message
        return ""

    def _show_values(self, dimension: Dimension) -> None:
        """Offer the values of another dimension."""
        self._dimension = dimension
        title = dimension.label
        # An ampersand of the server's is no shortcut.
        self.label.setText(title.replace("&", "&&"))
        self.label.setToolTip(tooltip(dimension.description))
        self._lines.setCurrentWidget(self.edit if dimension.is_time else self.box)
        first = value_text(dimension, dimension.values[0]) if dimension.values else ""
        for line in (self.edit, self.box.lineEdit()):
            line.setPlaceholderText(tr("First value: {value}").format(value=first) if first else "")
            line.setAccessibleName(title)
        self.box.setAccessibleName(title)
        self.box.clear()
        if not dimension.is_time:
            self.box.addItems([value_text(dimension, span) for span in dimension.values])
        ranges = [TimeRange(int(low), int(high)) for low, high in sorted(dimension.values)] if dimension.is_time else []
        self.dates.set_dates([CatalogDate(begin or 0, end or 0, 1) for begin, end in ranges])
        self.dates.setVisible(bool(ranges))
        for stepper in (self.previous_button, self.next_button, self.slider):
            stepper.setVisible(len(dimension.values) > 1)
        self.slider.setRange(0, max(0, len(dimension.values) - 1))
        self.slider.setPageStep(max(1, len(dimension.values) // _PAGES))
        self.slider.setAccessibleName(title)

    def _read(self) -> tuple[DimensionValue, ...]:
        text = self._text().strip()
        return read_dimensions([(self._dimension.name, text)]) if text else ()

    def _text(self) -> str:
        return str(self.edit.text() if self._dimension.is_time else self.box.currentText())

    def _set_text(self, text: str) -> None:
        if self._dimension.is_time:
            self.edit.setText(text)
        else:
            self.box.setEditText(text)

    def _written(self, wanted: DimensionValue) -> str:
        if wanted.span in self._dimension.values:
            return value_text(self._dimension, wanted.span)
        return str(wanted).partition("=")[2]

    def _on_typed(self) -> None:
        if not self._is_setting:
            self._show_state()
            self.changed.emit()

    def _on_picked(self, chosen: TimeRange) -> None:
        self.edit.setText(str(chosen))

    def _on_slid(self, place: int) -> None:
        if not self._is_setting:
            self._set_text(value_text(self._dimension, self._ordered()[place]))

    def _step(self, by: int) -> None:
        """Take the next value, or the one before: of nothing, the first one is shown."""
        place = self._place()
        if place is not None:
            self._set_text(value_text(self._dimension, self._ordered()[place + by]))

    def _ordered(self) -> list[Span]:
        return sorted(self._dimension.values)

    def _place(self) -> int | None:
        """Return which of the ordered values is shown; None where it is none of them, or several."""
        values, wanted = self._dimension.values, self.value()
        if not values or (wanted is None and self._text().strip()):
            return None
        shown = values[:1] if wanted is None else matching_values(self._dimension, wanted.span)
        return self._ordered().index(shown[0]) if len(shown) == 1 else None

    def _show_state(self) -> None:
        """Let only those steps be taken that there are, and the dates show what is chosen."""
        place, wanted = self._place(), self.value()
        self.previous_button.setEnabled(place is not None and place > 0)
        self.next_button.setEnabled(place is not None and place < len(self._dimension.values) - 1)
        # What is none of the values, or several, leaves it where it was.
        was_setting, self._is_setting = self._is_setting, True
        self.slider.setValue(self.slider.value() if place is None else place)
        self._is_setting = was_setting
        if self._dimension.is_time:
            self.dates.select(None if wanted is None else TimeRange(int(wanted.low), int(wanted.high)))
