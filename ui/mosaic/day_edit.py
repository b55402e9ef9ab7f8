"""A day, typed as ISO 8601 has it, or taken from a calendar."""

from __future__ import annotations

from datetime import date

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QDate, QLocale, Qt
from qgis.PyQt.QtWidgets import QAction, QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from ...plugin.options.catalog_filter import read_day
from ...plugin.service.errors import OptionError
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr


class DayEdit(QgsFilterLineEdit):
    """A line for a day, the same in every country; a year or a month is its first day, or its last one."""

    def __init__(self, is_last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_last = is_last
        self._menu: QMenu | None = None
        self.setPlaceholderText("2001-12-31")
        icon = QgsApplication.getThemeIcon("/mIconFieldDate.svg")
        opener = QAction(icon, tr("Choose a date"), self)
        opener.triggered.connect(lambda _checked: self._open())
        self.addAction(opener, QLineEdit.ActionPosition.LeadingPosition)

    def day(self) -> date | None:
        """Return the day, None for none.

        Raises:
            OptionError: the text is no day.
        """
        return read_day(self.text(), is_last=self._is_last)

    def _open(self) -> None:
        """Show the calendar, which takes a while to make, at the day."""
        if self._menu is None:
            self._menu, self._calendar = QMenu(self), QCalendarWidget()
            self._calendar.setLocale(QLocale())
            action = QWidgetAction(self._menu)
            action.setDefaultWidget(self._calendar)
            self._menu.addAction(action)
            # By a click, and by Return.
            self._calendar.clicked.connect(self._take_day)
            self._calendar.activated.connect(self._take_day)
            warm_all(self._menu)
        try:
            day = self.day()
        except OptionError:
            day = None
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _take_day(self, day: QDate) -> None:
        if self._menu is not None:
            self._menu.close()
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.setFocus()
