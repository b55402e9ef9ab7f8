"""The part of the form that finds a service, connects to it, and says what it is."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.service.access import Access
from ...plugin.service.address import PortalItem, ServiceAddress
from ...plugin.service.connections import saved_connections
from ...plugin.service.directory import DirectoryAddress, ListedService
from ...plugin.service.errors import AddressError, AuthenticationError, ImageServerLayerError, WebMapError
from ...plugin.service.preferences import preferred_timeout
from ...plugin.translation import tr
from ..common.field_message import FieldMessage
from ..common.load_ui import load_ui
from .address_box import AddressBox, is_document
from .authentication_button import AuthenticationButton
from .listed_servers import saved_servers, typed_server
from .recent import recent_service, recent_services
from .server_access import ServerAccess, server_of
from .server_tree import Server
from .service_facts import ServiceFacts
from .service_finder import ServiceFinder
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
        load_ui(self, __file__)
        self.loader, self.thumbnail = ServiceLoader(self), ServiceThumbnail(self)
        self._access = ServerAccess(lambda authcfg: authcfg in QgsApplication.authManager().configIds())
        # Referer and timeout as the form shows them.
        self._request_settings = ("", preferred_timeout())
        self._asked_text = self._loaded_text = ""
        self._asked: tuple[ServiceAddress | PortalItem, Access] | None = None
        # That of the server whose services are listed.
        self._listed_text = ""
        # Whether the list of services is to go as soon as the one that was taken from it has been read.
        self._closes_list = False
        self._address = AddressBox(self)
        self._problem = FieldMessage(self)
        self._finder = ServiceFinder(self)
        self._tree = self._finder.tree
        self._authentication = AuthenticationButton(self)
        self.token, self.facts = TokenOffer(self), ServiceFacts(self)
        self.address_layout.insertWidget(1, self._address, 1)
        self.address_layout.insertWidget(2, self._authentication)
        # Above all that comes and goes: the second of two clicks must not find another service under the mouse.
        self.main_layout.insertWidget(1, self._finder)
        for part in (self._problem, self.token, self.facts):
            self.main_layout.addWidget(part)
        self._tree.setMinimumHeight(_TREE_ROWS * self.fontMetrics().height() * 3 // 2)
        self.progress_bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self._label()
        self._connect_signals()
        for widget in (self._finder, self.progress_bar):
            widget.hide()
        self.refresh_button.setEnabled(False)
        self.refresh_choices()

    def _label(self) -> None:
        self.address_label.setText(tr("Ima&ge service"))
        self.address_label.setBuddy(self._address)
        self._address.setAccessibleName(tr("Address of the image service"))
        self._address.setToolTip(
            tr(
                "The URL of an image service or of a server, a portal item, or the name of a saved ArcGIS REST server "
                "connection, with the path of a service or without."
            )
        )
        self.connect_button.setAutoDefault(False)
        self.refresh_button.setIcon(QgsApplication.getThemeIcon("/mActionRefresh.svg"))
        self.refresh_button.setToolTip(tr("Read the description of the service anew"))
        self.refresh_button.setAccessibleName(tr("Refresh"))
        self.browse_button.setIcon(QgsApplication.getThemeIcon("/mIconFolder.svg"))
        self.browse_button.setToolTip(tr("Look for image services on the server, or on those of the saved connections"))
        self.browse_button.setAccessibleName(tr("Browse servers"))
        self._on_busy(False)

    def _connect_signals(self) -> None:
        self._address.document_pasted.connect(self.document_given)
        self._address.entered.connect(self._connect_to_typed)
        self._address.editTextChanged.connect(self._on_edited)
        self.connect_button.clicked.connect(self._on_connect_clicked)
        self.refresh_button.clicked.connect(self._refresh)
        self.browse_button.toggled.connect(self._browse)
        self.token.stored.connect(self._on_token_stored)
        self.token.failed.connect(self._problem.set_text)
        self._tree.looked_at.connect(self._look_at)
        self._tree.chosen.connect(self._take)
        self._tree.connections_changed.connect(self._on_connections_changed)
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
        if self._listed_text and self._text() == self._listed_text:
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
        """Whether there is a service, and nothing left to say of it or to choose from."""
        is_unsaid = bool(self._problem.text()) or self.token.is_open
        return not self.problem() and not is_unsaid and not self.browse_button.isChecked()

    def open(self, text: str, authcfg: str = "", referer: str = "") -> None:
        """Take an address as if it had been typed, and connect to it. A list of services goes once it is read."""
        self._closes_list = True
        self._open(text, authcfg, referer)

    def _open(self, text: str, authcfg: str, referer: str) -> None:
        self._address.setEditText(text)
        self._access.begin(url_of(self._text()), authcfg, referer)
        self.connect_to_service()

    def open_with(self, text: str, access: Access) -> None:
        """Connect to an address exactly so, whatever is remembered of it."""
        self._address.setEditText(text)
        self._access.choose(url_of(self._text()), authcfg=access.authcfg, referer=access.referer)
        self._access.choose_timeout(access.timeout)
        self.connect_to_service()

    def look_for_words(self) -> None:
        """Show the list of servers, and let a portal be searched."""
        self.browse_button.setChecked(True)
        self._finder.words.setFocus()

    def set_request_settings(self, referer: str, timeout: float) -> None:
        """Take how the user wants the server to be asked from now on; `timeout` is in seconds."""
        former_referer, former_timeout = self._request_settings
        if referer != former_referer:
            self._access.choose(url_of(self._text()), referer=referer)
        if timeout != former_timeout:
            self._access.choose_timeout(timeout)
        self._request_settings = referer, timeout
        current = self.loader.current
        if current is not None:
            is_same = server_of(url_of(self._text())) == server_of(current.service.url)
            self.loader.ask_with(referer if is_same else current.access.referer, timeout)
        if self.loader.is_busy:
            # What comes would have been asked for otherwise.
            self.connect_to_service()

    def note_request_settings(self, referer: str, timeout: float) -> None:
        """Know what the form shows, which nobody has chosen."""
        self._request_settings = referer, timeout

    def cancel(self) -> None:
        """Read nothing any more; what is known stays."""
        self.loader.cancel()
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
        self._listed_text = ""
        self._problem.set_text("")
        self.thumbnail.cancel()
        if isinstance(address, DirectoryAddress):
            self._open_server()
        else:
            # A token was taken out above, and is offered to be stored.
            self._asked = replace(address, token=None), self._access_to(address)
            if self._text() == self._loaded_text:
                # Whoever asks again for what is shown wants to know it anew.
                self.loader.forget_kept()
            self.loader.load(*self._asked)

    def _text(self) -> str:
        return str(self._address.currentText()).strip()

    def _take_token(self, address: ServiceAddress | PortalItem | DirectoryAddress) -> None:
        """Take a token out of the field and offer to store it, until another server is asked."""
        if address.token:
            self.token.offer(address.token, address.url)
            self._address.setEditText(text_of(address))
        elif server_of(address.url) != server_of(self.token.url):
            self.token.withdraw()

    def _access_to(self, address: ServiceAddress | PortalItem) -> Access:
        """Return how to ask the service, and show its credentials."""
        own = Access(address.authcfg, address.referer) if isinstance(address, ServiceAddress) else Access()
        recent = recent_service(address.url)
        access = self._access.access(address.url, own, None if recent is None else recent.access)
        self._access.use(address.url, access)
        self._authentication.use(access.authcfg)
        return access

    def _on_connect_clicked(self) -> None:
        if self.loader.is_busy:
            self.loader.cancel()
        else:
            self._connect_to_typed()

    def _connect_to_typed(self) -> None:
        # What is read anew was looked at in the list.
        self._closes_list = self._text() != self._loaded_text
        self.connect_to_service()

    def _refresh(self) -> None:
        self.refresh_choices()
        if self._text():
            self.connect_to_service()

    def _on_edited(self) -> None:
        self._problem.set_text("")
        current = self.loader.current
        if current is not None and self._text() == self._loaded_text:
            # Another server may have been looked at meanwhile.
            self._authentication.use(current.access.authcfg)
            self._request_settings = current.access.referer, current.access.timeout
            self.returned.emit()
        self.changed.emit()

    def _on_busy(self, busy: bool) -> None:
        self.progress_bar.setVisible(busy)
        self.connect_button.setText(tr("&Cancel") if busy else tr("&Connect"))
        self.changed.emit()

    def _on_loaded(self, loaded: ConnectedService) -> None:
        self._loaded_text = self._asked_text
        self._request_settings = loaded.access.referer, loaded.access.timeout
        if self._text() == self._loaded_text:
            self._address.show_beginning()
        if self._closes_list:
            self.browse_button.setChecked(False)
        self._authentication.show_refused(False)
        self._show_service(loaded)

    def _on_failed(self, error: ImageServerLayerError) -> None:
        """Say why there is no service; only where it is the same that failed, what is known of it stays."""
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
        self._access.choose(url_of(self._text()), authcfg=self._authentication.authcfg)
        if self._text() and self._text() in (self._asked_text, self._loaded_text):
            self.connect_to_service()
        else:
            self.changed.emit()

    def _on_token_stored(self, url: str, authcfg: str) -> None:
        self._access.choose(url, authcfg=authcfg)
        if server_of(url_of(self._text())) == server_of(url):
            self.connect_to_service()

    def _browse(self, shown: bool) -> None:
        self._closes_list = False
        self._finder.setVisible(shown)
        if shown:
            self._tree.show_servers(self._servers())

    def _on_connections_changed(self) -> None:
        if not self._listed_text:
            self._tree.show_servers(self._servers())
        self.connections_changed.emit()

    def _servers(self) -> list[Server]:
        """Return the server that the text leads to, or else those of the saved connections."""
        try:
            self._take_token(read_address(self._text()))
            self._access.adopt(url_of(self._text()))
            server = typed_server(self._text(), self._access.access)
        except AddressError:
            return saved_servers(self._access.access)
        self._authentication.use(server.access.authcfg)
        return [server]

    def _open_server(self) -> None:
        """Show the server in the tree."""
        self.loader.cancel()
        self.browse_button.setChecked(False)
        self.browse_button.setChecked(True)
        self._listed_text = self._text()
        self._tree.setFocus()
        self.changed.emit()

    def _look_at(self, server: Server, service: ListedService) -> None:
        """Read a service; the list stays."""
        if not self._is_asked(service.url):
            self._closes_list = False
            self._open(service.url, server.access.authcfg, server.access.referer)

    def _take(self, server: Server, service: ListedService) -> None:
        """Read a service, unless the first of two clicks has done so, and put the list away."""
        if not self._is_asked(service.url):
            self._open(service.url, server.access.authcfg, server.access.referer)
        self._closes_list = True
        if not self.loader.is_busy and not self._problem.text():
            self.browse_button.setChecked(False)

    def _is_asked(self, url: str) -> bool:
        """Whether the service at a URL is the one that is being read, or has been."""
        return bool(self._text() == self._asked_text == url and not self._problem.text())

    def _show_service(self, loaded: ConnectedService | None) -> None:
        self.facts.show_service(loaded)
        self.thumbnail.show_service(loaded, self.devicePixelRatioF())
        self.refresh_button.setEnabled(loaded is not None)

    def _show_thumbnail(self) -> None:
        self.facts.show_thumbnail(self.thumbnail.image, is_coming=self.thumbnail.is_busy)
