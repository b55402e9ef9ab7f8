"""Where the preview stands: beside the choices where there is room, else in a tab among them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ...plugin.translation import tr
from ..preview.preview_panel import PreviewPanel
from .kind_section import KindSection
from .option_tabs import OptionTabs

# The width of the form from which on both fit: in pixels, and in characters of its font, whichever is more.
_LEAST_WIDTH, _LEAST_CHARACTERS = 900, 120
# What the preview, and the sentences below it, need beside choices that are as narrow as they can be, in characters.
_SIDE_CHARACTERS = 36


class PreviewPlace(QSplitter):
    """Choices on the left, preview and kind of the layer on the right.

    In a tab, the preview leaves the kind to the first page of the choices. `outgrown` says that there is no longer room
    for both: choices have become wider.
    """

    outgrown = pyqtSignal()

    def __init__(
        self, tabs: OptionTabs, first_page: QVBoxLayout, kind: KindSection, preview: PreviewPanel, parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._tabs, self._first_page, self._kind, self._preview = tabs, first_page, kind, preview
        self._stays_in_tab = False
        # What there is for both, in pixels.
        self._room = 0
        self._side = QWidget()
        self._side_layout = QVBoxLayout(self._side)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self.setChildrenCollapsible(False)
        self.addWidget(tabs)
        self.addWidget(self._side)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        self._is_beside = False
        self._put_into_tab()

    @property
    def is_beside(self) -> bool:
        """Whether the preview stands beside the choices."""
        return self._is_beside

    def stay_in_tab(self) -> None:
        """Keep the preview in a tab, however much room there is."""
        self._stays_in_tab = True
        self.fit(0, 0)

    def event(self, event: QEvent) -> bool:
        """Notice when the choices no longer leave room for the preview."""
        handled = bool(super().event(event))
        if event.type() == QEvent.Type.LayoutRequest and self._is_beside and self._needed() > self._room:
            self.outgrown.emit()
        return handled

    def fit(self, width: int, room: int) -> bool:
        """Find the place for a form of a width in pixels, with some room for both; return whether it is another one."""
        self._room = room
        least = max(_LEAST_WIDTH, _LEAST_CHARACTERS * self.fontMetrics().averageCharWidth())
        is_beside = width >= least and room >= self._needed() and not self._stays_in_tab
        if is_beside == self._is_beside:
            return False
        self._is_beside = is_beside
        if is_beside:
            self._tabs.removeTab(self._tabs.indexOf(self._preview))
            self._preview.layout().setContentsMargins(0, 0, 0, 0)
            self._side_layout.addWidget(self._preview, 1)
            self._side_layout.addWidget(self._kind)
            self._preview.show()
            self._kind.show()
            self._side.show()
        else:
            self._put_into_tab()
        return True

    def _needed(self) -> int:
        """Return the width in which choices and preview can both be read, in pixels."""
        comfortable = _SIDE_CHARACTERS * self.fontMetrics().averageCharWidth()
        side = max(comfortable, self._side.minimumSizeHint().width())
        return int(self._tabs.minimumSizeHint().width() + self.handleWidth() + side)

    def _put_into_tab(self) -> None:
        self._first_page.insertWidget(0, self._kind)
        self._kind.show()
        # The same margins as the other pages.
        self._preview.layout().setContentsMargins(self._first_page.contentsMargins())
        self._tabs.addTab(self._preview, tr("Preview"))
        self._side.hide()
