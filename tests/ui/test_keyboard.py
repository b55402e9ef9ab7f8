"""The form is used without a mouse, and without eyes."""

from __future__ import annotations

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.fitting import keys_given_twice
from image_server_layer.tests.ui.hand import click
from image_server_layer.tests.ui.states import STATES, bring_into
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.service.address_box import AddressBox

ADDRESS = "Address of the image service"
FOLDED = ["Refresh", "Change…"]
UNFOLDED = [
    ADDRESS,
    "Authentication: none",
    "Connect",
    "Refresh",
    "Browse servers",
]
BY_ATTRIBUTE = {
    "Image": [
        "Filter the processing templates",
        "Show the processing templates as thumbnails",
        "Processing template",
        "All",
        "Natural color",
        "Color infrared",
        "More presets",
        "Red",
        "Green",
        "Blue",
        "More bands…",
    ],
    "Area and cells": [
        "Whole service",
        "Template extent",
        "Take the extent from",
        "Nothing",
        "As in the service: 28.5 m",
        "Cell size",
    ],
    "Mosaic": [
        "Mosaic method",
        "Order field",
        "Order base value",
        "Sort order",
        "Mosaic operator",
        "Where clause",
        "Build…",
        "Time",
        "How the dates are shown",
        "Dates of the service",
        "Show the nearest date in between",
    ],
    "Advanced": [
        "Interpolation",
        "Nodata",
        "Nodata interpretation",
        "Timeout",
        "Referer",
        "Opens without this plugin",
    ],
}
BESIDE = ["Preview", "Pixel values"]
BELOW = ["Name", "More", "Reset", "Close", "Add", "Help"]


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says of a widget."""
    labels = (label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget)
    text = widget.text() if isinstance(widget, QAbstractButton) else next(labels, "")
    return str(widget.accessibleName() or text.replace("&", ""))


@pytest.fixture(autouse=True)
def with_all_buttons(no_pictures_by_themselves: None) -> None:
    del no_pictures_by_themselves
    QgsSettings().setValue("image_server_layer/thumbnails", True)


def walked(form: LayerForm, key: Qt.Key) -> list[str]:
    """Press a key from the first widget on until it comes back there, and return the names of those on the way."""
    area = form._service_area
    start = widget = area.bar.refresh_button if area.is_folded else form.findChild(AddressBox)
    start.setFocus()
    names = []
    for _ in range(100):
        names.append(form.tabs.tabText(form.tabs.currentIndex()) if widget is form.tabs.tabBar() else name_of(widget))
        QTest.keyClick(widget, key)
        widget = QApplication.focusWidget()
        if widget is start:
            return names
    raise AssertionError(f"Tab does not come back to where it began: {names}")


def test_it_begins_with_the_address(form: LayerForm) -> None:
    assert name_of(form.window().focusWidget()) == ADDRESS


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("is_folded", [True, False])
def test_tab_follows_the_form_as_it_is_read(
    form: LayerForm, image_server: ImageServerProcess, index: int, is_folded: bool
) -> None:
    form.window().resize(1150, 700)
    bring_into("attribute", form, image_server)
    if not is_folded:
        click(form._service_area.bar.change_button)
    form.tabs.setCurrentIndex(index)
    title = form.tabs.tabText(index)
    expected = [*(FOLDED if is_folded else UNFOLDED), title, *BY_ATTRIBUTE[title], *BESIDE, *BELOW]
    assert walked(form, Qt.Key.Key_Tab) == expected
    assert walked(form, Qt.Key.Key_Backtab) == [expected[0], *reversed(expected[1:])]


@pytest.mark.parametrize("width", [1150, 700])
@pytest.mark.parametrize("state", STATES)
def test_tab_leads_through_the_whole_form_and_back(
    form: LayerForm, image_server: ImageServerProcess, state: str, width: int
) -> None:
    form.window().resize(width, 640)
    bring_into(state, form, image_server)
    for index in range(form.tabs.count()):
        form.tabs.setCurrentIndex(index)
        there = walked(form, Qt.Key.Key_Tab)
        assert there[-1] == "Help"
        # What has lines of its own takes Tab for itself in no state.
        assert [there[0], *reversed(there[1:])] == walked(form, Qt.Key.Key_Backtab)


@pytest.mark.parametrize("state", STATES)
def test_no_two_fields_have_one_key(form: LayerForm, image_server: ImageServerProcess, state: str) -> None:
    bring_into(state, form, image_server)
    for index in range(form.tabs.count()):
        form.tabs.setCurrentIndex(index)
        assert keys_given_twice(form) == {}


@pytest.mark.parametrize("state", STATES)
def test_everything_that_is_used_has_a_name(form: LayerForm, image_server: ImageServerProcess, state: str) -> None:
    bring_into(state, form, image_server)
    for index in range(form.tabs.count()):
        form.tabs.setCurrentIndex(index)
        assert unnamed(form) == []


def unnamed(form: LayerForm) -> list[tuple[str, str]]:
    """Return what can be reached by Tab and says nothing of itself."""
    used = [
        widget
        for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit)
        for widget in form.findChildren(kind)
        if widget.isVisibleTo(form) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]
    assert len(used) >= 8
    return [(type(widget).__name__, widget.objectName()) for widget in used if not name_of(widget)]
