"""Everything that windows show: what a user, or whoever looks at a picture of the screen, may read."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAction,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_MOST_ROWS = 500


def texts_of(window: QWidget) -> dict[str, bytes]:
    """Return all texts of a window and of what is in it, shown or not, by the thing that has them."""
    found: dict[str, bytes] = {}
    for number, widget in enumerate([window, *window.findChildren(QWidget)]):
        texts = [*_of_any(widget), *_of(widget)]
        found[f"{number} {type(widget).__name__} {widget.objectName()}"] = "\n".join(texts).encode("utf-8", "replace")
    actions = [f"{action.text()}\n{action.toolTip()}\n{action.statusTip()}" for action in window.findChildren(QAction)]
    return {**found, "actions": "\n".join(actions).encode("utf-8", "replace")}


def _of_any(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription())
    yield from (widget.whatsThis(), widget.statusTip())


def _of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.text()
        yield widget.placeholderText()
    elif isinstance(widget, (QPlainTextEdit, QTextEdit)):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget.model(), QModelIndex())


def _of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(parent), _MOST_ROWS)):
        # That of a list is private.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(model.data(index, role) or "") for role in _ROLES)
        yield from _of_model(model, model.index(row, 0, parent))


def html_of(window: QWidget) -> list[str]:
    """Return the texts of a window that Qt shows as HTML, or would as soon as a mark at their beginning let it."""
    found: list[str] = []
    for widget in [window, *window.findChildren(QWidget)]:
        found += [widget.toolTip(), widget.whatsThis()]
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            found.append(widget.text())
        elif isinstance(widget, QTextEdit):
            found.append(widget.toHtml())
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _tooltips(widget.model(), QModelIndex())
    # Without a tooltip of its own, an action has its text as one; a menu may not show it.
    found += [
        action.toolTip()
        for action in window.findChildren(QAction)
        if not isinstance(action.parent(), QMenu) or action.parent().toolTipsVisible()
    ]
    return [text for text in found if Qt.mightBeRichText(text) or text.lstrip().startswith("<")]


def _tooltips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(parent), _MOST_ROWS)):
        # That of a list is private.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            yield str(model.data(model.index(row, column, parent), Qt.ItemDataRole.ToolTipRole) or "")
        yield from _tooltips(model, model.index(row, 0, parent))
