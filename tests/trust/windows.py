"""Everything that windows show: what a user, or whoever looks at a picture of the screen, may read."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAction,
    QComboBox,
    QLabel,
    QLineEdit,
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
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(model.data(index, role) or "") for role in _ROLES)
        yield from _of_model(model, model.index(row, 0, parent))
