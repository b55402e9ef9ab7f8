"""Look for a service among those of a server."""

from __future__ import annotations

import json

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.trust.standstill import watched
from image_server_layer.tests.ui.hand import click, double_click, press
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import (
    SUMMARY,
    child,
    connected,
    descriptions,
    loaded,
    save_connection,
    texts,
    type_and_enter,
)
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
    press(Qt.Key.Key_Return)
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


def test_thousands_of_services_come_in_slices_and_are_narrowed_as_they_come(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    names = [f"Test/Scene{number:04}" for number in range(3000)]
    listed(image_server, "rest/services/Test", [], names)
    type_and_enter(service_section, f"{image_server.url}/Test")
    server = service_section._tree.topLevelItem(0)
    wait_until(lambda: texts(server) == FOLDERS)
    service_section._finder.words.setText("scene299")
    folder = child(server, "Test")
    # That of one slice, though a busy machine makes it longer.
    assert watched(lambda: folder.childCount() == 3000) < 0.3
    assert texts(folder) == [name.partition("/")[2] for name in names]
    seen = [folder.child(row).text(0) for row in range(3000) if not folder.child(row).isHidden()]
    assert seen == [f"Scene{number}" for number in range(2990, 3000)]
    service_section._finder.words.clear()
    assert not any(folder.child(row).isHidden() for row in range(3000))


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
    wait_until(lambda: "HTTP 503" in texts(server)[0])
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


def opened_folder(section: ServiceSection, server: ImageServerProcess) -> QTreeWidgetItem:
    """Type the address of the server, and unfold one of its folders."""
    type_and_enter(section, server.url)
    top = section._tree.topLevelItem(0)
    wait_until(lambda: texts(top) == FOLDERS)
    folder = child(top, "Olinda")
    folder.setExpanded(True)
    wait_until(lambda: "Landsat" in texts(folder))
    return folder


def place_of(item: QTreeWidgetItem) -> QPoint:
    item.treeWidget().scrollToItem(item)
    return QPoint(item.treeWidget().visualItemRect(item).center())


def test_one_click_on_a_service_shows_what_it_is_and_leaves_the_list(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    folder = opened_folder(service_section, image_server)
    tree = service_section._tree
    assert service_section.problem() == "Choose one of the image services in the list."
    landsat = child(folder, "Landsat")
    click(tree.viewport(), place_of(landsat))
    wait_until(lambda: service_section.facts.summary_label.text() == SUMMARY)
    assert service_section._address.currentText() == image_server.service(LANDSAT)
    assert service_section.problem() == ""
    for press_connect in (False, True):
        if press_connect:
            click(service_section.connect_button)
            wait_until(lambda: connected(service_section))
        assert tree.isVisible()
        assert folder.isExpanded()
        assert tree.currentItem() is landsat
        assert service_section.problem() == ""
    click(tree.viewport(), place_of(child(folder, "Elevation")))
    wait_until(lambda: loaded(service_section).service.name == "Olinda/Elevation")
    assert tree.isVisible()


def test_a_double_click_takes_a_service_which_is_read_once(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    folder = opened_folder(service_section, image_server)
    image_server.clear()
    double_click(service_section._tree.viewport(), place_of(child(folder, "Landsat")))
    wait_until(lambda: connected(service_section))
    assert not service_section._tree.isVisible()
    assert not service_section.browse_button.isChecked()
    assert service_section.problem() == ""
    assert descriptions(image_server) == 1


def test_a_double_click_on_what_has_been_read_only_puts_the_list_away(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    folder = opened_folder(service_section, image_server)
    place = place_of(child(folder, "Landsat"))
    click(service_section._tree.viewport(), place)
    wait_until(lambda: connected(service_section))
    service_section._tree.itemDoubleClicked.emit(child(folder, "Landsat"), 0)
    assert not service_section._tree.isVisible()
    assert descriptions(image_server) == 1


def test_return_unfolds_and_folds_what_is_no_service(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    folder = opened_folder(service_section, image_server)
    service_section._tree.setCurrentItem(folder)
    press(Qt.Key.Key_Return)
    assert not folder.isExpanded()
    press(Qt.Key.Key_Return)
    assert folder.isExpanded()


@pytest.mark.parametrize("path", ["", "/", "/arcgis", "/arcgis/", "/arcgis/rest", "/arcgis/rest/"])
def test_a_host_and_a_site_are_looked_at_as_servers(
    service_section: ServiceSection, image_server: ImageServerProcess, path: str
) -> None:
    type_and_enter(service_section, image_server.origin + path)
    top = service_section._tree.topLevelItem(0)
    wait_until(lambda: texts(top) == FOLDERS)
    folder = child(top, "Olinda")
    folder.setExpanded(True)
    wait_until(lambda: "Landsat" in texts(folder))
    click(service_section._tree.viewport(), place_of(child(folder, "Landsat")))
    wait_until(lambda: service_section.facts.summary_label.text() == SUMMARY)


def test_a_host_with_a_site_of_another_name_is_looked_through(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("status", match="/arcgis/rest/services?f=json", status=404)
    body = json.dumps({"folders": ["Olinda"], "services": []})
    image_server.fault(
        "status", match="/server/rest/services?f=json", status=200, body=body, content_type="application/json"
    )
    type_and_enter(service_section, image_server.origin)
    top = service_section._tree.topLevelItem(0)
    wait_until(lambda: texts(top) == ["Olinda"])
    image_server.clear()
    top.child(0).setExpanded(True)
    wait_until(image_server.requests)
    assert {request.path for request in image_server.requests()} == {"/server/rest/services/Olinda"}


def test_where_no_directory_is_found_the_likeliest_place_is_named(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("status", match="rest/services", status=404)
    type_and_enter(service_section, image_server.origin)
    top = service_section._tree.topLevelItem(0)
    wait_until(lambda: texts(top) != ["Reading…"])
    assert texts(top) == [
        f"There is nothing at {image_server.origin}/arcgis/rest/services (HTTP 404): check the address."
    ]
