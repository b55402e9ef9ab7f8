"""What there is to begin with: the services used last, and the saved connections."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ...plugin.service.connections import saved_connections
from ...plugin.translation import tr
from .recent import recent_services

_TEXT_ROLE = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Emits `chosen` with an address or the name of a connection that was clicked, or taken with Return."""

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = QLabel(
            tr(
                "Type the address of an image service or of a server above, or choose one here once there are services "
                "used before or saved connections to ArcGIS REST servers."
            )
        )
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view = QTreeWidget()
        self.view.setAccessibleName(tr("Services used before and saved connections"))
        self.view.setHeaderHidden(True)
        self.view.setRootIsDecorated(False)
        self.view.setItemsExpandable(False)
        self.view.setColumnCount(2)
        self.view.itemClicked.connect(lambda item, _column: self._choose(item))
        self.view.itemActivated.connect(lambda item, _column: self._choose(item))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        # In the empty list itself.
        inside = QVBoxLayout(self.view.viewport())
        inside.addWidget(self.hint)
        self.refresh()

    def refresh(self) -> None:
        """List what there is now."""
        self.view.clear()
        recent = [(service.choices.url, service.choices.url) for service in recent_services()]
        saved = [(name, connection.url) for name, connection in sorted(saved_connections().items())]
        self._list(tr("Used before"), "/mIconRaster.svg", ((name_of(url), url, url) for url, _ in recent))
        self._list(tr("Saved connections"), "/mIconConnect.svg", ((name, url, name) for name, url in saved))
        self.view.expandAll()
        self.view.resizeColumnToContents(0)
        self.hint.setVisible(self.view.topLevelItemCount() == 0)

    def _list(self, title: str, icon: str, entries: Iterable[tuple[str, str, str]]) -> None:
        items = []
        for name, detail, text in entries:
            item = QTreeWidgetItem([name, detail])
            item.setIcon(0, QgsApplication.getThemeIcon(icon))
            item.setData(0, _TEXT_ROLE, text)
            item.setToolTip(1, detail)
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

    def _choose(self, item: QTreeWidgetItem) -> None:
        text = item.data(0, _TEXT_ROLE)
        if text:
            self.chosen.emit(str(text))


def name_of(url: str) -> str:
    """Return what a service is called, from its address."""
    _, _, path = url.partition("/services/")
    return path.rpartition("/ImageServer")[0] or url
