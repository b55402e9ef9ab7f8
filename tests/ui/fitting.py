"""What a window shows only in part, or twice for one key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

# What Qt's styles may take off a text without harm.
_TOLERANCE = 1


def cut_off(window: QWidget) -> list[str]:
    """Return the texts that can be seen, but not to their end."""
    return [text for widget, text in _texts(window) if not _fits(widget)]


def keys_given_twice(window: QWidget) -> dict[str, list[str]]:
    """Return the mnemonics by which more than one widget that can be seen and used is reached, with their texts."""
    reached = defaultdict(list)
    for widget, text in _texts(window):
        key = QKeySequence.mnemonic(text).toString()
        if key and widget.isEnabled():
            reached[key].append(text)
    return {key: texts for key, texts in reached.items() if len(texts) > 1}


def _texts(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window):
            continue
        if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            text = widget.text()
        elif isinstance(widget, QGroupBox):
            text = widget.title()
        elif isinstance(widget, QComboBox):
            text = "" if widget.isEditable() else widget.currentText()
        elif isinstance(widget, QLineEdit):
            text = widget.placeholderText() if not widget.text() else ""
        else:
            continue
        if text:
            yield widget, text


def _fits(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return bool(widget.heightForWidth(widget.width()) <= widget.height() + _TOLERANCE)
    if isinstance(widget, (QLabel, QAbstractButton)):
        needed = widget.sizeHint()
        return bool(needed.width() <= widget.width() + _TOLERANCE and needed.height() <= widget.height() + _TOLERANCE)
    return _width_of(widget) <= _room_in(widget) + _TOLERANCE


def _width_of(widget: QWidget) -> int:
    if isinstance(widget, QGroupBox):
        return int(widget.fontMetrics().horizontalAdvance(widget.title().replace("&", "")))
    text = widget.currentText() if isinstance(widget, QComboBox) else widget.placeholderText()
    return int(widget.fontMetrics().horizontalAdvance(text))


def _room_in(widget: QWidget) -> int:
    if not isinstance(widget, QComboBox):
        return int(widget.contentsRect().width())
    option = QStyleOptionComboBox()
    option.initFrom(widget)
    field = QStyle.SubControl.SC_ComboBoxEditField
    return int(widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, widget).width())
