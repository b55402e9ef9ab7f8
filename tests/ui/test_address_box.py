"""Type an address or choose one: each way asks the server once, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QToolTip

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import type_into
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import (
    connected,
    descriptions,
    loaded,
    save_connection,
    type_and_enter,
    type_text,
)
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.service.address_box import AddressBox
from image_server_layer.ui.service.recent import RecentService, recent_services, remember
from image_server_layer.ui.service.service_section import ServiceSection


@pytest.fixture
def box(service_section: ServiceSection, image_server: ImageServerProcess) -> AddressBox:
    save_connection("Harbour", image_server.url)
    remember(RecentService(SavedOptions(image_server.service("Olinda/Elevation"), LayerOptions())))
    remember(RecentService(SavedOptions(image_server.service(LANDSAT), LayerOptions())))
    service_section.refresh_choices()
    wait_until(service_section.isActiveWindow)
    image_server.clear()
    found = service_section._address
    found.setFocus()
    assert found.hasFocus()
    return found


def asked_once(section: ServiceSection, server: ImageServerProcess) -> bool:
    """Wait for the service, and for what might be asked besides."""
    wait_until(lambda: connected(section))
    let_pass(0.2)
    return loaded(section).service.name == LANDSAT and descriptions(server) == 1


def test_connections_and_recent_services_are_listed(box: AddressBox, image_server: ImageServerProcess) -> None:
    assert [box.itemText(row) for row in range(box.count())] == [
        "Harbour",
        image_server.service(LANDSAT),
        image_server.service("Olinda/Elevation"),
    ]


def test_listing_them_anew_leaves_what_is_typed_and_said(
    box: AddressBox, service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    type_and_enter(service_section, "nonsense")
    box.lineEdit().setCursorPosition(3)
    problem = service_section._problem.text()
    save_connection("Airport", image_server.url)
    service_section.refresh_choices()
    assert box.itemText(0) == "Airport"
    assert (box.currentText(), box.lineEdit().cursorPosition()) == ("nonsense", 3)
    assert service_section._problem.text() == problem != ""


def by_keyboard(box: AddressBox) -> None:
    popup = box.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)


def by_mouse(box: AddressBox) -> None:
    popup = box.completer().popup()
    position = popup.visualRect(popup.model().index(0, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=position)


@pytest.mark.parametrize("choose", [by_keyboard, by_mouse])
def test_typing_filters_and_the_choice_connects_once(
    box: AddressBox,
    service_section: ServiceSection,
    image_server: ImageServerProcess,
    choose: Callable[[AddressBox], None],
) -> None:
    type_into(box, "LANDSAT")
    assert box.completer().popup().isVisible()
    assert box.completer().completionCount() == 1
    choose(box)
    assert asked_once(service_section, image_server)
    assert box.currentText() == image_server.service(LANDSAT)
    assert not box.completer().popup().isVisible()


def test_return_takes_what_is_typed_and_hides_the_proposals(
    box: AddressBox, service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    type_into(box, image_server.service(LANDSAT))
    popup = box.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert asked_once(service_section, image_server)


def test_an_entry_of_the_list_connects_once(
    box: AddressBox, service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(1, 0))
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert asked_once(service_section, image_server)


def test_connect_connects_where_the_text_is_that_of_an_entry(
    box: AddressBox, service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.settings(latency=0.2)
    QApplication.clipboard().setText(image_server.service(LANDSAT))
    box.lineEdit().paste()
    QTest.keyClick(box.completer().popup(), Qt.Key.Key_Escape)
    QTest.mouseClick(service_section.connect_button, Qt.MouseButton.LeftButton)
    assert service_section.connect_button.hasFocus()
    assert service_section.loader.is_busy
    assert asked_once(service_section, image_server)


def test_leaving_the_field_neither_connects_nor_changes_the_text(
    box: AddressBox, service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    type_text(service_section, "harbour")
    QTest.keyClick(box.completer().popup(), Qt.Key.Key_Escape)
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert not box.hasFocus()
    let_pass(0.1)
    assert box.currentText() == "harbour"
    assert not image_server.requests()


def test_moving_through_the_entries_connects_to_none(
    box: AddressBox, service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    for _ in range(2):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == image_server.service(LANDSAT)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    let_pass(0.1)
    assert box.currentText() == image_server.service(LANDSAT)
    assert service_section.problem() == "Connect to an image service first."
    assert not image_server.requests()


def test_where_there_is_nothing_to_choose_the_list_says_so(box: AddressBox) -> None:
    box.set_choices((), ())
    box.showPopup()
    wait_until(QToolTip.isVisible)
    assert QToolTip.text() == "There are no saved connections, and no services used before."
    QToolTip.hideText()


def test_the_services_used_last_are_kept_once_each(project: QgsProject) -> None:
    del project
    urls = [f"https://one.example.org/arcgis/rest/services/S{number}/ImageServer" for number in range(23)]
    for url in [*urls, urls[9]]:
        remember(RecentService(SavedOptions(url, LayerOptions())))
    assert [recent.choices.url for recent in recent_services()] == [urls[9], *urls[:9:-1], *urls[8:2:-1]]
