"""A person's hands: find widgets by what is written on them, click and type.

What is typed goes through the X server, as from a real keyboard: to whoever has the focus, and the focus to whoever
was clicked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from .. import children

Widget = TypeVar("Widget", bound=QWidget)

_LEFT = Qt.MouseButton.LeftButton
# Seconds.
_PATIENCE, _STILL = 10, 0.1
# Buttons with a mark take clicks on the mark and the text, which begin at the left.
_ON_THE_MARK = 10


def find(inside: QWidget, kind: type[Widget], text: str) -> Widget:
    """Return the one widget of a kind that can be seen and bears a text: on it, beside it, or for screen readers.

    Where none can be seen, the tab that has one is brought to the front first.
    """
    labels = [label for label in inside.findChildren(QLabel) if _plain(label.text()) == text]
    buddies = [label.buddy() for label in labels]
    named = [widget for widget in inside.findChildren(kind) if text in _texts(widget) or widget in buddies]
    if not any(widget.isVisible() for widget in named):
        for widget in named:
            _turn_to(widget)
    found = [widget for widget in named if widget.isVisible()]
    assert len(found) == 1, f"{len(found)} × {kind.__name__} “{text}”"
    return found[0]


def _turn_to(widget: QWidget) -> None:
    """Bring the tab that a widget is in to the front, with a click."""
    page = widget
    while page.parentWidget() is not None:
        tabs = page.parentWidget().parentWidget()
        if isinstance(tabs, QTabWidget) and tabs.isVisible() and tabs.indexOf(page) >= 0:
            bar = tabs.tabBar()
            QTest.mouseClick(bar, _LEFT, pos=bar.tabRect(tabs.indexOf(page)).center())
        page = page.parentWidget()


def says(inside: QWidget, words: str) -> bool:
    """Whether a sentence with these words can be seen."""
    return any(label.isVisible() and words in label.text() for label in inside.findChildren(QLabel))


def click(widget: QWidget) -> None:
    """Click on a widget, scrolling to it if need be."""
    show(widget)
    QTest.mouseClick(widget, _LEFT, pos=QPoint(min(_ON_THE_MARK, widget.width() // 2), widget.height() // 2))


def show(widget: QWidget) -> None:
    """Scroll a form until a widget can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget().isAncestorOf(widget):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def type_into(edit: QLineEdit, text: str) -> None:
    """Click into a field, and replace what stands in it, key by key."""
    click_pixel(edit, edit.rect().center())
    _wait_for(edit.hasFocus, f"A click on “{edit.accessibleName() or edit.objectName()}” does not bring the focus.")
    xdotool("key", "ctrl+a", "Delete")
    if text:
        xdotool("type", "--delay", "8", text)
    _wait_for(lambda: edit.text() == text, f"“{text}” was typed, but “{{}}” stands in the field.", edit.text)


def tap(widget: QWidget) -> None:
    """Click on a widget with the mouse of the X server, scrolling to it if need be. Its effect comes later."""
    show(widget)
    click_pixel(widget, QPoint(min(_ON_THE_MARK, widget.width() // 2), widget.height() // 2))


def tap_entry(menu: QMenu, action: QAction) -> None:
    """Click on an entry of an open menu with the mouse of the X server."""
    place = menu.mapToGlobal(menu.actionGeometry(action).center())
    xdotool("mousemove", str(place.x()), str(place.y()), "click", "1")


def tap_tab(tabs: QTabWidget, number: int) -> None:
    """Click on a tab with the mouse of the X server."""
    click_pixel(tabs.tabBar(), tabs.tabBar().tabRect(number).center())


def click_pixel(widget: QWidget, place: QPoint, *, times: int = 1, button: int = 1) -> None:
    """Click on a pixel of a widget, wherever that is on the screen; button 3 is the right one."""
    move_to(widget, place)
    xdotool("click", "--repeat", str(times), "--delay", "60", str(button))


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press on a pixel of a widget, move to another one, and let go there."""
    move_to(widget, start)
    finish = widget.mapToGlobal(end)
    half = widget.mapToGlobal((start + end) / 2)
    xdotool("mousedown", "1", "mousemove", str(half.x()), str(half.y()))
    xdotool("mousemove", str(finish.x()), str(finish.y()), "mouseup", "1")


def click_with(key: str, widget: QWidget, place: QPoint) -> None:
    """Click on a pixel of a widget while a key is held, as the X server names it: shift, ctrl."""
    move_to(widget, place)
    xdotool("keydown", key, "click", "1", "keyup", key)


def turn_wheel(widget: QWidget, notches: int) -> None:
    """Turn the wheel over a widget, toward the user."""
    move_to(widget, widget.rect().center())
    xdotool("click", "--repeat", str(notches), "--delay", "60", "5")


def move_to(widget: QWidget, place: QPoint) -> None:
    """Move the mouse to a pixel of a widget, as soon as that stays where it is."""
    # There is no window manager to do so.
    widget.window().raise_()
    widget.window().activateWindow()
    # A form that has just changed is laid out in several turns; nobody clicks on what still moves.
    before, on_screen = None, widget.mapToGlobal(place)
    while before != on_screen:
        end = time.monotonic() + _STILL
        while time.monotonic() < end:
            QApplication.processEvents()
        show(widget)
        before, on_screen = on_screen, widget.mapToGlobal(place)
    xdotool("mousemove", str(on_screen.x()), str(on_screen.y()))


def xdotool(*arguments: str) -> None:
    """Let the X server do what a person does with mouse and keyboard."""
    children.run(["xdotool", *arguments], check=True)


def _wait_for(condition: Callable[[], object], problem: str, found: Callable[[], str] = str) -> None:
    """Let Qt take what the X server has sent, until a condition holds."""
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, problem.format(found())
        QApplication.processEvents()
        time.sleep(0.005)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press a key in a widget."""
    QTest.keyClick(widget, key)


def choose(box: QComboBox, text: str) -> None:
    """Choose an entry with the keyboard: its first letters do not tell entries apart, so by the arrow keys."""
    show(box)
    row = next(row for row in range(box.count()) if text in box.itemText(row))
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(row):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentIndex() == row


def click_row(view: QAbstractItemView, text: str, at: QPoint | None = None) -> QModelIndex:
    """Click on the first row whose first column bears a text; `at` is from the upper left of its cell."""
    show(view)
    index = row_of(view, text)
    view.scrollTo(index)
    cell = view.visualRect(index)
    QTest.mouseClick(view.viewport(), _LEFT, pos=cell.center() if at is None else cell.topLeft() + at)
    return index


def row_of(view: QAbstractItemView, text: str) -> QModelIndex:
    """Return the first of a view's rows, or of the rows below its first one, that bears a text in any column."""
    model = view.model()
    for parent in (QModelIndex(), model.index(0, 0)):
        for row in range(model.rowCount(parent)):
            first = cell = model.index(row, 0, parent)
            while cell.isValid() and cell.data() != text:
                cell = model.index(row, cell.column() + 1, parent)
            if cell.isValid():
                return first
    texts = [model.index(row, 0).data() for row in range(model.rowCount())]
    raise AssertionError(f"There is no row “{text}” among {texts}.")


def click_action(menu: QMenuBar | QMenu, action: QAction) -> None:
    """Click on an entry of a menu."""
    QTest.mouseMove(menu, menu.actionGeometry(action).center())
    QTest.mouseClick(menu, _LEFT, pos=menu.actionGeometry(action).center())


def later(do: Callable[[], object]) -> None:
    """Do what opens a menu or a window that lets nobody else work until it is closed; then it can be waited for."""
    QTimer.singleShot(0, do)


def _texts(widget: QWidget) -> set[str]:
    names = (getattr(widget, name, None) for name in ("text", "title", "accessibleName", "placeholderText"))
    return {_plain(str(name())) for name in names if name is not None}


def _plain(text: str) -> str:
    return text.replace("&", "")
