"""QGIS' own entries for saved ArcGIS REST server connections: what makes, edits and removes them."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsDataItem
from qgis.gui import QgsDataItemGuiContext, QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QMenu

from ...plugin.service.connections import saved_connections
from ...plugin.service.warming import warm

# QGIS' names for the data items of these connections in the Browser.
_ITEMS, _ENTRIES = "AFS", "afs_items"


class ConnectionEntries(QObject):
    """Puts them into menus; `changed` says that there may be other connections.

    The dialogs behind them are QGIS' own, which no plugin can reach otherwise.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        warm(self)
        # The Browser's item for all connections; the entries work on it, and on those in it.
        self._root: QgsDataItem | None = None

    def add_to(self, menu: QMenu, name: str = "") -> None:
        """Add what is for all connections, and what is for the one with a name, if that is saved."""
        self._forget_items()
        root = self._new_root()
        if root is None:
            return
        self._root = root
        self._add(menu, root)
        items = root.children()
        for item in items:
            # Python would delete them with what it calls them by, though they are in the root.
            sip.transferto(item, None)
        for item in items:
            if item.name() == name and name in saved_connections():
                menu.addSeparator()
                self._add(menu, item)

    def _add(self, menu: QMenu, item: QgsDataItem) -> None:
        provider = next(
            (one for one in QgsGui.dataItemGuiProviderRegistry().providers() if one.name() == _ENTRIES), None
        )
        if provider is None:
            return
        own = QMenu(menu)
        provider.populateContextMenu(item, own, [item], QgsDataItemGuiContext())
        for action in _about_settings(own.actions()):
            # After what QGIS does, as that was connected before.
            action.triggered.connect(lambda _checked: self.changed.emit())
            menu.addAction(action)

    def _new_root(self) -> QgsDataItem | None:
        provider = next(
            (one for one in QgsApplication.dataItemProviderRegistry().providers() if one.name() == _ITEMS), None
        )
        root = None if provider is None else provider.createDataItem("", None)
        if root is not None:
            # It may be read on another thread, and then deletes itself when that has ended.
            sip.transferto(root, None)
        return root

    def _forget_items(self) -> None:
        root, self._root = self._root, None
        if root is not None and not sip.isdeleted(root):
            root.deleteLater()


def _about_settings(actions: list[QAction]) -> list[QAction]:
    """Return the actions without the one, before a line, that reads the Browser's item anew."""
    lines = [position for position, action in enumerate(actions) if action.isSeparator()]
    return actions[lines[0] + 1 :] if lines else actions
