"""The order base value of a mosaic: a number, a text, or a date."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDate, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from ...plugin.options.arcgis_arguments import is_given
from ...plugin.options.order_value import order_value
from ...plugin.service.errors import OptionError
from ...plugin.service.image_service import Field
from ...plugin.translation import tr
from ..common.arrow_room import leave_room_for_arrow
from ..common.number_text import number_text
from .mosaic_texts import service_default

_DAY_LENGTH = len("2001-12-31")


class BaseValueEdit(QWidget):
    """A line for numbers, texts and dates, the same in every country; dates can be taken from a calendar, too.

    `changed` is emitted when the user has changed the value.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._own = ""
        self._is_setting = self._has_value = False
        self.line, self.calendar_button = QLineEdit(), QToolButton()
        self.calendar = QCalendarWidget()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        layout.addWidget(self.calendar_button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setClearButtonEnabled(True)
        self.line.setAccessibleName(tr("Order base value"))
        self.line.textChanged.connect(self._on_changed)
        self.setFocusProxy(self.line)
        self._set_up_calendar()

    def set_from(self, value: str | float | None, field: Field | None, own: str | float | None) -> None:
        """Show a value of a field (None where it is unknown); where there is none, `own` is the service's."""
        self._is_setting = True
        is_same = self._has_value and field == self._field and value == self.value()
        self._field, self._has_value = field, True
        is_date = field is not None and field.is_date
        self._own = _text(own, field)
        self.line.setPlaceholderText(tr("None") if own is None else service_default(self._own))
        self.line.setToolTip(
            tr(
                "A date in UTC, as {day}, or with a time of day, as {moment}. The raster whose value in the order "
                "field is nearest to it is on top."
            ).format(day="2001-12-31", moment="2001-12-31 13:30")
            if is_date
            else tr("The raster whose value in the order field is nearest to this one is on top.")
        )
        self.calendar_button.setVisible(is_date)
        # The user may be typing another spelling of the same value.
        if not is_same:
            self.line.setText(_text(value, field))
        self._is_setting = False

    def value(self) -> str | float | None:
        """Return the value, None where none is given; a text that is no value of the field as it is."""
        text = self.line.text()
        if not is_given(text):
            return None
        try:
            return order_value(text, self._field)
        except OptionError:
            return str(text).strip()

    def _set_up_calendar(self) -> None:
        text = tr("Choose a date")
        self.calendar_button.setIcon(QgsApplication.getThemeIcon("/mIconFieldDate.svg"))
        self.calendar_button.setToolTip(text)
        self.calendar_button.setAccessibleName(text)
        self.calendar_button.setAutoRaise(True)
        self.calendar_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.calendar_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.calendar.setLocale(QLocale())
        menu, action = QMenu(self), QWidgetAction(self)
        action.setDefaultWidget(self.calendar)
        menu.addAction(action)
        self.calendar_button.setMenu(menu)
        leave_room_for_arrow(self.calendar_button)
        menu.aboutToShow.connect(self._show_day)
        # By a click, and by Return.
        self.calendar.clicked.connect(self._take_day)
        self.calendar.activated.connect(self._take_day)

    def _show_day(self) -> None:
        """Open the calendar where the value is, or else where the service's own is."""
        for text in (str(self.value()), self._own):
            day = QDate.fromString(text[:_DAY_LENGTH].replace("/", "-"), Qt.DateFormat.ISODate)
            if day.isValid():
                self.calendar.setSelectedDate(day)
                return

    def _take_day(self, day: QDate) -> None:
        self.calendar_button.menu().close()
        self.line.setText(day.toString(Qt.DateFormat.ISODate))
        self.line.setFocus()

    def _on_changed(self) -> None:
        if not self._is_setting:
            self.changed.emit()


def _text(value: str | float | None, field: Field | None) -> str:
    """Return what to type for a value; dates as ISO 8601 has them, which sort and read the same everywhere."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return number_text(value)
    if field is None or not field.is_date:
        return value
    try:
        return str(order_value(value, field)).replace("/", "-")
    except OptionError:
        return value
