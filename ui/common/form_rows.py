"""Rows of a form in a grid: Qt's own form layout gives rows too little room once one of them wraps its text."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget


def align_labels(layout: QGridLayout, editor: QWidget) -> None:
    """Put the labels of the first column beside the first line of their fields, which is as high as `editor`."""
    for label in _labels(layout):
        label.setMinimumHeight(editor.sizeHint().height())
        layout.setAlignment(label, Qt.AlignmentFlag.AlignTop)


def align_fields(*layouts: QGridLayout) -> None:
    """Let the fields of forms that stand one below the other begin at the same place."""
    width = max(label.sizeHint().width() for layout in layouts for label in _labels(layout))
    for layout in layouts:
        layout.setColumnMinimumWidth(0, width)


def _labels(layout: QGridLayout) -> Iterator[QLabel]:
    for row in range(layout.rowCount()):
        item = layout.itemAtPosition(row, 0)
        label = None if item is None else item.widget()
        if isinstance(label, QLabel):
            yield label
