"""A user's mouse and keyboard: they reach a window, which decides itself who gets what."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QScrollArea, QTabWidget, QWidget

from image_server_layer.tests.ui.waiting import let_pass, wait_until

_LEFT = Qt.MouseButton.LeftButton


def click(widget: QWidget, at: QPoint | None = None) -> QWidget:
    """Click on a pixel of a widget in its window: the middle, unless it is told; return what lies there.

    What is scrolled out of sight is brought into it.
    """
    window = widget.window()
    place = widget.mapTo(window, _seen(widget, at))
    hit = window.childAt(place) or window
    QTest.mouseClick(window.windowHandle(), _LEFT, Qt.KeyboardModifier.NoModifier, place)
    return hit


def double_click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click on a pixel of a widget twice, as fast as a double click is."""
    place = widget.mapTo(widget.window(), _seen(widget, at))
    QTest.mouseDClick(widget.window().windowHandle(), _LEFT, Qt.KeyboardModifier.NoModifier, place)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press on a pixel of a widget, move to another one, and let go there."""
    window, none = widget.window(), Qt.KeyboardModifier.NoModifier
    begin, finish = widget.mapTo(window, _seen(widget, start)), widget.mapTo(window, end)
    handle = window.windowHandle()
    QTest.mousePress(handle, _LEFT, none, begin)
    for place in ((begin + finish) / 2, finish):
        QTest.mouseMove(handle, place)
    QTest.mouseRelease(handle, _LEFT, none, finish)


def click_item(view: QAbstractItemView, row: int, column: int = 0) -> None:
    """Click on a cell of a table or list."""
    index = view.model().index(row, column, view.rootIndex())
    view.scrollTo(index)
    click(view.viewport(), view.visualRect(index).center())


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key, wherever the focus is."""
    QTest.keyClick(focused(), key, modifier)


def type_text(text: str) -> None:
    """Type, wherever the focus is."""
    QTest.keyClicks(focused(), text)


def type_into(widget: QWidget, text: str) -> None:
    """Click into a field, and type at the end of what stands in it."""
    click(widget)
    press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    type_text(text)


def replace_text(widget: QWidget, text: str) -> None:
    """Click into a field, and type in place of what stands in it."""
    click(widget)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Delete)
    type_text(text)


def paste_into(widget: QWidget, text: str) -> None:
    """Click into a field, and paste in place of what stands in it."""
    QApplication.clipboard().setText(text)
    click(widget)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def turn_wheel(widget: QWidget, notches: int) -> None:
    """Turn the wheel over the middle of a widget, toward the user where `notches` is negative.

    As Qt does with what comes from a real wheel, the widget that lies there is asked first, then who is behind it.
    """
    window = widget.window()
    place = widget.mapTo(window, _seen(widget, None))
    target = window.childAt(place) or window
    while target is not None:
        event = QWheelEvent(
            QPointF(target.mapFrom(window, place)),
            QPointF(window.mapToGlobal(place)),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        event.ignore()
        if QApplication.sendEvent(target, event) and event.isAccepted():
            return
        target = None if target.isWindow() else target.parentWidget()


def focused() -> QWidget:
    """Return the widget that gets the keys."""
    found = QApplication.focusWidget()
    assert found is not None, "Nothing has the focus."
    return found


def _seen(widget: QWidget, at: QPoint | None) -> QPoint:
    """Bring a widget into sight, and return the pixel of it to click on."""
    _turn_to(widget)
    assert widget.isVisible(), widget
    window = widget.window()
    if window.windowType() != Qt.WindowType.Popup and not window.isActiveWindow():
        window.activateWindow()
        wait_until(window.isActiveWindow)
    # What has just come into a form is laid out in several turns; nobody clicks on what still moves.
    before, place = None, widget.mapTo(window, QPoint())
    while before != place:
        let_pass(0.02)
        scroll_to(widget)
        before, place = place, widget.mapTo(window, QPoint())
    if at is not None:
        return at
    if isinstance(widget, QAbstractScrollArea):
        return QPoint(widget.viewport().mapTo(widget, widget.viewport().rect().center()))
    return QPoint(widget.rect().center())


def _turn_to(widget: QWidget) -> None:
    """Bring the tab that a widget is in to the front."""
    page = widget
    while page.parentWidget() is not None:
        tabs = page.parentWidget().parentWidget()
        if isinstance(tabs, QTabWidget) and tabs.indexOf(page) >= 0:
            tabs.setCurrentWidget(page)
        page = page.parentWidget()


def scroll_to(widget: QWidget) -> None:
    """Bring a widget into sight of whatever scrolls."""
    area = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            # The middle of it, where a click goes; by itself Qt would show only where the cursor of a text is.
            middle, room = widget.mapTo(area.widget(), widget.rect().center()), area.viewport().size()
            margins = min(widget.width(), room.width()) // 2, min(widget.height(), room.height()) // 2
            area.ensureVisible(middle.x(), middle.y(), *margins)
        area = area.parentWidget()
