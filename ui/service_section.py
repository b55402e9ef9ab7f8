"""The part of the form that finds a service, connects to it, and says what it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject
from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt import uic
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..plugin.layer.metadata import plain
from ..plugin.layer.plan import LayerRequest
from ..plugin.layer.request import service_address
from ..plugin.layer.summary import service_summary
from ..plugin.service.address import PortalItem, ServiceAddress
from ..plugin.service.connections import saved_connections
from ..plugin.service.directory import DirectoryAddress, ListedService, parse_directory_address
from ..plugin.service.errors import AddressError, AuthenticationError, ImageServerLayerError
from ..plugin.translation import tr
from .address_box import AddressBox
from .field_message import FieldMessage
from .recent import recent_service, recent_services
from .server_tree import Server, ServerTree
from .service_loader import LoadedService, ServiceLoader

_UI = Path(__file__).with_suffix(".ui")
# Characters of a description that are shown; the tooltip has all of it.
_LONGEST_SHOWN = 300
_TREE_ROWS = 9


class ServiceSection(QWidget):
    """Holds the service that the form is about, in `loader`.

    `changed` says that `problem` or the request may have changed, other than by a service that `loader` has loaded.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        uic.loadUi(str(_UI), self)
        self.loader = ServiceLoader(self)
        self._referer, self._timeout = "", 30.0
        # Whether credentials and Referer were chosen for what is asked next; otherwise they stay with their server.
        self._are_chosen = False
        self._asked_host = ""
        self._token = ""
        self._asked_text = self._loaded_text = ""
        self._address = AddressBox(self)
        self._problem = FieldMessage(self)
        self._tree = ServerTree(self)
        self._authentication = QgsAuthConfigSelect(self)
        self.address_layout.insertWidget(1, self._address, 1)
        self.main_layout.insertWidget(2, self._problem)
        self.main_layout.insertWidget(3, self._tree)
        self.authentication_layout.addWidget(self._authentication)
        self._tree.setMinimumHeight(_TREE_ROWS * self.fontMetrics().height() * 3 // 2)
        self.progress_bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self._label()
        self._connect_signals()
        for widget in (self._tree, self.token_row, self.progress_bar):
            widget.hide()
        self.refresh_choices()
        self._show_service(None)

    def _label(self) -> None:
        self.address_label.setText(tr("Image &service"))
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
        self.authentication_box.setTitle(tr("A&uthentication"))
        self._authentication.setToolTip(tr("For secured services; kept in QGIS' authentication database"))
        self.token_label.setText(
            tr("A token stood in the address and was taken out: addresses are saved with projects, tokens must not be.")
        )
        self.token_button.setText(tr("Store as &Authentication"))
        self.token_button.setToolTip(
            tr("Keep the token as a configuration in QGIS' encrypted authentication database, and use it here")
        )
        self.token_button.setAutoDefault(False)
        self._on_busy(False)

    def _connect_signals(self) -> None:
        self._address.entered.connect(self.connect_to_service)
        self._address.editTextChanged.connect(self._on_edited)
        self.connect_button.clicked.connect(self._on_connect_clicked)
        self.refresh_button.clicked.connect(self._refresh)
        self.browse_button.toggled.connect(self._browse)
        self.token_button.clicked.connect(self._store_token)
        self._tree.chosen.connect(self._take)
        self._authentication.selectedConfigIdChanged.connect(self._on_authentication_changed)
        self.loader.busy_changed.connect(self._on_busy)
        self.loader.loaded.connect(self._on_loaded)
        self.loader.failed.connect(self._on_failed)
        self.loader.counted.connect(self._on_counted)

    def problem(self) -> str:
        """Return why there is no service to make a layer from, empty if there is one."""
        if self.loader.is_busy:
            return tr("The image service is still being read.")
        if self.loader.current is None:
            return tr("Connect to an image service first.")
        if self._text() != self._loaded_text:
            return tr("The address has changed; connect to it first.")
        return ""

    def open(self, text: str, authcfg: str = "", referer: str = "") -> None:
        """Take an address, as if it had been typed, and connect to it."""
        self._referer = referer
        self._set_authentication(authcfg)
        self._are_chosen = bool(authcfg or referer)
        self._address.setEditText(text)
        self.connect_to_service()

    def set_request_settings(self, referer: str, timeout: float) -> None:
        """Take how the server is asked from now on; `timeout` is in seconds."""
        self._are_chosen = self._are_chosen or referer != self._referer
        self._referer, self._timeout = referer, timeout

    def refresh_choices(self) -> None:
        """List saved connections and recent services."""
        recent = [service.choices.url for service in recent_services()]
        self._address.set_choices(sorted(saved_connections(), key=str.casefold), recent)

    def connect_to_service(self) -> None:
        """Read the service at the address that is typed; a server opens in the tree."""
        text = self._text()
        try:
            address = service_address(text, QgsProject.instance())
        except AddressError as error:
            self._open_server(text, error)
            return
        self._set_token(address.token)
        if address.token:
            text = address.url
            self._address.setEditText(text)
        self._asked_text = text
        self._problem.set_text("")
        self.loader.load(self._request(address))

    def clear(self) -> None:
        """Have no service and no address."""
        self.loader.forget()
        self._set_token("")
        self._set_authentication("")
        self._referer, self._timeout = "", 30.0
        self._address.setEditText("")
        self._asked_text = self._loaded_text = self._asked_host = ""
        self._problem.set_text("")
        self._show_service(None)

    def _text(self) -> str:
        return str(self._address.currentText()).strip()

    def _request(self, address: ServiceAddress | PortalItem) -> LayerRequest:
        """Return how to ask the service: as chosen here, as its connection says, or as it was asked last time."""
        host = urlsplit(address.url).netloc
        found = []
        if self._are_chosen or host == self._asked_host:
            found.append((self._authentication.configId(), self._referer))
        if isinstance(address, ServiceAddress):
            found.append((address.authcfg, address.referer))
        recent = recent_service(address.url)
        if recent is not None:
            found.append((recent.authcfg, recent.referer))
        self._set_authentication(next((authcfg for authcfg, _ in found if authcfg), ""))
        self._referer = next((referer for _, referer in found if referer), "")
        self._are_chosen, self._asked_host = False, host
        return LayerRequest(
            address=address,
            authcfg=self._authentication.configId(),
            referer=self._referer,
            timeout=self._timeout,
            transform_context=QgsProject.instance().transformContext(),
        )

    def _on_connect_clicked(self) -> None:
        if self.loader.is_busy:
            self.loader.cancel()
        else:
            self.connect_to_service()

    def _refresh(self) -> None:
        self.refresh_choices()
        if self._text():
            self.connect_to_service()

    def _on_edited(self) -> None:
        self._problem.set_text("")
        self.changed.emit()

    def _on_busy(self, busy: bool) -> None:
        self.progress_bar.setVisible(busy)
        self.connect_button.setText(tr("Ca&ncel") if busy else tr("&Connect"))
        self.changed.emit()

    def _on_loaded(self, loaded: LoadedService) -> None:
        self._loaded_text = self._asked_text
        self.browse_button.setChecked(False)
        self._show_service(loaded)

    def _on_failed(self, error: ImageServerLayerError) -> None:
        self._problem.set_text(error.message)
        if isinstance(error, AuthenticationError):
            self.authentication_box.setCollapsed(False)
        self.changed.emit()

    def _on_counted(self, count: int) -> None:
        if self.loader.current is not None:
            self.summary_label.setText(service_summary(self.loader.current.service, count))

    def _on_authentication_changed(self) -> None:
        """Ask again with the credentials that were chosen, where there is something to ask."""
        self._are_chosen = True
        if self._text() and self._text() == self._asked_text:
            self.connect_to_service()

    def _set_authentication(self, authcfg: str) -> None:
        if authcfg != self._authentication.configId():
            blocked = self._authentication.blockSignals(True)
            self._authentication.setConfigId(authcfg)
            self._authentication.blockSignals(blocked)
        self.authentication_box.setCollapsed(not authcfg and self.authentication_box.isCollapsed())

    def _set_token(self, token: str) -> None:
        self._token = token
        self.token_row.setVisible(bool(token))

    def _store_token(self) -> None:
        manager = QgsApplication.authManager()
        config = QgsAuthMethodConfig("EsriToken")
        config.setName(tr("Token for {server}").format(server=urlsplit(self._text()).hostname))
        config.setConfig("token", self._token)
        stored, config = manager.storeAuthenticationConfig(config)
        if not stored:
            self._problem.set_text(tr("QGIS did not store the token; its authentication database may be locked."))
            return
        self._set_token("")
        self._set_authentication(config.id())
        self.connect_to_service()

    def _browse(self, shown: bool) -> None:
        self._tree.setVisible(shown)
        if not shown:
            return
        connections = saved_connections()
        text = self._text()
        try:
            servers = [self._server(text if text in connections else "", parse_directory_address(text, connections))]
        except AddressError:
            servers = []
            for name in sorted(connections, key=str.casefold):
                try:
                    servers.append(self._server(name, parse_directory_address(name, connections)))
                except AddressError:
                    # A connection may lead to something else, such as a portal.
                    continue
        self._tree.show_servers(servers)

    def _open_server(self, text: str, error: AddressError) -> None:
        """Show the server in the tree, if the text is the address of one."""
        try:
            parse_directory_address(text, saved_connections())
        except AddressError:
            self._problem.set_text(error.message)
            self.changed.emit()
            return
        self._problem.set_text("")
        self.browse_button.setChecked(False)
        self.browse_button.setChecked(True)
        self._tree.setFocus()

    def _server(self, name: str, directory: DirectoryAddress) -> Server:
        return Server(
            name or urlsplit(directory.url).netloc,
            replace(directory, token=""),
            self._authentication.configId() or directory.authcfg,
            self._referer or directory.referer,
            self._timeout,
        )

    def _take(self, server: Server, service: ListedService) -> None:
        self.open(service.url, server.authcfg, server.referer)

    def _show_service(self, loaded: LoadedService | None) -> None:
        service = loaded.service if loaded else None
        description = " ".join(service.description.split()) if service else ""
        shown = description if len(description) <= _LONGEST_SHOWN else description[: _LONGEST_SHOWN - 1] + "…"
        rights = tr("Copyright: {holder}").format(holder=service.copyright) if service and service.copyright else ""
        summary = service_summary(service) if service else ""
        texts = ((self.summary_label, summary), (self.description_label, shown), (self.copyright_label, rights))
        for label, text in texts:
            label.setText(text)
            label.setVisible(bool(text))
        self.description_label.setToolTip(plain(service.description) if service and shown != description else "")
        self.refresh_button.setEnabled(loaded is not None)
