"""Find a service, connect to it, and see what it is."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.recent import RecentService, remember
from image_server_layer.ui.service_loader import LoadedService
from image_server_layer.ui.service_section import ServiceSection

LANDSAT = "Olinda/Landsat"
SUMMARY = "6 bands, 8-bit, 28.5 m, mosaic of 8 rasters, 16 raster functions, SIRGAS 2000 / UTM zone 25S"


@pytest.fixture
def section(project: QgsProject) -> Iterator[ServiceSection]:
    del project
    made = ServiceSection()
    made.show()
    yield made
    delete(made)


def loaded(section: ServiceSection) -> LoadedService:
    found = section.loader.current
    assert found is not None
    return found


def connected(section: ServiceSection) -> bool:
    return not section.loader.is_busy and section.loader.current is not None


def type_and_enter(section: ServiceSection, text: str) -> None:
    section._address.setFocus()
    section._address.lineEdit().selectAll()
    QTest.keyClicks(section._address, text)
    QTest.keyClick(section._address, Qt.Key.Key_Return)


def store(method: str, **config: str) -> str:
    manager = QgsApplication.authManager()
    stored = QgsAuthMethodConfig(method)
    stored.setName("Test")
    for key, value in config.items():
        stored.setConfig(key, value)
    ok, stored = manager.storeAuthenticationConfig(stored)
    assert ok
    return str(stored.id())


def save_connection(name: str, url: str, authcfg: str = "") -> None:
    QgsSettings().setValue(f"connections/arcgisfeatureserver/items/{name}/url", url)
    QgsSettings().setValue(f"connections/arcgisfeatureserver/items/{name}/authcfg", authcfg)


def test_return_connects_and_says_what_the_service_is(
    section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.patch(LANDSAT, {"copyrightText": "<b>Me</b> & you", "description": "<i>Line</i> one\nline two"})
    assert section.problem() == "Connect to an image service first."
    type_and_enter(section, image_server.service(LANDSAT))
    assert section.problem() == "The image service is still being read."
    assert section.progress_bar.isVisible()
    wait_until(lambda: section.summary_label.text() == SUMMARY)
    assert section.problem() == ""
    assert not section.progress_bar.isVisible()
    assert section.copyright_label.text() == "Copyright: <b>Me</b> & you"
    assert section.description_label.text() == "<i>Line</i> one line two"
    for label in (section.summary_label, section.copyright_label, section.description_label):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_long_description_is_whole_in_the_tooltip_and_stays_text(
    section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.patch(LANDSAT, {"description": "<b>" + "long " * 100})
    section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(section))
    assert section.description_label.text() == ("<b>" + "long " * 100)[:299] + "…"
    assert section.description_label.toolTip() == "&lt;b&gt;" + ("long " * 100).strip()


def test_another_address_needs_to_be_connected_to(section: ServiceSection, image_server: ImageServerProcess) -> None:
    section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(section))
    QTest.keyClicks(section._address, "x")
    assert section.problem() == "The address has changed; connect to it first."


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("", "There is no address: give the URL of an image service, https://…/ImageServer."),
        (
            "nonsense",
            "“nonsense” is neither a URL nor the name of a saved connection: give the URL of an image service.",
        ),
        (
            "{url}/Olinda/Places/MapServer",
            (
                "“{url}/Olinda/Places/MapServer” is a map service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server "
                "Layer for it."
            ),
        ),
    ],
)
def test_what_is_no_image_service_is_said_beside_the_field(
    section: ServiceSection, image_server: ImageServerProcess, address: str, problem: str
) -> None:
    type_and_enter(section, address.format(url=image_server.url))
    assert section._problem.text() == problem.format(url=image_server.url)
    assert section.problem() == "Connect to an image service first."


def test_losing_the_network_leaves_the_service(section: ServiceSection, image_server: ImageServerProcess) -> None:
    section.open(image_server.service(LANDSAT))
    wait_until(lambda: section.summary_label.text() == SUMMARY)
    image_server.fault("drop", match="ImageServer")
    section.refresh_button.click()
    wait_until(section._problem.text)
    assert loaded(section).service.name == LANDSAT
    assert section.summary_label.text() == SUMMARY
    assert section.problem() == ""


def test_refresh_reads_the_description_anew(section: ServiceSection, image_server: ImageServerProcess) -> None:
    section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(section))
    image_server.patch(LANDSAT, {"copyrightText": "Someone else"})
    section.refresh_button.click()
    wait_until(lambda: section.copyright_label.text() == "Copyright: Someone else")


def test_a_superseded_answer_never_lands(section: ServiceSection, image_server: ImageServerProcess) -> None:
    image_server.settings(latency=0.4)
    names: list[str] = []
    section.loader.loaded.connect(lambda found: names.append(found.service.name))
    section.open(image_server.service(LANDSAT))
    let_pass(0.1)
    section.open(image_server.service("Olinda/Elevation"))
    wait_until(lambda: names)
    let_pass(0.5)
    assert names == ["Olinda/Elevation"]


def test_connecting_can_be_cancelled(section: ServiceSection, image_server: ImageServerProcess) -> None:
    image_server.settings(latency=5)
    section.open(image_server.service(LANDSAT))
    let_pass(0.1)
    assert section.connect_button.text() == "Ca&ncel"
    began = time.monotonic()
    section.connect_button.click()
    assert not section.progress_bar.isVisible()
    assert section.connect_button.text() == "&Connect"
    let_pass(0.2)
    wait_until(lambda: QgsApplication.taskManager().countActiveTasks() == 0, seconds=3)
    assert time.monotonic() - began < 2
    assert section.problem() == "Connect to an image service first."


def test_it_may_be_gone_before_the_answer_comes(section: ServiceSection, image_server: ImageServerProcess) -> None:
    image_server.settings(latency=0.3)
    section.open(image_server.service(LANDSAT))
    let_pass(0.1)
    delete(section)
    let_pass(0.5)


def test_the_main_thread_never_waits(section: ServiceSection, image_server: ImageServerProcess) -> None:
    image_server.settings(latency=0.7)
    longest, last = 0.0, time.monotonic()
    section.open(image_server.service(LANDSAT))

    def watch() -> bool:
        nonlocal longest, last
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        return section.summary_label.text() == SUMMARY

    last = time.monotonic()
    wait_until(watch)
    assert longest < 0.2


def test_a_token_is_taken_out_and_can_be_stored(section: ServiceSection, image_server: ImageServerProcess) -> None:
    url = image_server.service("Test/Secured")
    section.open(f"{url}?token={TOKEN}")
    assert section._address.currentText() == url
    assert section.token_row.isVisible()
    wait_until(section._problem.text)
    assert section._problem.text() == (
        f"{url} is secured: choose an authentication configuration, or check the one that is chosen."
    )
    assert not section.authentication_box.isCollapsed()
    section.token_button.click()
    wait_until(lambda: connected(section))
    assert not section.token_row.isVisible()
    authcfg = loaded(section).request.authcfg
    config = QgsAuthMethodConfig()
    assert QgsApplication.authManager().loadAuthenticationConfig(authcfg, config, True)[0]
    assert (config.method(), config.config("token")) == ("EsriToken", TOKEN)
    assert all(TOKEN not in request.url for request in image_server.requests())


def test_choosing_credentials_asks_again(section: ServiceSection, image_server: ImageServerProcess) -> None:
    authcfg = store("EsriToken", token=TOKEN)
    section.open(image_server.service("Test/Secured"))
    wait_until(section._problem.text)
    section._authentication.setConfigId(authcfg)
    wait_until(lambda: connected(section))
    assert section._problem.text() == ""
    assert loaded(section).request.authcfg == authcfg


def test_credentials_do_not_go_to_another_server(section: ServiceSection, image_server: ImageServerProcess) -> None:
    authcfg = store("EsriToken", token=TOKEN)
    section.open(image_server.service("Test/Secured"), authcfg)
    wait_until(lambda: connected(section))
    type_and_enter(section, image_server.service(LANDSAT).replace("127.0.0.1", "localhost"))
    assert section._authentication.configId() == ""
    section.loader.cancel()


def test_connections_and_recent_services_are_listed_and_filtered(
    section: ServiceSection, image_server: ImageServerProcess
) -> None:
    save_connection("Harbour", image_server.url)
    remember(RecentService(SavedOptions(image_server.service(LANDSAT), LayerOptions())))
    section.refresh_choices()
    box = section._address
    assert [box.itemText(row) for row in range(box.count())] == ["Harbour", image_server.service(LANDSAT)]
    box.completer().setCompletionPrefix("LANDSAT")
    assert box.completer().completionCount() == 1


def test_a_connection_brings_its_credentials(section: ServiceSection, image_server: ImageServerProcess) -> None:
    authcfg = store("EsriToken", token=TOKEN)
    save_connection("Harbour", image_server.url, authcfg)
    type_and_enter(section, "harbour/Test/Secured")
    wait_until(lambda: connected(section))
    assert loaded(section).request.authcfg == authcfg


def child(parent: QTreeWidgetItem, text: str) -> QTreeWidgetItem:
    return next(parent.child(row) for row in range(parent.childCount()) if parent.child(row).text(0).startswith(text))


def test_a_server_opens_as_a_tree_in_which_a_double_click_takes_a_service(
    section: ServiceSection, image_server: ImageServerProcess
) -> None:
    save_connection("Harbour", image_server.url)
    type_and_enter(section, "Harbour")
    assert section._tree.isVisible()
    (server,) = (section._tree.topLevelItem(row) for row in range(section._tree.topLevelItemCount()))
    wait_until(lambda: server.childCount() == 3)
    assert [server.child(row).text(0) for row in range(3)] == ["Olinda", "PuertoRico", "Test"]
    folder = child(server, "Olinda")
    folder.setExpanded(True)
    wait_until(lambda: folder.childCount() == 3)
    assert [folder.child(row).text(0) for row in range(3)] == ["Landsat", "Elevation", "ElevationDefault"]
    section._tree.itemActivated.emit(child(folder, "Landsat"), 0)
    wait_until(lambda: connected(section))
    assert section._address.currentText() == image_server.service(LANDSAT)
    assert not section._tree.isVisible()


def test_a_server_that_does_not_answer_is_asked_again(
    section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("status", match="rest/services", times=1, status=503)
    type_and_enter(section, image_server.url)
    server = section._tree.topLevelItem(0)
    wait_until(lambda: server.childCount() and server.child(0).text(0) != "Reading…")
    server.setExpanded(False)
    server.setExpanded(True)
    wait_until(lambda: server.childCount() == 3)


def test_the_folder_of_the_typed_service_is_unfolded(section: ServiceSection, image_server: ImageServerProcess) -> None:
    section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(section))
    section.browse_button.click()
    server = section._tree.topLevelItem(0)
    wait_until(lambda: server.childCount() == 3)
    wait_until(lambda: child(server, "Olinda").childCount() == 3)
    assert child(server, "Olinda").isExpanded()
