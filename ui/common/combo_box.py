"""Lists to choose from."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtWidgets import QComboBox


def fill_box(box: QComboBox, entries: list[tuple[str, Any]], chosen: Any) -> None:
    """Offer entries, each a text and a value, and select the one whose value is `chosen`.

    A list that is the same already stays as it is, also when it is open.
    """
    if [(box.itemText(index), box.itemData(index)) for index in range(box.count())] != entries:
        box.clear()
        for text, value in entries:
            box.addItem(text, value)
    box.setCurrentIndex([value for _, value in entries].index(chosen))
