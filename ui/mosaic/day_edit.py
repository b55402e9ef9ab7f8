"""A day, typed as ISO 8601 has it, or taken from a calendar."""

from __future__ import annotations

from datetime import date

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QDate, QLocale, Qt
from qgis.PyQt.QtWidgets import QAction, QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from ...plugin.options.catalog_filter import read_day
from ...plugin.service.errors import OptionError
from ...plugin.translation import tr


class DayEdit(QgsFilterLineEdit):
    """A line for a day, the same in every country; a year or a month is its first day, or its last one."""

    def __init__(self, is_last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_last = is_last
        self.setPlaceholderText("2001-12-31")
        self._calendar = calendar = QCalendarWidget()
        calendar.setLocale(QLocale())
        self._menu, action = QMenu(self), QWidgetAction(self)
        action.setDefaultWidget(calendar)
        self._menu.addAction(action)
        self._menu.aboutToShow.connect(self._show_day)
        # By a click, and by Return.
        calendar.clicked.connect(self._take_day)
        calendar.activated.connect(self._take_day)
        icon = QgsApplication.getThemeIcon("/mIconFieldDate.svg")
        opener = QAction(icon, tr("Choose a date"), self)
        opener.triggered.connect(lambda _checked: self._menu.popup(self.mapToGlobal(self.rect().bottomLeft())))
        self.addAction(opener, QLineEdit.ActionPosition.LeadingPosition)

    def day(self) -> date | None:
        """Return the day, None for none.

        Raises:
            OptionError: the text is no day.
        """
        return read_day(self.text(), is_last=self._is_last)

    def _show_day(self) -> None:
        try:
            day = self.day()
        except OptionError:
            return
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))

    def _take_day(self, day: QDate) -> None:
        self._menu.close()
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.setFocus()
