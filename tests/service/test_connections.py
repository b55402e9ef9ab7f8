"""The saved ArcGIS REST server connections of QGIS, in both places where releases keep them."""

from __future__ import annotations

from qgis.core import Qgis, QgsSettings

from image_server_layer.plugin.service.address import Connection, ServiceAddress, parse_address
from image_server_layer.plugin.service.connections import saved_connections

SERVICES = "https://gis.example.org/arcgis/rest/services"


def save_as_3_22(name: str, url: str, authcfg: str = "", referer: str = "") -> None:
    settings = QgsSettings()
    settings.setValue(f"qgis/connections-arcgisfeatureserver/{name}/url", url)
    settings.setValue(f"qgis/connections-arcgisfeatureserver/{name}/referer", referer)
    settings.setValue(f"qgis/ARCGISFEATURESERVER/{name}/authcfg", authcfg)


def save_as_3_40(name: str, url: str, authcfg: str = "", headers: dict[str, str] | None = None) -> None:
    settings = QgsSettings()
    settings.setValue(f"connections/arcgisfeatureserver/items/{name}/url", url)
    settings.setValue(f"connections/arcgisfeatureserver/items/{name}/authcfg", authcfg)
    if headers is not None:
        settings.setValue(f"connections/arcgisfeatureserver/items/{name}/http-header", headers)


def test_there_may_be_none() -> None:
    assert saved_connections() == {}


def test_connections_of_3_22_are_read() -> None:
    save_as_3_22("My server", SERVICES, "auth123", "https://portal.example.org/")
    save_as_3_22("Bare", SERVICES)
    assert saved_connections() == {
        "My server": Connection("My server", SERVICES, "auth123", "https://portal.example.org/"),
        "Bare": Connection("Bare", SERVICES),
    }


def test_connections_of_3_40_are_read() -> None:
    save_as_3_40("Größe 1", SERVICES, "auth123", {"referer": "https://portal.example.org/", "x": "y"})
    save_as_3_40("Bare", SERVICES)
    save_as_3_40("No referer", SERVICES, headers={})
    assert saved_connections() == {
        "Größe 1": Connection("Größe 1", SERVICES, "auth123", "https://portal.example.org/"),
        "Bare": Connection("Bare", SERVICES),
        "No referer": Connection("No referer", SERVICES),
    }


def test_the_newer_place_counts_where_both_have_a_name() -> None:
    save_as_3_22("My server", "https://old.example.org/arcgis/rest/services", "auth000")
    save_as_3_40("My server", SERVICES)
    assert saved_connections() == {"My server": Connection("My server", SERVICES)}


def test_a_connection_without_an_address_is_none() -> None:
    save_as_3_22("Empty", "")
    save_as_3_40("Empty too", "")
    assert saved_connections() == {}


def test_a_service_below_a_saved_connection_has_its_credentials() -> None:
    save_as_3_40("My server", SERVICES, "auth123", {"referer": "https://portal.example.org/"})
    assert parse_address("my server/Olinda/Landsat", saved_connections()) == ServiceAddress(
        f"{SERVICES}/Olinda/Landsat/ImageServer", authcfg="auth123", referer="https://portal.example.org/"
    )


def test_a_connection_that_this_release_saves_is_read() -> None:
    name = "As this release does"
    if Qgis.QGIS_VERSION_INT < 32600:
        QgsSettings().setValue(f"qgis/connections-arcgisfeatureserver/{name}/url", SERVICES)
    else:
        from qgis.core import QgsSettingsTree

        node = QgsSettingsTree.node("connections").childNode("arcgisfeatureserver")
        node.childSetting("url").setVariantValue(SERVICES, [name])
    assert saved_connections() == {name: Connection(name, SERVICES)}
