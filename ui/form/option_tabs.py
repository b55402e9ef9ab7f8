"""The choices for a layer, in tabs that say where they differ from what the service has by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qgis.core import QgsApplication
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon, QPainter, QPalette, QPixmap
from qgis.PyQt.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from ...plugin.translation import tr
from ..common.section import Section

_LINES_AT_LEAST = 8


class _Page(NamedTuple):
    """A tab: what is in it, and the options that it is about."""

    title: str
    area: QgsScrollArea
    layout: QVBoxLayout
    sections: Sequence[Section]
    options: frozenset[str]


class _PageArea(QgsScrollArea):
    """Scrolls up and down only: it is never narrower than what is in it."""

    def minimumSizeHint(self) -> QSize:
        """Return the width of what is in it, and a height in which there is something to be seen."""
        bar = self.verticalScrollBar().sizeHint().width()
        width = self.widget().minimumSizeHint().width() if self.widget() is not None else 0
        return QSize(width + bar, _LINES_AT_LEAST * self.fontMetrics().height())


class OptionTabs(QTabWidget):
    """Each tab scrolls by itself where there is too little room for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[_Page] = []
        self._none, self._dot = QIcon(), self._make_dot()
        self._warning = QgsApplication.getThemeIcon("/mIconWarning.svg")

    def add_page(self, title: str, sections: Sequence[Section], options: frozenset[str]) -> QVBoxLayout:
        """Add a tab with these sections, in which problems with these options are found; return its layout."""
        area, contents = _PageArea(), QWidget()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        layout = QVBoxLayout(contents)
        for section in sections:
            layout.addWidget(section)
        layout.addStretch(1)
        area.setWidget(contents)
        self._pages.append(_Page(title, area, layout, sections, options))
        self.addTab(area, title)
        return layout

    def show_page(self, section: Section, *, is_shown: bool, index: int) -> bool:
        """Let the tab of a section be there, at an index, or not be there at all; return whether that is a change."""
        page = next(page for page in self._pages if section in page.sections)
        here = self.indexOf(page.area)
        if is_shown and here < 0:
            self.insertTab(index, page.area, page.title)
        elif not is_shown and here >= 0:
            self.removeTab(here)
        return is_shown != (here >= 0)

    def area(self) -> QgsScrollArea | None:
        """Return what scrolls in the tab that can be seen; None where that is the preview."""
        shown = self.currentWidget()
        return shown if isinstance(shown, QgsScrollArea) else None

    def show_state(self, problems: Mapping[str, str]) -> None:
        """Mark each tab: with a warning where there is a problem in it, else with a dot where something is chosen."""
        for page in self._pages:
            index = self.indexOf(page.area)
            wrong = [problems[option] for option in problems if option in page.options and problems[option]]
            differs = any(section.differs() for section in page.sections)
            icon, text = self._none, ""
            if wrong:
                icon, text = self._warning, wrong[0]
            elif differs:
                icon, text = self._dot, tr("Something here differs from the default of the service.")
            # Qt lays all of the form out anew for each icon, also for the same one.
            if self.tabIcon(index).cacheKey() != icon.cacheKey():
                self.setTabIcon(index, icon)
            self.setTabToolTip(index, text)

    def show_option(self, option: str) -> None:
        """Bring the tab of an option to the front."""
        for page in self._pages:
            if option in page.options:
                self.setCurrentWidget(page.area)

    def _make_dot(self) -> QIcon:
        size = self.fontMetrics().height()
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawEllipse(size // 4, size // 4, size // 2, size // 2)
        painter.end()
        return QIcon(pixmap)
