"""Image services in the locator bar: pasted addresses, services used before, saved connections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsLocator, QgsLocatorContext, QgsLocatorResult, QgsProject
from qgis.PyQt.QtCore import QObject

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.services import save_connection
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.tests.warmth import cold_of_the_plugin
from image_server_layer.ui.entry.locator import ServiceLocator
from image_server_layer.ui.service.recent import RecentService, remember

LANDSAT = "https://one.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer"
ELEVATION = "https://two.example.org/arcgis/rest/services/Olinda/Elevation/ImageServer"


class Bar:
    """The locator of QGIS, which looks through its filters as for its bar."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self._owner = QObject()
        self.locator = QgsLocator(self._owner)
        self.locator.registerFilter(ServiceLocator(self.opened.append))
        self.results: list[QgsLocatorResult] = []
        # QGIS' own is gone when the signal has been sent.
        self.locator.foundResult.connect(lambda result: self.results.append(QgsLocatorResult(result)))

    def type(self, text: str) -> list[str]:
        """Type a text into the bar; return what is found."""
        self.results.clear()
        finished: list[bool] = []
        self.locator.finished.connect(lambda: finished.append(True))
        self.locator.fetchResults(text, QgsLocatorContext())
        wait_until(lambda: finished or not self.locator.isRunning())
        return [result.displayString for result in self.results]

    def choose(self, row: int = 0) -> str:
        """Choose one of the results; return what is opened."""
        result = self.results[row]
        result.filter.triggerResult(result)
        return self.opened.pop()

    def close(self) -> None:
        delete(self._owner)


@pytest.fixture
def bar(project: QgsProject) -> Iterator[Bar]:
    del project
    for url in (LANDSAT, ELEVATION):
        remember(RecentService(SavedOptions(url, LayerOptions())))
    save_connection("Harbor", "https://three.example.org/arcgis/rest/services")
    made = Bar()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("landsat", ["Olinda/Landsat"]),
        ("olin", ["Olinda/Elevation", "Olinda/Landsat"]),
        ("harb", ["Harbor"]),
        ("ol", []),
        ("img ol", ["Olinda/Elevation", "Olinda/Landsat"]),
        ("img ", ["Olinda/Elevation", "Olinda/Landsat", "Harbor"]),
        ("something else", []),
    ],
)
def test_services_and_connections_are_found_by_name(bar: Bar, typed: str, found: list[str]) -> None:
    assert bar.type(typed) == found
    assert cold_of_the_plugin() == []


def test_what_is_chosen_is_opened(bar: Bar) -> None:
    bar.type("landsat")
    assert bar.results[0].description == LANDSAT
    assert bar.choose() == LANDSAT
    bar.type("harbor")
    assert bar.choose() == "Harbor"


@pytest.mark.parametrize(
    "address",
    [
        "https://host.example.org/arcgis/rest/services/Folder/Service/ImageServer",
        "http://host.example.org:6080/arcgis/services/Service/ImageServer",
        "https://host.example.org/arcgis/rest/services/Service/ImageServer?f=html",
    ],
)
def test_a_pasted_address_is_opened(bar: Bar, address: str) -> None:
    assert bar.type(address) == ["Add a layer from this address"]
    assert bar.choose() == address


def test_other_addresses_are_for_others_unless_the_prefix_says_so(bar: Bar) -> None:
    server = "https://host.example.org/arcgis/rest/services"
    for text in (server, "https://host.example.org/", "https://host.example.org/tiles/{z}/{x}/{y}.png"):
        assert bar.type(text) == []
    assert bar.type(f"img {server}") == ["Add a layer from this address"]
    assert bar.choose() == server


def test_a_token_is_not_shown(bar: Bar) -> None:
    address = "https://host.example.org/arcgis/rest/services/Service/ImageServer?token=s3cr3t"
    bar.type(address)
    assert "s3cr3t" not in bar.results[0].description + bar.results[0].displayString
    assert bar.choose() == address


def test_nobody_is_asked(bar: Bar, image_server: ImageServerProcess) -> None:
    image_server.clear()
    bar.type(image_server.service("Olinda/Landsat"))
    bar.type(f"img {image_server.url}")
    assert image_server.requests() == []
