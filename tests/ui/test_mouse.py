"""The form is used with a mouse: what is clicked gets the keys, and what is scrolled over changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.forms import settled
from image_server_layer.tests.ui.hand import click, click_item, scroll_to, turn_wheel
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.states import STATES, bring_into
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.function.function_section import FunctionSection
from image_server_layer.ui.mosaic.mosaic_section import MosaicSection

INPUTS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView, QComboBox)


def inputs(form: LayerForm) -> list[QWidget]:
    """Return what can be typed or chosen in, without the parts of each."""
    found = [
        widget
        for kind in INPUTS
        for widget in form.findChildren(kind)
        if widget.isVisibleTo(form) and widget.isEnabled()
    ]
    return [widget for widget in found if not any(other.isAncestorOf(widget) for other in found if other is not widget)]


def path_of(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"


def tabs_of(form: LayerForm) -> Iterator[int]:
    """Bring one tab after the other to the front."""
    for index in range(form.tabs.count()):
        form.tabs.setCurrentIndex(index)
        let_pass(0.03)
        yield index


@pytest.mark.parametrize("state", STATES)
def test_what_is_clicked_gets_the_keys(form: LayerForm, image_server: ImageServerProcess, state: str) -> None:
    bring_into(state, form, image_server)
    deaf = []
    for _ in tabs_of(form):
        # What is chosen in a list may take other fields away.
        for widget in sorted(inputs(form), key=lambda widget: isinstance(widget, QAbstractItemView)):
            form._close_button.setFocus()
            click(widget)
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()
            focus = QApplication.focusWidget()
            if focus is not widget and not (focus is not None and widget.isAncestorOf(focus)):
                deaf.append((path_of(widget), None if focus is None else path_of(focus)))
    assert deaf == []


@pytest.mark.parametrize("state", STATES)
def test_the_wheel_scrolls_the_form_and_changes_nothing(
    form: LayerForm, image_server: ImageServerProcess, state: str
) -> None:
    bring_into(state, form, image_server)
    form.window().resize(form.window().width(), 430)
    form._close_button.setFocus()
    before, wrong, scrolled = form.options(), [], 0
    for _ in tabs_of(form):
        area = form.tabs.area()
        if area is None or not area.isVisible():
            continue
        bar = area.verticalScrollBar()
        scrolled += bar.maximum() > 0
        for widget in inputs(form):
            if not area.widget().isAncestorOf(widget):
                continue
            scroll_to(widget)
            at = bar.value()
            turn_wheel(widget, 1 if at > 0 else -1)
            is_still = bar.maximum() > 0 and bar.value() == at
            if is_still or widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                wrong.append(path_of(widget))
    assert wrong == []
    assert scrolled or form.state.known is None or form._service_area.is_listing
    assert form.options() == before
    assert QApplication.focusWidget() is form._close_button


def test_what_is_in_use_takes_the_wheel(form: LayerForm, image_server: ImageServerProcess) -> None:
    bring_into("default", form, image_server)
    box, view = form.findChild(MosaicSection).method_box, form.findChild(FunctionSection).view
    form.tabs.show_option("mosaic_method")
    box.setFocus()
    turn_wheel(box, -1)
    assert box.currentIndex() == 1
    form.tabs.show_option("processing_template")
    view.setFocus()
    turn_wheel(view, -1)
    assert view.verticalScrollBar().value() > 0


def test_the_editor_of_a_function_chain_comes_into_sight(form: LayerForm, image_server: ImageServerProcess) -> None:
    bring_into("default", form, image_server)
    section = form.findChild(FunctionSection)
    click_item(section.view, 2)
    editor = section._editor.editor
    wait_until(lambda: editor.isVisible() and editor.visibleRegion().boundingRect().height() == editor.height())


def test_a_notice_is_no_higher_than_its_lines(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.open(f"{image_server.service(LANDSAT)}/query?where=1=1")
    wait_until(lambda: settled(form) and form.message_bar.isVisible())
    # It is laid out in several turns.
    wait_until(lambda: form.message_bar.height() < 4 * form.fontMetrics().height(), SOON)
