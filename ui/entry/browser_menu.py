"""What the Browser's context menu offers for image services and ArcGIS REST connections."""

from __future__ import annotations

import re
from collections.abc import Callable

from qgis.core import QgsDataItem, QgsDataSourceUri, QgsLayerItem
from qgis.gui import QgsDataItemGuiContext, QgsDataItemGuiProvider
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu

from ...plugin.resources import ADD_ICON
from ...plugin.service.address import Connection
from ...plugin.service.connections import saved_connections
from ...plugin.translation import tr

# Of services and the layers below them, until QGIS 4.0 and since 4.2; and of connections.
_PROVIDER_KEYS = ("AMS", "arcgismapserver", "IMS", "arcgisimageserver", "AFS")
_CONNECTION_PATH = "afs:/"
_SERVICE_OR_FOLDER = re.compile(r".*(?:/ImageServer|/rest/services(?:/[^/]+)?)/*", re.IGNORECASE)


class BrowserMenu(QgsDataItemGuiProvider):
    """Hands the address of an item to `on_chosen`, with authentication and Referer of the connection it is in."""

    def __init__(self, on_chosen: Callable[[str, str, str], None]) -> None:
        super().__init__()
        self._on_chosen = on_chosen

    def name(self) -> str:
        """Return the name that QGIS tells providers apart by."""
        return "image_server_layer"

    def populateContextMenu(
        self, item: QgsDataItem, menu: QMenu, _items: list[QgsDataItem], _context: QgsDataItemGuiContext
    ) -> None:
        """Add the entry for what leads to image services."""
        if item.providerKey() not in _PROVIDER_KEYS:
            return
        connection = _connection_of(item)
        address = _address_of(item, connection)
        if not address:
            return
        authcfg, referer = (connection.authcfg, connection.referer) if connection else ("", "")
        action = menu.addAction(QIcon(str(ADD_ICON)), tr("Add ArcGIS Image Server Layer…"))
        action.triggered.connect(lambda _checked: self._on_chosen(address, authcfg, referer))


def _address_of(item: QgsDataItem, connection: Connection | None) -> str:
    """Return the address of the service, folder or server behind an item that leads to image services; else nothing."""
    if connection is not None and item.path() == _CONNECTION_PATH + connection.name:
        return connection.name
    url = QgsDataSourceUri(item.uri()).param("url") if isinstance(item, QgsLayerItem) else item.path()
    return url if _SERVICE_OR_FOLDER.fullmatch(url) else ""


def _connection_of(item: QgsDataItem) -> Connection | None:
    """Return the saved connection that an item is in."""
    while item is not None and not item.path().startswith(_CONNECTION_PATH):
        item = item.parent()
    return None if item is None else saved_connections().get(item.path()[len(_CONNECTION_PATH) :])
