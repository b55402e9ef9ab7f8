"""Look for a service among those of a server."""

from __future__ import annotations

import json

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import child, connected, save_connection, texts, type_and_enter
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.service.service_section import ServiceSection

FOLDERS = ["Olinda", "PuertoRico", "Test"]


def listed(server: ImageServerProcess, path: str, folders: list[str], names: list[str]) -> None:
    """Let the server list something else."""
    services = [{"name": name, "type": "ImageServer"} for name in names]
    body = json.dumps({"folders": folders, "services": services})
    server.fault("status", match=f"{path}?f=json", status=200, body=body, content_type="application/json")


def test_a_server_opens_as_a_tree_from_which_a_service_is_taken(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    save_connection("Harbour", image_server.url)
    type_and_enter(service_section, "Harbour")
    tree = service_section._tree
    assert tree.isVisible()
    assert texts(tree.invisibleRootItem()) == ["Harbour"]
    server = tree.topLevelItem(0)
    wait_until(lambda: texts(server) == FOLDERS)
    folder = child(server, "Olinda")
    folder.setExpanded(True)
    wait_until(lambda: texts(folder) == ["Elevation", "ElevationDefault", "Landsat"])
    tree.setCurrentItem(child(folder, "Landsat"))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    wait_until(lambda: connected(service_section))
    assert service_section._address.currentText() == image_server.service(LANDSAT)
    assert not tree.isVisible()


def test_folders_come_first_and_names_are_in_order(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    listed(image_server, "rest/services", ["winter", "Autumn", "Summer"], ["roads", "Airports", "Parks"])
    type_and_enter(service_section, image_server.url)
    server = service_section._tree.topLevelItem(0)
    wait_until(lambda: texts(server) == ["Autumn", "Summer", "winter", "Airports", "Parks", "roads"])


def test_an_empty_folder_says_so(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    listed(image_server, "rest/services/Test", [], [])
    type_and_enter(service_section, f"{image_server.url}/Test")
    server = service_section._tree.topLevelItem(0)
    wait_until(lambda: texts(server) == FOLDERS)
    assert child(server, "Test").isExpanded()
    wait_until(lambda: texts(child(server, "Test")) == ["There are no image services here."])
    assert child(server, "Test").child(0).flags() == Qt.ItemFlag.NoItemFlags


def test_without_saved_connections_it_says_what_to_do(service_section: ServiceSection) -> None:
    service_section.browse_button.click()
    assert texts(service_section._tree.invisibleRootItem()) == [
        "There is no saved connection; type the address of a server."
    ]


def test_a_server_that_failed_is_asked_again_by_folding_and_unfolding(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("status", match="rest/services", times=3, status=503)
    type_and_enter(service_section, image_server.url)
    server = service_section._tree.topLevelItem(0)
    assert texts(server) == ["Reading…"]
    host = image_server.origin.partition("://")[2]
    wait_until(lambda: texts(server) == [f"{host} is unavailable (HTTP 503): try again later."])
    assert not server.child(0).icon(0).isNull()
    server.setExpanded(False)
    server.setExpanded(True)
    wait_until(lambda: texts(server) == FOLDERS)


def test_the_folder_of_the_typed_service_is_unfolded(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    service_section.browse_button.click()
    server = service_section._tree.topLevelItem(0)
    wait_until(lambda: texts(server) == FOLDERS)
    assert child(server, "Olinda").isExpanded()
    wait_until(lambda: "Landsat" in texts(child(server, "Olinda")))
