"""The dates of a service, to choose from: as a list in groups with counts, and as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTabWidget, QTreeWidget, QTreeWidgetItem, QWidget

from ...plugin.options.date_groups import DateGroup, group_dates
from ...plugin.options.time_range import TimeRange
from ...plugin.service.time_info import CatalogDate
from ...plugin.translation import tr
from ..common.rows_in_slices import RowsInSlices
from .dates_calendar import DatesCalendar

_ROWS = 8
_TIME = Qt.ItemDataRole.UserRole
# Of an item with others in it, which are listed once somebody looks.
_GROUP = Qt.ItemDataRole.UserRole + 1
# Groups of no more dates are shown open.
_FEW = 30
# Enough to find the width of the counts.
_ROWS_MEASURED = 50


class DatesField(QTabWidget):
    """`picked` tells what the user has chosen, as a `TimeRange`: a group or a date, or all from one to another."""

    picked = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_setting = False
        self.tree, self.calendar = QTreeWidget(self), DatesCalendar(self)
        self._slices = RowsInSlices(self.tree)
        self.tree.setColumnCount(2)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.tree.setMinimumHeight(_ROWS * self.fontMetrics().height() * 3 // 2)
        self.tree.setAccessibleName(tr("Dates of the service"))
        self.tree.setToolTip(tr("Choose a year, a month, a day or a date; with Shift, all from one to another."))
        self.set_headers(tr("Dates of the service (UTC)"), tr("Rasters"))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.addTab(self.tree, tr("List"))
        self.addTab(self.calendar, tr("Calendar"))
        self.tabBar().setAccessibleName(tr("How the dates are shown"))
        self.tree.itemExpanded.connect(self._fill)
        self.tree.itemSelectionChanged.connect(self._on_selected)
        self.calendar.picked.connect(self.picked)

    def set_headers(self, dates: str, counts: str) -> None:
        """Say what the columns of the list are."""
        self.tree.setHeaderLabels([dates, counts])

    def set_dates(self, dates: Sequence[CatalogDate]) -> None:
        """Show dates, the earliest first, without telling anything."""
        was_setting, self._is_setting = self._is_setting, True
        self._slices.stop()
        self.tree.clear()
        self._slices.add(self.tree.invisibleRootItem(), map(_item, group_dates(dates)))
        if len(dates) <= _FEW:
            self._unfold(self.tree.invisibleRootItem())
        self.calendar.set_dates(dates)
        self._is_setting = was_setting

    def select(self, time: TimeRange | None) -> None:
        """Show what is chosen: the group or the date that is that time, without telling anything."""
        was_setting, self._is_setting = self._is_setting, True
        item = None if time is None else self._find(self.tree.invisibleRootItem(), time)
        self.tree.clearSelection()
        if item is not None:
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)
        self.calendar.select(time)
        self._is_setting = was_setting

    def _fill(self, item: QTreeWidgetItem) -> None:
        """List what is in a group as soon as somebody looks into it."""
        if _holds_others(item) and not item.childCount():
            self._slices.add(item, map(_item, item.data(0, _GROUP).parts))

    def _unfold(self, parent: QTreeWidgetItem) -> None:
        for child in _children(parent):
            if _holds_others(child):
                child.setExpanded(True)
                self._unfold(child)

    def _find(self, parent: QTreeWidgetItem, time: TimeRange) -> QTreeWidgetItem | None:
        """Return the item of a time below another one; only the group in which it begins is looked into."""
        for child in _children(parent):
            begin, end = child.data(0, _TIME)
            if (begin, end) == time:
                return child
            if time.begin is not None and begin <= time.begin <= end and _holds_others(child):
                self._fill(child)
                return self._find(child, time)
        return None

    def _on_selected(self) -> None:
        """Take what is selected, from its beginning to its end."""
        if self._is_setting:
            return
        times = [item.data(0, _TIME) for item in self.tree.selectedItems()]
        if not times:
            return
        chosen = TimeRange(min(time[0] for time in times), max(time[1] for time in times))
        self.calendar.select(chosen)
        self.picked.emit(chosen)


def _item(group: DateGroup) -> QTreeWidgetItem:
    item = QTreeWidgetItem([str(group.time), QLocale().toString(group.count)])
    item.setData(0, _TIME, tuple(group.time))
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if group.span is not None:
        item.setData(0, _GROUP, group)
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
    return item


def _children(parent: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    return (parent.child(row) for row in range(parent.childCount()))


def _holds_others(item: QTreeWidgetItem) -> bool:
    return bool(item.childIndicatorPolicy() == QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
