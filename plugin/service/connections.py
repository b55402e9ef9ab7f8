"""The ArcGIS REST server connections that the user has saved in QGIS."""

from __future__ import annotations

from qgis.core import QgsSettings

from .address import Connection

# Where QGIS 3.22 and later releases keep their connections.
_OLD_CONNECTIONS = "qgis/connections-arcgisfeatureserver"
_OLD_CREDENTIALS = "qgis/ARCGISFEATURESERVER"
_CONNECTIONS = "connections/arcgisfeatureserver/items"


def saved_connections() -> dict[str, Connection]:
    """Return the saved connections by name. If a name is in both places, the newer place counts."""
    connections = {}
    for name in _names(_OLD_CONNECTIONS):
        connections[name] = Connection(
            name=name,
            url=_text(f"{_OLD_CONNECTIONS}/{name}/url"),
            authcfg=_text(f"{_OLD_CREDENTIALS}/{name}/authcfg"),
            referer=_text(f"{_OLD_CONNECTIONS}/{name}/referer"),
        )
    for name in _names(_CONNECTIONS):
        headers = QgsSettings().value(f"{_CONNECTIONS}/{name}/http-header")
        connections[name] = Connection(
            name=name,
            url=_text(f"{_CONNECTIONS}/{name}/url"),
            authcfg=_text(f"{_CONNECTIONS}/{name}/authcfg"),
            referer=str(headers.get("referer", "")) if isinstance(headers, dict) else "",
        )
    return {name: connection for name, connection in connections.items() if connection.url}


def _names(group: str) -> list[str]:
    settings = QgsSettings()
    settings.beginGroup(group)
    return list(settings.childGroups())


def _text(key: str) -> str:
    return str(QgsSettings().value(key) or "")
