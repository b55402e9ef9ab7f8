"""Room for the arrow of a button's menu, which Qt paints over the corner of the button and leaves none for."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QStyle, QToolButton


def leave_room_for_arrow(button: QToolButton) -> None:
    """Make a button that opens its menu at once wide enough for icon or text, and the arrow beside it."""
    # A theme may change icon and font.
    button.ensurePolished()
    arrow = button.style().pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator, None, button)
    button.setMinimumWidth(button.sizeHint().width() + arrow)
