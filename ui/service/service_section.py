"""The part of the form that finds a service, connects to it, and says what it is."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.service.access import Access
from ...plugin.service.address import PortalItem, ServiceAddress
from ...plugin.service.connections import saved_connections
from ...plugin.service.directory import DirectoryAddress, ListedService
from ...plugin.service.errors import AddressError, AuthenticationError, ImageServerLayerError, WebMapError
from ...plugin.translation import tr
from ..common.field_message import FieldMessage
from .address_box import is_document
from .address_row import AddressRow
from .listed_servers import saved_servers, typed_server
from .recent import recent_services
from .request_access import RequestAccess
from .server_access import server_of
from .server_tree import Server
from .service_facts import ServiceFacts
from .service_finder import ServiceFinder
from .service_list import ServiceList
from .service_loader import ServiceLoader
from .service_thumbnail import ServiceThumbnail
from .token_offer import TokenOffer
from .typed_address import read_address, text_of, url_of

_TREE_ROWS = 9


class ServiceSection(QWidget):
    """Holds the service that the form is about, in `loader`.

    `changed` says that `problem` or the request may have changed, other than by a service that `loader` has loaded.
    """

    changed = pyqtSignal()
    returned = pyqtSignal()
    """The address is that of the service in `loader` again, which is asked as it was."""
    document_given = pyqtSignal(str)
    """In place of an address, the JSON of a layer file or web map."""
    map_found = pyqtSignal(object, object)
    """The address leads to a web map: a `PortalItem`, and the `Access` to its portal."""
    connections_changed = pyqtSignal()
    """There may be other saved connections."""
    forgotten = pyqtSignal()
    """Nothing was found at another address, so that there is no service any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loader, self.thumbnail = ServiceLoader(self), ServiceThumbnail(self)
        # What was typed for the service that was asked last, and for the one in `loader`.
        self._asked_text = self._loaded_text = ""
        self._asked: tuple[ServiceAddress | PortalItem, Access] | None = None
        self._row, self._finder = AddressRow(self), ServiceFinder(self)
        self._address, self._authentication = self._row.address, self._row.authentication
        self.connect_button, self.refresh_button = self._row.connect_button, self._row.refresh_button
        self.browse_button, self._tree = self._row.browse_button, self._finder.tree
        self._access = RequestAccess(self._authentication)
        self._list = ServiceList(self.browse_button, self._finder, self._servers, self._is_asked)
        self._problem, self.progress_bar = FieldMessage(self), QProgressBar(self)
        self.token, self.facts = TokenOffer(self), ServiceFacts(self)
        self._compose()
        self._connect_signals()
        self.refresh_choices()

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # Parts that come and go are below the list, so that the second of two clicks does not meet another service.
        for part in (self._row, self._finder, self.progress_bar, self._problem, self.token, self.facts):
            layout.addWidget(part)
        self._tree.setMinimumHeight(_TREE_ROWS * self.fontMetrics().height() * 3 // 2)
        self.progress_bar.setRange(0, 0)
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.progress_bar.hide()

    def _connect_signals(self) -> None:
        self._address.document_pasted.connect(self.document_given)
        self._address.entered.connect(self._connect_to_typed)
        self._address.editTextChanged.connect(self._on_edited)
        self.connect_button.clicked.connect(self._on_connect_clicked)
        self.refresh_button.clicked.connect(self._refresh)
        self.token.stored.connect(self._on_token_stored)
        self.token.failed.connect(self._problem.set_text)
        self._list.wanted.connect(self._read_listed)
        self._list.taken.connect(self._on_taken)
        self._tree.connections_changed.connect(self._list.refresh)
        self._tree.connections_changed.connect(self.connections_changed)
        self._authentication.chosen.connect(self._on_authentication_changed)
        self.loader.busy_changed.connect(self._on_busy)
        self.loader.loaded.connect(self._on_loaded)
        self.loader.failed.connect(self._on_failed)
        self.loader.counted.connect(self._on_counted)
        self.thumbnail.changed.connect(self._show_thumbnail)

    def problem(self) -> str:
        """Return why there is no service to make a layer from, empty if there is one."""
        if self.loader.is_busy:
            return tr("The image service is still being read.")
        current = self.loader.current
        if self._list.text and self._text() == self._list.text:
            reason = tr("Choose one of the image services in the list.")
        elif current is None:
            reason = tr("Connect to an image service first.")
        elif self._text() != self._loaded_text:
            reason = tr("The address has changed; connect to it first.")
        elif self._authentication.authcfg != current.access.authcfg:
            reason = tr("The credentials have changed; connect with them first.")
        else:
            return ""
        return self._problem.text() or reason

    def is_taken(self) -> bool:
        """Whether there is a service, without a message or a choice that the user should see."""
        is_unsaid = bool(self._problem.text()) or self.token.is_open
        return not self.problem() and not is_unsaid and not self._list.is_open

    def open(self, text: str, authcfg: str = "", referer: str = "") -> None:
        """Connect to an address as if it had been typed. A list of services is closed once it is read."""
        self._list.closes = True
        self._open(text, authcfg, referer)

    def _open(self, text: str, authcfg: str, referer: str) -> None:
        self._address.setEditText(text)
        self._access.begin(url_of(self._text()), authcfg, referer)
        self.connect_to_service()

    def open_with(self, text: str, access: Access) -> None:
        """Connect to an address exactly so, whatever is remembered of it."""
        self._address.setEditText(text)
        self._access.use_exactly(url_of(self._text()), access)
        self.connect_to_service()

    def look_for_words(self) -> None:
        """Show the list of servers, and let a portal be searched."""
        self._list.open_to_search()

    def set_request_settings(self, referer: str, timeout: float) -> None:
        """Take how the user wants the server to be asked from now on; `timeout` is in seconds."""
        self._access.choose_settings(url_of(self._text()), referer, timeout)
        current = self.loader.current
        if current is not None:
            is_same = server_of(url_of(self._text())) == server_of(current.service.url)
            self.loader.ask_with(referer if is_same else current.access.referer, timeout)
        if self.loader.is_busy:
            # What comes would have been asked for otherwise.
            self.connect_to_service()

    def note_request_settings(self, referer: str, timeout: float) -> None:
        """Take note of settings that the form shows, but that nobody has chosen."""
        self._access.note_settings(referer, timeout)

    def cancel(self) -> None:
        """Stop reading; the service stays."""
        self._give_up()
        self.thumbnail.cancel()

    def refresh_choices(self) -> None:
        """List saved connections and recent services."""
        recent = [service.choices.url for service in recent_services()]
        self._address.set_choices(sorted(saved_connections(), key=str.casefold), recent)

    def connect_to_service(self) -> None:
        """Read the service at the address that is typed; a server opens in the tree."""
        if is_document(self._text()):
            document = self._text()
            self._address.setEditText("")
            self.document_given.emit(document)
            return
        try:
            address = read_address(self._text())
        except AddressError as error:
            self.loader.cancel()
            self.token.withdraw()
            self._asked_text = self._text()
            self._on_failed(error)
            return
        self._take_token(address)
        self._access.adopt(address.url)
        self._asked_text = self._text()
        self._list.text = ""
        self._problem.set_text("")
        self.thumbnail.cancel()
        if isinstance(address, DirectoryAddress):
            self.loader.cancel()
            # That was another service's word; the list says of each server what it refuses.
            self._authentication.show_refused(False)
            self._list.open(self._text())
            self.changed.emit()
        else:
            # A token was taken out above, and is offered to be stored.
            self._asked = replace(address, token=None), self._access.to_service(address)
            if self._text() == self._loaded_text:
                # Connecting to the service that is shown means to read it anew.
                self.loader.forget_kept()
            self.loader.load(*self._asked)

    def _text(self) -> str:
        return self._row.text()

    def _take_token(self, address: ServiceAddress | PortalItem | DirectoryAddress) -> None:
        """Take a token out of the field and offer to store it, until another server is asked."""
        if address.token:
            self.token.offer(address.token, address.url)
            self._address.setEditText(text_of(address))
        elif server_of(address.url) != server_of(self.token.url):
            self.token.withdraw()

    def _on_connect_clicked(self) -> None:
        if self.loader.is_busy:
            self._give_up()
        else:
            self._connect_to_typed()

    def _connect_to_typed(self) -> None:
        # What is read anew was looked at in the list.
        self._list.closes = self._text() != self._loaded_text
        self.connect_to_service()

    def _refresh(self) -> None:
        self.refresh_choices()
        if self._text():
            self.connect_to_service()

    def _on_edited(self) -> None:
        self._problem.set_text("")
        self._fade_facts()
        current = self.loader.current
        if current is not None and self._text() == self._loaded_text:
            # Another server may have been looked at meanwhile.
            self._access.show(current.access)
            self._access.note_settings(current.access.referer, current.access.timeout)
            self.returned.emit()
        self.changed.emit()

    def _on_busy(self, busy: bool) -> None:
        self.progress_bar.setVisible(busy)
        self._row.show_busy(busy)
        if busy:
            # Once it is over, there is a service, or a reason why there is none.
            self.changed.emit()

    def _give_up(self) -> None:
        """Read no service any more."""
        if self.loader.is_busy:
            self.loader.cancel()
            self.changed.emit()

    def _on_loaded(self, loaded: ConnectedService) -> None:
        self._loaded_text = self._asked_text
        self._access.note_settings(loaded.access.referer, loaded.access.timeout)
        if self._text() == self._loaded_text:
            self._address.show_beginning()
        if self._list.closes:
            self._list.close()
        self._authentication.show_refused(False)
        self._show_service(loaded)

    def _on_failed(self, error: ImageServerLayerError) -> None:
        """Say why there is no service; the one that is shown stays only if it is the same that failed."""
        is_map = isinstance(error, WebMapError) and self._asked is not None
        self._problem.set_text("" if is_map else error.message)
        if self.loader.current is not None and self._asked_text != self._loaded_text:
            self.loader.forget()
            self._show_service(None)
            self.forgotten.emit()
        self._authentication.show_refused(isinstance(error, AuthenticationError))
        self.changed.emit()
        if is_map and self._asked is not None:
            self.map_found.emit(*self._asked)

    def _on_counted(self, count: int) -> None:
        self.facts.show_service(self.loader.current, count)

    def _on_authentication_changed(self) -> None:
        """Ask again with the credentials that were chosen, where there is something to ask."""
        self._access.choose_authentication(url_of(self._text()), self._authentication.authcfg)
        if self._text() and self._text() in (self._asked_text, self._loaded_text):
            self.connect_to_service()
        else:
            self.changed.emit()

    def _on_token_stored(self, url: str, authcfg: str) -> None:
        self._access.choose_authentication(url, authcfg)
        if server_of(url_of(self._text())) == server_of(url):
            self.connect_to_service()

    def _servers(self) -> list[Server]:
        """Return the server that the text leads to, or else those of the saved connections."""
        try:
            self._take_token(read_address(self._text()))
            self._access.adopt(url_of(self._text()))
            server = typed_server(self._text(), self._access.to_server)
        except AddressError:
            return saved_servers(self._access.to_server)
        self._access.show(server.access)
        return [server]

    def _read_listed(self, server: Server, service: ListedService) -> None:
        self._open(service.url, server.access.authcfg, server.access.referer)

    def _on_taken(self) -> None:
        """Put the list away at once where there is nothing left to be read."""
        if not self.loader.is_busy and not self._problem.text():
            self._list.close()

    def _is_asked(self, url: str) -> bool:
        """Whether the service at a URL is the one that is being read, or has been."""
        return bool(self._text() == self._asked_text == url and not self._problem.text())

    def _show_service(self, loaded: ConnectedService | None) -> None:
        self.facts.show_service(loaded)
        self.thumbnail.show_service(loaded, self.devicePixelRatioF())
        self.refresh_button.setEnabled(loaded is not None)
        self._fade_facts()

    def _fade_facts(self) -> None:
        """Show that the facts are not those of the address, where they are still of the service before."""
        self.facts.setEnabled(self._text() == self._loaded_text)

    def _show_thumbnail(self) -> None:
        self.facts.show_thumbnail(self.thumbnail.image, is_coming=self.thumbnail.is_busy)
