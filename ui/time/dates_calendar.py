"""A calendar in which the dates of a service stand out, and no other day can be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont, QPalette, QShowEvent, QTextCharFormat
from qgis.PyQt.QtWidgets import QCalendarWidget, QTableView, QVBoxLayout, QWidget

from ...plugin.options.dates_in_order import DatesInOrder
from ...plugin.options.time_range import TimeRange, moment_of, period
from ...plugin.service.time_info import CatalogDate
from ...plugin.translation import tr

# Of a page: six weeks, which begin in the month before.
_DAYS_BEFORE, _DAYS = 7, 49


class DatesCalendar(QWidget):
    """Days, in UTC, on which there is something are bold; others are gray, and a click on them does nothing.

    `picked` tells a day, whole, as a `TimeRange`. What is chosen elsewhere is marked, from its first day to its last.
    """

    picked = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dates = DatesInOrder()
        self._chosen: TimeRange | None = None
        # Whether a page is to be marked once it is seen.
        self._is_due = False
        self.calendar = QCalendarWidget(self)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(tr("Calendar of the service's dates"))
        self.calendar.setToolTip(tr("Days on which the service has something are bold."))
        self._view = self.calendar.findChild(QTableView)
        off = QTextCharFormat()
        off.setForeground(self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text))
        for number in range(1, 8):
            self.calendar.setWeekdayTextFormat(Qt.DayOfWeek(number), off)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.calendar)
        self.calendar.currentPageChanged.connect(lambda _year, _month: self._mark())
        self.calendar.clicked.connect(self._on_day)
        self.calendar.activated.connect(self._on_day)
        self.calendar.selectionChanged.connect(self._mark_current)

    def set_dates(self, dates: Sequence[CatalogDate]) -> None:
        """Show dates, which are in their order, the latest to begin with."""
        self._dates, self._chosen = DatesInOrder(dates), None
        self.setEnabled(bool(dates))
        if dates:
            first, last = self._dates.whole
            self.calendar.setDateRange(_day(first or 0), _day(last or 0))
            self.calendar.setSelectedDate(_day(self._dates.last_begin))
        self._mark()

    def select(self, time: TimeRange | None) -> None:
        """Mark what is chosen, and bring its first date into sight."""
        self._chosen = time
        first = None if time is None else self._dates.first_touching(time)
        if first is not None:
            self.calendar.setSelectedDate(_day(first.begin))
            self.calendar.showSelectedDate()
        self._mark()

    def showEvent(self, event: QShowEvent) -> None:
        """Mark what is seen from now on."""
        super().showEvent(event)
        if self._is_due:
            self._mark()

    def _on_day(self, day: QDate) -> None:
        found = period(day.year(), day.month(), day.day())
        if self._dates.first_touching(found) is not None:
            self.picked.emit(found)

    def _mark(self) -> None:
        """Let the days of the page stand out that have something, and those that are chosen, where they are seen."""
        self._is_due = not self.isVisible()
        if self._is_due:
            return
        bold, chosen = QTextCharFormat(), QTextCharFormat()
        for style in (bold, chosen):
            style.setFontWeight(QFont.Weight.Bold)
        bold.setForeground(self.palette().brush(QPalette.ColorGroup.Active, QPalette.ColorRole.Text))
        chosen.setForeground(self.palette().brush(QPalette.ColorRole.HighlightedText))
        chosen.setBackground(self.palette().brush(QPalette.ColorRole.Highlight))
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        for day in self._days_of_page():
            self.calendar.setDateTextFormat(day, chosen if self._is_chosen(day) else bold)
        self._mark_current()

    def _mark_current(self) -> None:
        """Show where the keyboard is without making it look chosen where it is not."""
        colors, own = self._view.palette(), self.palette()
        is_chosen = self._is_chosen(self.calendar.selectedDate())
        back = QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Midlight
        front = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        colors.setColor(QPalette.ColorRole.Highlight, own.color(back))
        colors.setColor(QPalette.ColorRole.HighlightedText, own.color(front))
        self._view.setPalette(colors)

    def _is_chosen(self, day: QDate) -> bool:
        return self._chosen is not None and self._chosen.touches(*period(day.year(), day.month(), day.day()))

    def _days_of_page(self) -> Iterator[QDate]:
        """Yield the days of the page on which there is something."""
        start = QDate(self.calendar.yearShown(), self.calendar.monthShown(), 1).addDays(-_DAYS_BEFORE)
        days = (start.addDays(number) for number in range(_DAYS))
        return (day for day in days if self._dates.first_touching(_period(day)) is not None)


def _period(day: QDate) -> TimeRange:
    return period(day.year(), day.month(), day.day())


def _day(milliseconds: int) -> QDate:
    moment = moment_of(milliseconds)
    return QDate(moment.year, moment.month, moment.day)
