"""The image services of servers, folder by folder, read as they are unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import QPoint, Qt, pyqtBoundSignal, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QKeyEvent
from qgis.PyQt.QtWidgets import QApplication, QMenu, QStyle, QTreeWidget, QTreeWidgetItem, QWidget

from ...plugin.service.access import Access
from ...plugin.service.directory import DirectoryAddress, ListedService, Listing, ServicesDirectory
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.transport import Transport
from ...plugin.translation import tr
from ..common.background import Background
from ..common.rows_in_slices import RowsInSlices
from .connection_entries import ConnectionEntries

_PLACE, SERVICE_ROLE, _FAILED = (Qt.ItemDataRole.UserRole + number for number in range(3))
"""`SERVICE_ROLE` holds the `Server` and the `ListedService` of a row that is a service."""


@dataclass(frozen=True)
class Server:
    """A server as the tree shows it, and how it is asked."""

    name: str
    directory: DirectoryAddress
    access: Access = field(default_factory=Access)


class ServerTree(QTreeWidget):
    """Emits `looked_at` with the `Server` and the `ListedService` that was clicked.

    `chosen` is emitted for the one that was double-clicked, or on which Return was pressed.
    """

    looked_at = pyqtSignal(object, object)
    chosen = pyqtSignal(object, object)
    connections_changed = pyqtSignal()
    """There may be other saved connections."""
    emptied = pyqtSignal()
    """All rows are about to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAccessibleName(tr("Image services of the server"))
        self.setToolTip(tr("Click an image service to see what it is; double-click or Return takes it."))
        self.itemExpanded.connect(self._on_expanded)
        self.itemCollapsed.connect(self._on_collapsed)
        # Not `itemActivated`, for which a single click is enough on some desktops.
        self.itemClicked.connect(lambda item: self._tell(self.looked_at, item))
        self.itemDoubleClicked.connect(lambda item: self._tell(self.chosen, item))
        self._slices = RowsInSlices(self)
        # What rows are narrowed to; new ones only have to be looked at where there is something.
        self._wanted: list[str] = []
        self.model().rowsInserted.connect(self._on_inserted)
        self._entries = ConnectionEntries(self)
        self._entries.changed.connect(self.connections_changed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def show_servers(self, servers: Sequence[Server]) -> None:
        """Show servers, the first one unfolded."""
        for background in self.findChildren(Background, options=Qt.FindChildOption.FindDirectChildrenOnly):
            background.cancel()
            background.deleteLater()
        self._slices.stop()
        self.emptied.emit()
        self.clear()
        for server in servers:
            item = _place(server.name, server, "", "/mIconConnect.svg")
            item.setToolTip(0, server.directory.url)
            self.addTopLevelItem(item)
        if servers:
            self.topLevelItem(0).setExpanded(True)
        else:
            add_text(self.invisibleRootItem(), tr("There is no saved connection; type the address of a server."))

    def servers(self) -> list[Server]:
        """Return the servers that are shown."""
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [place[0] for place in (item.data(0, _PLACE) for item in items) if place is not None]

    def narrow_to(self, words: str) -> None:
        """Show only rows whose names hold all words, their parents, and folders that have not been read yet."""
        wanted = words.casefold().split()
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._narrow()

    def _on_inserted(self) -> None:
        if self._wanted:
            self._narrow()

    def _narrow(self) -> None:
        for item in (self.topLevelItem(row) for row in range(self.topLevelItemCount())):
            # What a portal has found for the words may have them elsewhere than in its name.
            if item.data(0, _PLACE) is not None:
                for row in range(item.childCount()):
                    _narrow(item.child(row), self._wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return take a service, and fold or unfold anything else."""
        item = self.currentItem()
        has_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if item is None or has_control or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        event.accept()
        if not self._tell(self.chosen, item):
            item.setExpanded(not item.isExpanded())

    def _show_menu(self, place: QPoint) -> None:
        """Let connections be made, and the one that was clicked be changed."""
        item, menu = self.itemAt(place), QMenu(self)
        is_server = item is not None and item.parent() is None and item.data(0, _PLACE) is not None
        self._entries.add_to(menu, item.data(0, _PLACE)[0].name if is_server else "")
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, _PLACE)
        if place is None or item.childCount():
            return
        server, folder = place
        add_text(item, tr("Reading…"))
        Background(self).run(
            tr("Listing the image services of “{name}”").format(name=server.name),
            lambda feedback: _listing(server, folder, feedback),
            lambda found: self._fill(item, *found),
            lambda error: self._fail(item, error),
        )

    def _fill(self, item: QTreeWidgetItem, server: Server, listing: Listing) -> None:
        item.takeChildren()
        folders = sorted(listing.folders, key=str.casefold)
        item.addChildren([_place(folder, server, folder, "/mIconFolder.svg") for folder in folders])
        if server.directory.folder in folders:
            item.child(folders.index(server.directory.folder)).setExpanded(True)
        self._slices.add(item, _rows(server, listing.services))
        if not listing.folders and not listing.services:
            add_text(item, tr("There are no image services here."))

    def _fail(self, item: QTreeWidgetItem, error: ImageServerLayerError) -> None:
        """Tell why there is nothing; folding and unfolding asks again."""
        item.takeChildren()
        add_text(item, error.message)
        item.child(0).setIcon(0, row_icon("/mIconWarning.svg"))
        item.setData(0, _FAILED, True)

    def _on_collapsed(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _FAILED):
            item.setData(0, _FAILED, False)
            item.takeChildren()

    def _tell(self, signal: pyqtBoundSignal, item: QTreeWidgetItem) -> bool:
        """Emit a signal with the service of an item; return whether it is one."""
        service = item.data(0, SERVICE_ROLE)
        if service is not None:
            signal.emit(*service)
        return service is not None


def row_icon(name: str) -> QIcon:
    """Return an icon of QGIS' theme that stays small where rows beside it have pictures."""
    size = QApplication.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
    return QIcon(QgsApplication.getThemeIcon(name).pixmap(size, size))


def add_text(parent: QTreeWidgetItem, text: str) -> None:
    """Add a row with a message."""
    item = QTreeWidgetItem(parent, [text])
    item.setFlags(Qt.ItemFlag.NoItemFlags)


def _place(name: str, server: Server, folder: str, icon: str) -> QTreeWidgetItem:
    """Return a row for a server or one of its folders, which is read when it is unfolded."""
    item = QTreeWidgetItem([name])
    item.setIcon(0, row_icon(icon))
    item.setData(0, _PLACE, (server, folder))
    item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
    return item


def _rows(server: Server, services: Iterable[ListedService]) -> Iterator[QTreeWidgetItem]:
    """Yield a row for each service, in the order of their names."""
    icon = row_icon("/mIconRaster.svg")
    for service in sorted(services, key=lambda service: service.name.casefold()):
        item = QTreeWidgetItem([service.name])
        item.setIcon(0, icon)
        item.setData(0, SERVICE_ROLE, (server, service))
        item.setToolTip(0, service.url)
        yield item


def _narrow(item: QTreeWidgetItem, wanted: Sequence[str]) -> bool:
    """Hide an item that does not have all words in its name, nor anything in it that has; return whether it stays."""
    is_named = all(word in item.text(0).casefold() for word in wanted)
    kept = [_narrow(item.child(row), () if is_named else wanted) for row in range(item.childCount())]
    is_unread = item.data(0, _PLACE) is not None and not kept
    is_text = not item.flags() & Qt.ItemFlag.ItemIsEnabled
    item.setHidden(not (is_named or any(kept) or is_unread or is_text))
    return not item.isHidden()


def _listing(server: Server, folder: str, feedback: QgsFeedback) -> tuple[Server, Listing]:
    """Return what is in a folder, and the server, whose directory may have been found elsewhere than it was sought."""
    transport = Transport(server.access, feedback)
    directory = ServicesDirectory(server.directory, transport)
    listing = directory.listing(folder)
    return replace(server, directory=replace(server.directory, url=directory.url, guesses=())), listing
