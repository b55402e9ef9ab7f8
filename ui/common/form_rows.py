"""Rows of a form in a grid: Qt's own form layout gives rows too little room once one of them wraps its text."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget


def align_labels(layout: QGridLayout, editor: QWidget) -> None:
    """Put the labels of the first column beside the first line of their fields, which is as high as `editor`."""
    for row in range(layout.rowCount()):
        item = layout.itemAtPosition(row, 0)
        label = None if item is None else item.widget()
        if isinstance(label, QLabel):
            label.setMinimumHeight(editor.sizeHint().height())
            layout.setAlignment(label, Qt.AlignmentFlag.AlignTop)
