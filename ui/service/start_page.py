"""What there is to begin with: the services used last, the saved connections, and public services to try."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...plugin.service.connections import saved_connections
from ...plugin.service.plain_text import clean_line
from ...plugin.service.redaction import redacted
from ...plugin.translation import tr
from ..common.messages import tooltip
from .connection_entries import ConnectionEntries
from .recent import recent_services
from .samples import add_sample, has_removed_samples, remove_sample, restore_samples, sample_services
from .typed_address import name_of

_TEXT_ROLE = Qt.ItemDataRole.UserRole
_SAMPLE_ROLE = Qt.ItemDataRole.UserRole + 1
_CONNECTION_ROLE = Qt.ItemDataRole.UserRole + 2
_RECENT_ROLE = Qt.ItemDataRole.UserRole + 3

# Name, address, and what is chosen with it.
_Entries = list[tuple[str, str, str]]


class StartPage(QWidget):
    """Emits `chosen` with an address or the name of a connection that was clicked, or taken with Return.

    `connections_changed` says that there may be other connections, `search_wanted` that a portal is to be searched.
    """

    chosen = pyqtSignal(str)
    connections_changed = pyqtSignal()
    search_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # What stands there: used before, saved, and public.
        self._listed: tuple[_Entries, _Entries, _Entries] | None = None
        self.hint = QLabel(
            tr(
                "Type the address of an image service or of a server above. Services that you have used, and your "
                "saved connections to ArcGIS REST servers, will be listed here."
            )
        )
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view = QTreeWidget()
        self.view.setAccessibleName(tr("Services used before, saved connections and public services"))
        self.view.setHeaderHidden(True)
        self.view.setRootIsDecorated(False)
        self.view.setItemsExpandable(False)
        self.view.setColumnCount(2)
        self.view.itemClicked.connect(lambda item, _column: self._choose(item))
        self.view.itemActivated.connect(lambda item, _column: self._choose(item))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self._entries = ConnectionEntries(self)
        self._entries.changed.connect(self.connections_changed)
        self.connections_button = QPushButton(tr("Connections"))
        self.connections_button.setAutoDefault(False)
        self.connections_button.setToolTip(tr("Make a connection to a server, or edit or remove the selected one"))
        menu = QMenu(self.connections_button)
        menu.aboutToShow.connect(lambda: self._fill_connections(menu))
        self.connections_button.setMenu(menu)
        below = QHBoxLayout()
        below.addWidget(self.connections_button)
        self.search_button = QPushButton(tr("Search a Portal…"))
        self.search_button.setAutoDefault(False)
        self.search_button.setToolTip(tr("Look for services by words, in ArcGIS Online or the portal of a server"))
        self.search_button.clicked.connect(self.search_wanted)
        below.addWidget(self.search_button)
        below.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        layout.addLayout(below)
        # In the empty list itself.
        inside = QVBoxLayout(self.view.viewport())
        inside.addWidget(self.hint)
        self.refresh()

    def refresh(self) -> None:
        """List what there is now."""
        urls = [service.choices.url for service in recent_services()]
        recent = [(name_of(url), url, url) for url in urls]
        saved = sorted((name, connection.url, name) for name, connection in saved_connections().items())
        samples = [(sample.title, sample.url, sample.url) for sample in sample_services()]
        if self._listed != (recent, saved, samples):
            self._listed = recent, saved, samples
            self.view.clear()
            self._list(tr("Used before"), "/mIconRaster.svg", recent, _RECENT_ROLE)
            self._list(tr("Saved connections"), "/mIconConnect.svg", saved, _CONNECTION_ROLE)
            self._list(tr("Public services to try"), "/mIconRaster.svg", samples, _SAMPLE_ROLE)
            self.view.expandAll()
        self.view.resizeColumnToContents(0)
        self.hint.setVisible(self.view.topLevelItemCount() == 0)

    def _list(self, title: str, icon: str, entries: _Entries, role: int | None = None) -> None:
        items = []
        for name, url, text in entries:
            # A saved address may hold a token.
            detail = redacted(clean_line(url))
            item = QTreeWidgetItem([clean_line(name), detail])
            item.setIcon(0, QgsApplication.getThemeIcon(icon))
            item.setData(0, _TEXT_ROLE, text)
            if role is not None:
                item.setData(0, role, True)
            item.setToolTip(1, tooltip(detail))
            items.append(item)
        if not items:
            return
        head = QTreeWidgetItem([title])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.view.font()
        font.setBold(True)
        head.setFont(0, font)
        self.view.addTopLevelItem(head)
        head.addChildren(items)

    def _show_menu(self, place: QPoint) -> None:
        """Let public services be taken out of the list, put back and added, and a connection be changed."""
        item, menu = self.view.itemAt(place), QMenu(self)
        if item is not None and item.data(0, _SAMPLE_ROLE):
            url = str(item.data(0, _TEXT_ROLE))
            menu.addAction(tr("Remove from the List")).triggered.connect(lambda _checked: self._remove(url))
        elif item is not None and item.data(0, _RECENT_ROLE):
            url = str(item.data(0, _TEXT_ROLE))
            menu.addAction(tr("Add to the Public Services")).triggered.connect(lambda _checked: self._add(url))
        elif item is not None and item.data(0, _CONNECTION_ROLE):
            self._entries.add_to(menu, str(item.data(0, _TEXT_ROLE)))
        if has_removed_samples():
            menu.addAction(tr("Restore Public Services")).triggered.connect(lambda _checked: self._restore())
        if menu.actions():
            menu.exec(self.view.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _fill_connections(self, menu: QMenu) -> None:
        menu.clear()
        item = self.view.currentItem()
        is_connection = item is not None and item.data(0, _CONNECTION_ROLE)
        self._entries.add_to(menu, str(item.data(0, _TEXT_ROLE)) if is_connection else "")

    def _add(self, url: str) -> None:
        add_sample(url)
        self.refresh()

    def _remove(self, url: str) -> None:
        remove_sample(url)
        self.refresh()

    def _restore(self) -> None:
        restore_samples()
        self.refresh()

    def _choose(self, item: QTreeWidgetItem) -> None:
        text = item.data(0, _TEXT_ROLE)
        if text:
            self.chosen.emit(str(text))
