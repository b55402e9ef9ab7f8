"""The form is used without a mouse, and without eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
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
from image_server_layer.tests.ui.states import STATES, bring_into
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.service.address_box import AddressBox

ADDRESS = "Address of the image service"
BY_ATTRIBUTE = [
    ADDRESS,
    "Connect",
    "Refresh",
    "Browse servers",
    "Authentication",
    "Authentication configuration",
    "Create a new authentication configuration",
    "Name",
    "Pixel values",
    "All",
    "Natural color",
    "Color infrared",
    "Bands",
    "Filter the processing templates",
    "Processing template",
    "Whole service",
    "Template extent",
    "Take the extent from",
    "As in the service: 28.5 m",
    "Cell size",
    "Mosaic method",
    "Order field",
    "Order base value",
    "Sort order",
    "Mosaic operator",
    "Where clause",
    "Build…",
    "Advanced",
    "Interpolation",
    "Nodata",
    "Nodata interpretation",
    "Timeout",
    "Referer",
    "Opens without this plugin",
    "More",
    "Add",
    "Add and Close",
    "Close",
    "Help",
]


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says of a widget."""
    labels = (label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget)
    text = widget.text() if isinstance(widget, QAbstractButton) else next(labels, "")
    return str(widget.accessibleName() or text.replace("&", ""))


def walked(form: LayerForm, key: Qt.Key) -> Iterator[str]:
    """Press a key from the address on until it comes back there, and return the names of the widgets on the way."""
    start = widget = form.findChild(AddressBox)
    start.setFocus()
    for _ in range(100):
        yield name_of(widget)
        QTest.keyClick(widget, key)
        widget = QApplication.focusWidget()
        if widget is start:
            return
    raise AssertionError("Tab does not come back to where it began.")


def test_it_begins_with_the_address(form: LayerForm) -> None:
    assert name_of(form.window().focusWidget()) == ADDRESS


def test_tab_follows_the_form_as_it_is_read(form: LayerForm, image_server: ImageServerProcess) -> None:
    bring_into("attribute", form, image_server)
    assert list(walked(form, Qt.Key.Key_Tab)) == BY_ATTRIBUTE
    assert list(walked(form, Qt.Key.Key_Backtab)) == [BY_ATTRIBUTE[0], *reversed(BY_ATTRIBUTE[1:])]


@pytest.mark.parametrize("state", STATES)
def test_tab_leads_through_the_whole_form_and_back(
    form: LayerForm, image_server: ImageServerProcess, state: str
) -> None:
    bring_into(state, form, image_server)
    there = list(walked(form, Qt.Key.Key_Tab))
    assert (there[0], there[-1]) == (ADDRESS, "Help")
    # What has lines of its own takes Tab for itself in no state.
    assert [there[0], *reversed(there[1:])] == list(walked(form, Qt.Key.Key_Backtab))


@pytest.mark.parametrize("state", STATES)
def test_no_two_fields_have_one_key(form: LayerForm, image_server: ImageServerProcess, state: str) -> None:
    bring_into(state, form, image_server)
    assert keys_given_twice(form) == {}


@pytest.mark.parametrize("state", STATES)
def test_everything_that_is_used_has_a_name(form: LayerForm, image_server: ImageServerProcess, state: str) -> None:
    bring_into(state, form, image_server)
    used = [
        widget
        for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit)
        for widget in form.findChildren(kind)
        if widget.isVisibleTo(form) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]
    assert len(used) > 10
    assert [(type(widget).__name__, widget.objectName()) for widget in used if not name_of(widget)] == []
