"""A person's hands: find widgets by what is written on them, click and type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollArea,
    QWidget,
)

Widget = TypeVar("Widget", bound=QWidget)

_LEFT = Qt.MouseButton.LeftButton
# Buttons with a mark take clicks on the mark and the text, which begin at the left.
_ON_THE_MARK = 10


def find(inside: QWidget, kind: type[Widget], text: str) -> Widget:
    """Return the one widget of a kind that can be seen and bears a text: on it, beside it, or for screen readers."""
    labels = [label for label in inside.findChildren(QLabel) if _plain(label.text()) == text]
    buddies = [label.buddy() for label in labels]
    found = [
        widget
        for widget in inside.findChildren(kind)
        if widget.isVisible() and (text in _texts(widget) or widget in buddies)
    ]
    assert len(found) == 1, f"{len(found)} × {kind.__name__} “{text}”"
    return found[0]


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
    """Replace what stands in a field, key by key."""
    show(edit)
    QTest.mouseClick(edit, _LEFT)
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


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
