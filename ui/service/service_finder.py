"""The tree of servers with a line above it: what is typed narrows the tree, and is what a portal is searched for."""

from __future__ import annotations

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from ...plugin.translation import tr
from ..common.messages import tooltip
from .portal_results import Portal, PortalResults, online
from .server_tree import ServerTree


class ServiceFinder(QWidget):
    """Holds `tree`. A search is asked for with Return in the line, or with the button, whose menu has other portals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = ServerTree(self)
        self._results = PortalResults(self.tree)
        self._portal = online()
        self.words = QgsFilterLineEdit(self)
        self.words.setShowSearchIcon(True)
        self.words.setPlaceholderText(tr("Filter the list, or words to search a portal for"))
        self.words.setAccessibleName(tr("Filter of image services, or words to search a portal for"))
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self.search)
        self.search_button = QToolButton(self)
        self.search_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.search_button.clicked.connect(self.search)
        menu = QMenu(self.search_button)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.search_button.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.search_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.tree)
        self._choose(self._portal)

    def search(self) -> None:
        """Search the portal that is chosen for the words that are typed."""
        words = self.words.text().strip()
        if words:
            self._results.search(self._portal, words)
        else:
            self.words.setFocus()

    def _portals(self) -> list[Portal]:
        own = [
            Portal(tr("the portal of “{server}”").format(server=server.name), server=server)
            for server in self.tree.servers()
        ]
        return [online(), *own]

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for portal in self._portals():
            action = menu.addAction(_label(portal).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(portal == self._portal)
            action.triggered.connect(lambda _checked, chosen=portal: self._search_in(chosen))

    def _search_in(self, portal: Portal) -> None:
        self._choose(portal)
        self.search()

    def _choose(self, portal: Portal) -> None:
        self._portal = portal
        # The name of a server may be long.
        self.search_button.setText(_label(portal) if portal == online() else tr("Search Portal"))
        text = tr("Look for image services by the words that are typed, in {portal}; the menu has other portals")
        self.search_button.setToolTip(tooltip(text.format(portal=portal.name)))

    def _narrow(self) -> None:
        self.tree.narrow_to(self.words.text())


def _label(portal: Portal) -> str:
    return tr("Search {portal}").format(portal=portal.name)
