"""Layer files and maps of ArcGIS Pro that are dropped on QGIS' window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsCustomDropHandler, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QProgressBar, QWidget

from ...plugin.documents.reader import FILE_ENDINGS, read_document_file
from ...plugin.layer.document_layers import known_access
from ...plugin.service.connections import saved_connections
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.announcements import Announcements
from ..common.background import Background
from ..common.messages import add_button, push
from ..form.document_adder import add_document

# In pixels.
_BAR_WIDTH = 120


class DocumentDrop(QObject):
    """Adds the image services of files that are dropped, from `start` to `stop`; each can be canceled."""

    def __init__(self, iface: QgisInterface, announcements: Announcements, parent: QObject | None = None) -> None:
        super().__init__(parent)
        warm(self)
        self._iface, self._announcements = iface, announcements
        self._handler = _DropHandler(self.open, self)
        self._under_way: list[Background] = []

    def start(self) -> None:
        """Take files that are dropped."""
        self._iface.registerCustomDropHandler(self._handler)

    def stop(self) -> None:
        """Take no more, and cancel what is under way."""
        self._iface.unregisterCustomDropHandler(self._handler)
        for background in list(self._under_way):
            background.cancel()

    def open(self, path: Path) -> None:
        """Add the image services of a file, in the background."""
        background = Background(self)
        bar = self._iface.messageBar()
        text = tr("Adding the image services in “{title}”…").format(title=path.name)
        message = push(bar, text, Qgis.MessageLevel.Info)
        message.layout().addWidget(_busy_bar(bar))
        add_button(message, tr("Cancel"), background.cancel)
        background.busy_changed.connect(lambda busy: None if busy else self._end(background, message))
        self._under_way.append(background)
        access_of = known_access(saved_connections())
        add_document(
            lambda _feedback: read_document_file(path), path.name, access_of, background, bar, self._announcements
        )

    def _end(self, background: Background, message: QgsMessageBarItem) -> None:
        self._under_way.remove(background)
        if not sip.isdeleted(message):
            self._iface.messageBar().popWidget(message)
        background.deleteLater()


def _busy_bar(parent: QWidget) -> QProgressBar:
    """Return a bar that says that there is work under way, however long."""
    busy = QProgressBar(parent)
    warm(busy)
    busy.setRange(0, 0)
    busy.setMaximumWidth(_BAR_WIDTH)
    return busy


class _DropHandler(QgsCustomDropHandler):
    """What QGIS asks about each file that is dropped."""

    def __init__(self, on_file: Callable[[Path], None], parent: QObject) -> None:
        super().__init__()
        self.setParent(parent)
        warm(self)
        self._on_file = on_file

    def handleFileDrop(self, file: str) -> bool:
        """Take a layer file or a map; QGIS holds the program that it is dragged from until this returns."""
        if not file.lower().endswith(FILE_ENDINGS):
            return False
        self._on_file(Path(file))
        return True
