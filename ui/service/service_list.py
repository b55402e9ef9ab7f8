"""The list of the services of a server, which a button brings and takes away."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QToolButton

from ...plugin.service.directory import ListedService
from ...plugin.service.warming import warm
from .server_tree import Server
from .service_finder import ServiceFinder


class ServiceList(QObject):
    """Shows the finder of services. One click on a service reads it, two take it, and the list goes.

    `wanted` carries the `Server` and the `ListedService` that is to be read; `taken` says that the list may go.
    `servers` returns the servers to list, `is_asked` whether the service at a URL is being read, or has been.
    """

    wanted = pyqtSignal(object, object)
    taken = pyqtSignal()

    def __init__(
        self,
        button: QToolButton,
        finder: ServiceFinder,
        servers: Callable[[], list[Server]],
        is_asked: Callable[[str], bool],
    ) -> None:
        super().__init__(finder)
        warm(self)
        self._button, self._finder = button, finder
        self._servers, self._is_asked = servers, is_asked
        self.text = ""
        """The text that has led to the server whose services are listed; empty where it was none."""
        self.closes = False
        """Whether the list is to go as soon as the service that was taken has been read."""
        button.toggled.connect(self._on_toggled)
        finder.tree.looked_at.connect(self._look_at)
        finder.tree.chosen.connect(self._take)
        finder.hide()

    @property
    def is_open(self) -> bool:
        """Whether the list can be seen."""
        return bool(self._button.isChecked())

    def open(self, text: str) -> None:
        """List the services of the server that a text has led to."""
        self.close()
        self._button.setChecked(True)
        self.text = text
        self._finder.tree.setFocus()

    def open_to_search(self) -> None:
        """Show the list, and let a portal be searched."""
        self._button.setChecked(True)
        self._finder.words.setFocus()

    def refresh(self) -> None:
        """List the saved connections as they are now, unless a server is listed that was typed."""
        if not self.text:
            self._finder.tree.show_servers(self._servers())

    def close(self) -> None:
        """Close the list."""
        self._button.setChecked(False)

    def _on_toggled(self, shown: bool) -> None:
        self.closes = False
        self._finder.setVisible(shown)
        if shown:
            self._finder.tree.show_servers(self._servers())

    def _look_at(self, server: Server, service: ListedService) -> None:
        """Read a service; the list stays open."""
        if not self._is_asked(service.url):
            self.closes = False
            self.wanted.emit(server, service)

    def _take(self, server: Server, service: ListedService) -> None:
        """Read a service, unless the first of two clicks has done so, and close the list."""
        if not self._is_asked(service.url):
            self.wanted.emit(server, service)
        self.closes = True
        self.taken.emit()
