"""Look for image services by words, in the list of servers and in portals."""

from __future__ import annotations

from functools import partial

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from image_server_layer.plugin.service.preferences import want_thumbnails
from image_server_layer.tests.imageserver.portal import item_id
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.services import NAMES
from image_server_layer.tests.ui.hand import click, double_click, press, replace_text
from image_server_layer.tests.ui.services import child, connected, loaded, save_connection, store_token, texts
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.service.portal_results import Portal
from image_server_layer.ui.service.service_finder import ServiceFinder
from image_server_layer.ui.service.service_section import ServiceSection

LANDSAT = "Olinda Landsat (surveyor, public)"


@pytest.fixture
def finder(service_section: ServiceSection, image_server: ImageServerProcess) -> ServiceFinder:
    """Return what finds services, with a saved connection whose portal is the one to search."""
    save_connection("Harbour", image_server.url)
    service_section.look_for_words()
    finder = service_section._finder
    menu = finder.search_button.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == [
        "Search ArcGIS Online",
        "Search the portal of “Harbour”",
    ]
    menu.actions()[1].trigger()
    assert finder.search_button.text() == "Search Portal"
    return finder


def _search(finder: ServiceFinder, words: str) -> QTreeWidgetItem:
    """Type words, press Return, and return the row under which the answers come."""
    replace_text(finder.words, words)
    press(Qt.Key.Key_Return)
    item = finder.tree.topLevelItem(0)
    wait_until(lambda: item.childCount() > 0 and texts(item) != ["Searching…"])
    return item


def _has_more_than(found: QTreeWidgetItem, count: int) -> bool:
    return found.childCount() > count and "Searching…" not in texts(found)


def _place(finder: ServiceFinder, item: QTreeWidgetItem) -> QPoint:
    return finder.tree.visualItemRect(item).center()


def test_what_is_found_is_taken_with_a_double_click(
    service_section: ServiceSection, finder: ServiceFinder, image_server: ImageServerProcess
) -> None:
    assert service_section.focusWidget() is finder.words
    found = _search(finder, "Landsat")
    assert found.text(0) == "“Landsat” in the portal of “Harbour”"
    assert sorted(texts(found)) == [
        LANDSAT,
        "Test LandsatDefault (surveyor, public)",
        "Test SecuredLandsat (surveyor, public)",
    ]
    double_click(finder.tree.viewport(), _place(finder, child(found, LANDSAT)))
    wait_until(lambda: connected(service_section))
    assert service_section._address.currentText() == image_server.service("Olinda/Landsat")
    assert not finder.isVisible()


def test_a_picture_of_each_comes_from_the_portal(finder: ServiceFinder, image_server: ImageServerProcess) -> None:
    want_thumbnails(True)
    found = _search(finder, "Olinda")
    wait_until(lambda: len(image_server.requests("thumbnail")) == 3)
    color = QColor(f"#{item_id('Olinda/Landsat')[:6]}")
    row = child(found, LANDSAT)
    wait_until(lambda: row.icon(0).pixmap(48, 32).toImage().pixelColor(20, 10) == color)


def test_no_picture_is_asked_for_where_none_is_wanted(finder: ServiceFinder, image_server: ImageServerProcess) -> None:
    want_thumbnails(False)
    _search(finder, "Olinda")
    assert not image_server.requests("thumbnail")


def test_more_come_with_a_click(finder: ServiceFinder) -> None:
    found = _search(finder, "Test")
    assert found.childCount() == 21
    count = 0
    while found.child(found.childCount() - 1).text(0).startswith("Show more ("):
        assert found.childCount() == count + 21
        count = found.childCount() - 1
        last = found.child(count)
        finder.tree.scrollToItem(last)
        click(finder.tree.viewport(), _place(finder, last))
        wait_until(partial(_has_more_than, found, count))
    expected = [name.replace("/", " ") for name in NAMES if name.startswith("Test/") and name != "Test/Secured"]
    assert sorted(text.partition(" (")[0] for text in texts(found)) == sorted(expected)


def test_the_next_search_takes_the_place_of_the_last(finder: ServiceFinder) -> None:
    _search(finder, "Landsat")
    _search(finder, "Elevation")
    tops = [finder.tree.topLevelItem(row).text(0) for row in range(finder.tree.topLevelItemCount())]
    assert tops == ["“Elevation” in the portal of “Harbour”", "Harbour"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("zzz", "Nothing was found; try fewer or other words."), ('"a', "Invalid query syntax")],
)
def test_what_finds_nothing_says_so(finder: ServiceFinder, words: str, sentence: str) -> None:
    (text,) = texts(_search(finder, words))
    assert sentence in text


def test_a_server_without_a_portal_says_what_to_do(finder: ServiceFinder, image_server: ImageServerProcess) -> None:
    image_server.fault("status", "rest/info", status=200, body="{}", content_type="application/json")
    (text,) = texts(_search(finder, "a"))
    assert text == "“Harbour” belongs to no portal: search ArcGIS Online, or type the address of a portal."


def test_credentials_go_to_the_portal_of_the_server_they_are_for(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    authcfg = store_token()
    save_connection("Harbour", image_server.url, authcfg=authcfg)
    service_section.look_for_words()
    finder = service_section._finder
    finder._search_in(Portal("Harbour", server=finder.tree.servers()[0]))
    found = _search(finder, "Secured")
    assert "Test Secured (surveyor, organization)" in texts(found)
    image_server.clear()
    finder.tree.setCurrentItem(child(found, "Test Secured (surveyor, organization)"))
    double_click(finder.tree.viewport(), _place(finder, child(found, "Test Secured (surveyor, organization)")))
    wait_until(lambda: connected(service_section))
    assert loaded(service_section).access.authcfg == authcfg


def test_typing_narrows_what_is_listed(finder: ServiceFinder) -> None:
    server = finder.tree.topLevelItem(0)
    wait_until(lambda: server.childCount() == 3)
    folder = child(server, "Olinda")
    folder.setExpanded(True)
    wait_until(lambda: folder.childCount() == 3 and texts(folder) != ["Reading…"])
    finder.words.setText("lands")
    shown = [folder.child(row).text(0) for row in range(3) if not folder.child(row).isHidden()]
    assert shown == ["Landsat"]
    # What has not been read may hold one.
    assert not child(server, "Test").isHidden()
    finder.words.setText("")
    assert not any(folder.child(row).isHidden() for row in range(3))
